import { inertText } from '../../contract/inert.ts';
import type { StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';

/** One version of a file on the way from a seed to an artifact. */
export interface LineageNode {
  /** `PATH` for seeds and sources, `PATH@STEP` for what a step wrote. */
  readonly id: string;
  readonly kind: 'seed' | 'source' | 'artifact' | 'unknown';
  readonly path: string;
  readonly sha256: string | null;
  /** The step that wrote it; null for seeds and sources. */
  readonly step: number | null;
}

/** That one file took part in making another. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** `program`: it ran; `input`: it was read. */
  readonly role: 'program' | 'input';
}

/** How a file came to be: every program that ran for it and every file that was read, back to seeds and sources. */
export interface Lineage {
  readonly target: string;
  /** The file itself first, then what it came from, nearest first. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/**
 * Follows a file back through the observed replay: the step that wrote it last, the programs that ran in that step, the files it
 * read, and so on. Null when the file is neither an artifact, a seed nor a source. A step that nobody observed leads to its
 * declared program and inputs only.
 */
export function lineageOf(path: string, evidence: Evidence): Lineage | null {
  const history = historyOf(evidence);
  const target = history.nodeAt(path, Number.POSITIVE_INFINITY);
  if (target.kind === 'unknown') return null;
  const nodes = new Map([[target.id, target]]);
  const edges = new Map<string, LineageEdge>();
  for (const node of nodes.values()) {
    for (const { origin, role } of history.originsOf(node)) {
      const edge = { from: origin.id, to: node.id, role };
      edges.set(`${edge.from}\0${edge.to}\0${role}`, edge);
      if (!nodes.has(origin.id)) nodes.set(origin.id, origin);
    }
  }
  return { target: target.id, nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** A file that took part in a step, and as what. */
export interface StepOrigin {
  readonly origin: LineageNode;
  readonly role: LineageEdge['role'];
}

/** What took part in one step: the programs that ran, then the files that were read, as they stood before it. */
export function stepOrigins(number: number, evidence: Evidence): StepOrigin[] {
  return historyOf(evidence).originsOfStep(number);
}

/** All that a file came from, without who made what of it: its size is bounded by the files there are, not by how often each was read. */
export interface Ancestry {
  /** The file itself, first in all lists that hold it. */
  readonly target: LineageNode;
  /**
   * The one way that a person follows: from the file to the program that made it, to the program that made that, down to a seed. Of
   * several programs of a step always the one that was made last.
   */
  readonly spine: readonly LineageNode[];
  /** Every file on any way, in the order in which they are met. */
  readonly nodes: readonly LineageNode[];
  /** Which of them ran as a program. */
  readonly programs: ReadonlySet<LineageNode>;
}

/**
 * Everything that a file of the replay came from, as it stood before a step or at the end. Null when the file is neither an artifact, a
 * seed nor a source.
 */
export function ancestryOf(
  path: string,
  evidence: Evidence,
  before = Number.POSITIVE_INFINITY,
): Ancestry | null {
  const history = historyOf(evidence);
  const target = history.nodeAt(path, before);
  if (target.kind === 'unknown') return null;
  const nodes = new Map([[target.id, target]]);
  const programs = new Set<LineageNode>();
  const steps = new Set<number>();
  for (const node of nodes.values()) {
    if (node.step === null || steps.has(node.step)) continue;
    steps.add(node.step);
    for (const { origin, role } of history.originsOfStep(node.step)) {
      const known = nodes.get(origin.id) ?? origin;
      nodes.set(origin.id, known);
      if (role === 'program') programs.add(known);
    }
  }
  return { target, spine: spineOf(target, history), nodes: [...nodes.values()], programs };
}

function spineOf(target: LineageNode, history: History): LineageNode[] {
  const spine: LineageNode[] = [];
  const seen = new Set<string>();
  let at: LineageNode | undefined = target;
  while (at && !seen.has(at.id)) {
    spine.push(at);
    seen.add(at.id);
    at = makerOf(history.originsOf(at));
  }
  return spine;
}

/** The program that was made last; of a file that was only copied, what it was copied from. */
function makerOf(origins: readonly StepOrigin[]): LineageNode | undefined {
  const programs = origins.filter(({ role }) => role === 'program');
  const from = programs.length > 0 || origins.length > 1 ? programs : origins;
  return from.map(({ origin }) => origin).sort((a, b) => (b.step ?? -1) - (a.step ?? -1))[0];
}

/** One history an evidence, as long as somebody holds that: it is asked about many files. */
const histories = new WeakMap<Evidence, History>();

function historyOf(evidence: Evidence): History {
  const history = histories.get(evidence) ?? new History(evidence);
  histories.set(evidence, history);
  return history;
}

/** Who wrote which path when. */
class History {
  readonly #evidence: Evidence;
  readonly #records: ReadonlyMap<number, StepRecord>;
  /** The versions of each path, oldest first; a null hash stands for a removal. */
  readonly #versions = new Map<string, { step: number; sha256: string | null }[]>();
  /** What took part in a step; it is the same for all that the step wrote. */
  readonly #origins = new Map<number, StepOrigin[]>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#records = new Map(evidence.records.map(record => [record.number, record]));
    for (const record of evidence.records) {
      for (const path of record.removed) this.#add(path, record.number, null);
      for (const file of record.written)
        if (file.type === 'file') this.#add(file.path, record.number, file.sha256);
    }
  }

  #add(path: string, step: number, sha256: string | null): void {
    const versions = this.#versions.get(path);
    if (versions) versions.push({ step, sha256 });
    else this.#versions.set(path, [{ step, sha256 }]);
  }

  /** The version of a path that stood before a step. */
  nodeAt(path: string, before: number): LineageNode {
    const version = this.#versions.get(path)?.findLast(each => each.step < before);
    if (version?.sha256)
      return {
        id: `${path}@${version.step}`,
        kind: 'artifact',
        path,
        sha256: version.sha256,
        step: version.step,
      };
    const seed = this.#evidence.seeds.find(each => each.path === path);
    if (seed && !version) return { id: path, kind: 'seed', path, sha256: seed.seed.sha256, step: null };
    const entry = version ? undefined : this.#evidence.source(path);
    const kind = entry?.type === 'file' ? 'source' : 'unknown';
    return { id: path, kind, path, sha256: entry?.sha256 ?? null, step: null };
  }

  originsOf(node: LineageNode): StepOrigin[] {
    return node.step === null ? [] : this.originsOfStep(node.step);
  }

  originsOfStep(number: number): StepOrigin[] {
    const known = this.#origins.get(number) ?? this.#findOrigins(number);
    this.#origins.set(number, known);
    return known;
  }

  #findOrigins(number: number): StepOrigin[] {
    const step = this.#evidence.plan.steps[number - 1];
    if (step?.action === 'copy') {
      const origin = this.nodeAt(step.from, number);
      return origin.kind === 'unknown' ? [] : [{ origin, role: 'input' }];
    }
    if (step?.action !== 'run') return [];
    const observation = this.#records.get(number)?.observation ?? null;
    const inTree = (path: string) => path.replace(/^\/+/, '');
    const programs = observation ? observation.programs.map(each => inTree(each.path)) : [step.program];
    const reads = observation
      ? observation.files.filter(use => use.use === 'read').map(use => inTree(use.path))
      : step.inputs;
    const origin = (path: string) => this.nodeAt(path, number);
    const ran = new Set(programs);
    return [
      ...[...ran].map(path => ({ origin: origin(path), role: 'program' as const })),
      ...[...new Set(reads)]
        .filter(path => !ran.has(path))
        .map(path => ({ origin: origin(path), role: 'input' as const })),
    ].filter(each => each.origin.kind !== 'unknown');
  }
}

/** A lineage as indented text: each file once in full, with the step that made it and what took part. `more` says more of a file. */
export function lineageText(
  { nodes, edges }: Lineage,
  more: (node: LineageNode) => string = () => '',
): string {
  const byId = new Map(nodes.map(node => [node.id, node]));
  return nodes
    .map(node => {
      const made = node.step === null ? node.kind : `step ${node.step}`;
      const from = edges
        .filter(edge => edge.to === node.id)
        .map(
          edge =>
            `    ${edge.role === 'program' ? 'made by' : 'read   '} ${inertText(byId.get(edge.from)?.id ?? edge.from)}`,
        );
      return [`${inertText(node.path)}  ${made}  ${node.sha256 ?? ''}${more(node)}`, ...from].join('\n');
    })
    .join('\n');
}

/** A lineage in the language of Graphviz: an arrow from what took part to what was made. */
export function lineageDot({ nodes, edges }: Lineage): string {
  const quote = (text: string) => `"${inertText(text).replace(/[\\"]/g, '\\$&')}"`;
  const shape = { seed: 'box, penwidth=3', source: 'note', artifact: 'box', unknown: 'box, style=dashed' };
  return [
    'digraph lineage {',
    '  rankdir=LR;',
    ...nodes.map(node => `  ${quote(node.id)} [label=${quote(node.path)}, shape=${shape[node.kind]}];`),
    ...edges.map(
      edge => `  ${quote(edge.from)} -> ${quote(edge.to)}${edge.role === 'input' ? ' [style=dotted]' : ''};`,
    ),
    '}',
  ].join('\n');
}
