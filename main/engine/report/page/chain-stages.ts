import type { Report, ReportStep } from '../model.ts';
import {
  type ChainEdge,
  type ChainGraph,
  type ChainNode,
  chainGraph,
  isShown,
  SEED_LANE,
} from './chain-graph.ts';
import { type Sign, WORDS } from './marks.ts';
import { counted } from './text.ts';

/** More boxes than this and the figure shows stages instead of files. */
export const NODE_LIMIT = 60;
/** Most stages that get a box each; beyond it neighbours share one, so that the figure fits a sheet. */
const GROUP_LIMIT = 48;
/** Gravest first: the sign of a group is the first that any of its files has. */
const GRAVITY: readonly Sign[] = [
  'differs',
  'missing',
  'failed',
  'not-run',
  'unexpected',
  'waived',
  'reproduced',
];

/** What the figure shows of a report: its files, or its stages when there are too many. */
export function figureGraph(report: Report): ChainGraph & { readonly collapsed: boolean } {
  const drawn = report.seeds.length + report.artifacts.filter(isShown).length;
  if (drawn <= NODE_LIMIT) {
    const graph = chainGraph(report);
    if (graph.nodes.length <= NODE_LIMIT) return { ...graph, collapsed: false };
  }
  return { ...stageGraph(report), collapsed: true };
}

interface Group {
  readonly id: string;
  readonly label: string;
  /** Stands above the box when it is for several stages. */
  readonly head: string;
  readonly title: string;
  steps: number;
  files: number;
  notRun: number;
  readonly signs: Map<Sign, number>;
}

/** The chain with one node a stage and one for the seeds. */
function stageGraph(report: Report): ChainGraph {
  const groups = groupStages(report);
  const verdicts = new Map(report.artifacts.map(artifact => [artifact.path, artifact]));
  const madeBy = new Map(report.seeds.map(seed => [seed.path, SEED_LANE]));
  const edges = new Map<string, ChainEdge>();
  for (const step of report.steps) {
    const group = groups.get(step.stage);
    if (!group) continue;
    countStep(group, step);
    const from = madeBy.get(step.program ?? '');
    if (from !== undefined && from !== group.id) {
      edges.set(`${from} ${group.id}`, { from, to: group.id, through: false });
    }
    for (const path of step.wrote) {
      madeBy.set(path, group.id);
      const artifact = verdicts.get(path);
      if (artifact?.step !== step.number) continue;
      group.files += 1;
      if (artifact.verdict) add(group.signs, artifact.verdict);
    }
  }
  const boxes = [...new Set(groups.values())];
  const nodes = [...seedNode(report), ...boxes.map(groupNode)];
  const order = new Map(nodes.map((node, i) => [node.id, i]));
  return {
    lanes: [{ id: SEED_LANE, title: '' }, ...boxes.map(group => ({ id: group.id, title: group.head }))],
    nodes,
    // A stage that comes back after a later one would lead back; the steps tell that story.
    edges: [...edges.values()].filter(edge => (order.get(edge.from) ?? 0) < (order.get(edge.to) ?? 0)),
    folded: 0,
  };
}

function add(signs: Map<Sign, number>, sign: Sign): void {
  signs.set(sign, (signs.get(sign) ?? 0) + 1);
}

function countStep(group: Group, step: ReportStep): void {
  group.steps += 1;
  if (step.outcome === 'not-run') group.notRun += 1;
  if (step.outcome !== 'done') add(group.signs, step.outcome);
}

function groupStages(report: Report): Map<string, Group> {
  const titles = new Map([
    ...report.steps.map(({ stage }) => [stage, stage] as const),
    ...report.stages.map(({ id, title }) => [id, title] as const),
  ]);
  const all = [...titles].map(([id, title]) => ({ id, title }));
  const share = Math.max(1, Math.ceil(all.length / GROUP_LIMIT));
  const groups = new Map<string, Group>();
  for (let i = 0; i < all.length; i += share) {
    const stages = all.slice(i, i + share);
    const first = stages[0]?.id ?? '';
    const last = stages.at(-1)?.id ?? '';
    const group: Group = {
      id: `stage-${i}`,
      label: first,
      head: stages.length === 1 ? '' : `${stages.length} stages from`,
      title: stages.length === 1 ? (stages[0]?.title ?? '') : `${first} to ${last}`,
      steps: 0,
      files: 0,
      notRun: 0,
      signs: new Map(),
    };
    for (const stage of stages) groups.set(stage.id, group);
  }
  return groups;
}

function seedNode(report: Report): ChainNode[] {
  const wrong = report.seeds.filter(seed => !seed.matches).length;
  const bytes = report.seeds.reduce((sum, seed) => sum + seed.seed.size, 0);
  return [
    {
      id: SEED_LANE,
      lane: SEED_LANE,
      look: 'seed',
      label: report.seeds.length === 1 ? (report.seeds[0]?.name ?? '') : `${report.seeds.length} seeds`,
      name: report.seeds.map(seed => seed.path).join(', '),
      detail: counted(bytes, 'byte'),
      sign: wrong ? 'differs' : null,
      word: wrong ? `${wrong} differs` : '',
    },
  ];
}

function groupNode(group: Group): ChainNode {
  const sign = GRAVITY.find(s => group.signs.has(s)) ?? null;
  return {
    id: group.id,
    lane: group.id,
    look: group.steps > 0 && group.notRun === group.steps ? 'not-run' : 'plain',
    label: group.label,
    name: group.title,
    detail: counted(group.files, 'file'),
    sign,
    word: sign ? `${group.signs.get(sign)} ${WORDS[sign]}` : '',
  };
}
