import type { Artifact } from '../../verdict/index.ts';
import type { Report, ReportStep } from '../model.ts';
import { type Sign, WORDS } from './marks.ts';
import { counted } from './text.ts';

/** One box of the figure. */
export interface ChainNode {
  readonly id: string;
  /** The stage it belongs to; {@link SEED_LANE} for what the chain began with. */
  readonly lane: string;
  /** How it is drawn: heavy frame, plain, filled, dashed. */
  readonly look: 'seed' | 'plain' | 'result' | 'not-run';
  readonly label: string;
  /** The whole name, where `label` is only its end. */
  readonly name: string;
  readonly detail: string;
  readonly sign: Sign | null;
  /** The word beside the sign; empty without a sign. */
  readonly word: string;
}

/** From the program that translated to what it made; `through` when intermediate files lie between. */
export interface ChainEdge {
  readonly from: string;
  readonly to: string;
  readonly through: boolean;
}

/** What the figure shows. Nodes stand in the order in which they came to be, so that no edge leads back. */
export interface ChainGraph {
  readonly lanes: readonly { readonly id: string; readonly title: string }[];
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
  /** Artifacts that are not drawn. */
  readonly folded: number;
}

export const SEED_LANE = 'seeds';

/** A file as one step left it. A path written twice is two of these. */
interface Made {
  readonly id: string;
  readonly path: string;
  readonly step: ReportStep;
  readonly artifact: Artifact | undefined;
  /** What translated it: an earlier file, a seed, or a stranger. */
  readonly maker: string;
  /** Chain files that the step read besides the program. */
  readonly read: readonly string[];
  ran: boolean;
}

interface Walk {
  readonly nodes: Map<string, ChainNode>;
  readonly made: Map<string, Made>;
  readonly edges: ChainEdge[];
  /** For each path, what lies there now. */
  readonly current: Map<string, string>;
  readonly artifacts: Map<string, Artifact>;
  /** Ids in the order in which they came to be. */
  readonly order: string[];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The chain in full, one node a file; what lies between and is as expected is folded into the edges. */
export function chainGraph(report: Report): ChainGraph {
  const walk: Walk = {
    nodes: new Map(),
    made: new Map(),
    edges: [],
    current: new Map(),
    artifacts: new Map(report.artifacts.map(artifact => [artifact.path, artifact])),
    order: [],
  };
  addSeeds(walk, report);
  for (const step of report.steps) if (step.action === 'run') addStep(walk, step);
  const shown = (id: string) => {
    const made = walk.made.get(id);
    return !made || made.ran || (made.artifact !== undefined && isShown(made.artifact));
  };
  for (const id of walk.order) {
    const made = walk.made.get(id);
    if (made && shown(id)) walk.nodes.set(id, fileNode(made, walk.artifacts.has(made.path)));
  }
  const nodes = walk.order.flatMap(id => walk.nodes.get(id) ?? []);
  return {
    lanes: [{ id: SEED_LANE, title: 'Seeds' }, ...report.stages],
    nodes,
    edges: [...walk.edges, ...fileEdges(walk, shown)],
    folded: report.artifacts.filter(artifact => artifact.step !== null && !nodeOf(walk, artifact)).length,
  };
}

function nodeOf(walk: Walk, { step, path }: Artifact): ChainNode | undefined {
  return walk.nodes.get(`file-${step}-${path}`);
}

/** Results, and every file that something is to be said about. */
export function isShown({ result, verdict }: Artifact): boolean {
  return result || (verdict !== null && verdict !== 'reproduced');
}

function addSeeds(walk: Walk, report: Report): void {
  report.seeds.forEach((seed, i) => {
    const id = `seed-${i}`;
    walk.order.push(id);
    walk.current.set(seed.path, id);
    walk.nodes.set(id, {
      id,
      lane: SEED_LANE,
      look: 'seed',
      label: seed.name,
      name: seed.path,
      detail: counted(seed.seed.size, 'byte'),
      sign: seed.matches ? null : 'differs',
      word: seed.matches ? '' : 'differs',
    });
  });
}

function addStep(walk: Walk, step: ReportStep): void {
  const maker = programOf(walk, step);
  if (step.outcome !== 'done') addUnfinished(walk, step, maker);
  const read = step.read.flatMap(path => walk.current.get(path) ?? []);
  const made = step.wrote.map(path => {
    const artifact = walk.artifacts.get(path);
    const last = artifact?.step === step.number ? artifact : undefined;
    return { id: `file-${step.number}-${path}`, path, step, artifact: last, maker, read, ran: false };
  });
  for (const file of made) {
    walk.order.push(file.id);
    walk.made.set(file.id, file);
    walk.current.set(file.path, file.id);
  }
}

/** The node of the step's program. One that is neither a seed nor made here is drawn as what it is: a stranger. */
function programOf(walk: Walk, step: ReportStep): string {
  const path = step.program ?? step.argv?.[0] ?? '';
  const known = walk.current.get(path);
  if (known !== undefined) {
    const made = walk.made.get(known);
    if (made) made.ran = true;
    return known;
  }
  const id = `stranger-${path}`;
  walk.order.push(id);
  walk.current.set(path, id);
  const label = baseName(path);
  const common = { id, lane: step.stage, label, name: path };
  walk.nodes.set(
    id,
    step.outcome === 'not-run'
      ? { ...common, look: 'not-run', detail: 'program', sign: 'not-run', word: 'not made' }
      : { ...common, look: 'plain', detail: 'no seed', sign: 'blocks', word: 'not made here' },
  );
  return id;
}

function addUnfinished(walk: Walk, step: ReportStep, maker: string): void {
  const id = `step-${step.number}`;
  const sign = step.outcome === 'failed' ? 'failed' : 'not-run';
  walk.order.push(id);
  walk.edges.push({ from: maker, to: id, through: false });
  walk.nodes.set(id, {
    id,
    lane: step.stage,
    look: sign === 'failed' ? 'plain' : 'not-run',
    label: step.id,
    name: step.title,
    detail: `step ${step.number}`,
    sign,
    word: sign === 'failed' ? 'failed' : 'not run',
  });
}

function fileNode(made: Made, listed: boolean): ChainNode {
  const { artifact, step } = made;
  const sign = artifact ? (artifact.verdict ?? 'no-expectation') : null;
  return {
    id: made.id,
    lane: step.stage,
    look: artifact?.result ? 'result' : 'plain',
    label: baseName(made.path),
    name: made.path,
    detail: artifact?.size == null ? `step ${step.number}` : counted(artifact.size, 'byte'),
    sign,
    word: sign ? WORDS[sign] : listed ? 'written again' : '',
  };
}

/** Direct edges, and those that lead through folded files, found in one pass because makers come first. */
function fileEdges(walk: Walk, shown: (id: string) => boolean): ChainEdge[] {
  const origins = new Map<string, ReadonlySet<string>>();
  const edges: ChainEdge[] = [];
  const through = (id: string): Iterable<string> => (shown(id) ? [] : (origins.get(id) ?? []));
  for (const made of walk.made.values()) {
    const sources = new Set(made.read.flatMap(id => [...through(id)]));
    sources.delete(made.maker);
    sources.delete(made.id);
    if (shown(made.id)) {
      edges.push({ from: made.maker, to: made.id, through: false });
      for (const from of sources) edges.push({ from, to: made.id, through: true });
    } else {
      origins.set(made.id, sources.add(made.maker));
    }
  }
  return edges;
}
