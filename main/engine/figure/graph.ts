import { WORDS } from './marks.ts';
import {
  type FigureChain,
  type FigureEdge,
  type FigureGraph,
  type FigureNode,
  type FigureStep,
  SEED_LANE,
  UNMADE_LANE,
} from './model.ts';

type Artifact = FigureChain['artifacts'][number];

/** Most programs that a node is drawn to come from through files that are not drawn, the latest made; more would say nothing. */
const THROUGH_LIMIT = 3;

/** A file as one step left it, or is to leave it. A path written twice is two of these. */
interface Made {
  readonly id: string;
  readonly path: string;
  readonly step: FigureStep;
  readonly artifact: Artifact | undefined;
  readonly waits: boolean;
  /** The program that wrote it; null for what the workstation put there. */
  readonly maker: string | null;
  /** What the step read of what the chain made. */
  readonly reads: readonly string[];
  ran: boolean;
  /** Whether a later step reads it. */
  read: boolean;
}

/** The chain as it came to be, one step after the other. */
class Walk {
  readonly #artifacts: ReadonlyMap<string, Artifact>;
  /** For each path, what lies there now. */
  readonly #current = new Map<string, string>();
  /** For each step and path, what it left there. */
  readonly #left = new Map<string, string>();
  /** Nodes that are drawn whatever comes, and files, in the order in which they came to be. */
  readonly #all = new Map<string, FigureNode | Made>();
  readonly #order = new Map<string, number>();
  readonly #edges: FigureEdge[] = [];

  constructor(chain: FigureChain) {
    this.#artifacts = new Map(chain.artifacts.map(artifact => [at(artifact.step, artifact.path), artifact]));
    for (const [i, { name, path, seed, matches }] of chain.seeds.entries()) {
      const id = `seed${i}`;
      this.#current.set(path, id);
      this.#left.set(at(null, path), id);
      this.#add(id, {
        ...{ id, lane: SEED_LANE, kind: 'seed', label: name, name: path, step: null, size: seed.size },
        ...{ result: false, waits: false, sign: matches ? null : 'differs', word: matches ? '' : 'differs' },
      });
    }
    for (const step of chain.steps) {
      if (step.action === 'run') this.#run(step);
      else this.#act(step);
    }
    this.#addUnmade(chain.artifacts);
  }

  #add(id: string, node: FigureNode | Made): void {
    this.#order.set(id, this.#all.size);
    this.#all.set(id, node);
  }

  #run(step: FigureStep): void {
    const maker = this.#programOf(step);
    const read = step.read.flatMap(path => this.#current.get(path) ?? []);
    for (const id of read) {
      const made = this.#madeAt(id);
      if (made) made.read = true;
    }
    if (step.outcome === 'failed' || (step.outcome === 'not-run' && step.awaited.length === 0))
      this.#addStep(step, maker);
    const left = [...step.wrote, ...step.awaited].map((path, i): [string, string] => {
      const id = `f${step.number}.${i}`;
      const waits = i >= step.wrote.length;
      const artifact = this.#artifacts.get(at(step.number, path)) ?? this.#awaited(path, waits);
      const copied = waits ? undefined : this.#copied(artifact, read);
      if (copied !== undefined) return [path, copied];
      this.#add(id, { id, path, step, artifact, waits, maker, reads: read, ran: false, read: false });
      return [path, id];
    });
    // Only now: a program may write what it reads, or itself.
    for (const [path, id] of left) this.#put(step, path, id);
  }

  #awaited(path: string, waits: boolean): Artifact | undefined {
    return waits ? this.#artifacts.get(at(null, path)) : undefined;
  }

  #put(step: FigureStep, path: string, id: string): void {
    this.#current.set(path, id);
    this.#left.set(at(step.number, path), id);
  }

  /** A program that was only copied to a new name is what it was. */
  #copied(artifact: Artifact | undefined, read: readonly string[]): string | undefined {
    if (!artifact?.sha256 || artifact.verdict !== null || artifact.result) return undefined;
    return read.find(id => this.#madeAt(id)?.artifact?.sha256 === artifact.sha256);
  }

  /** What the workstation did: a copy is what was copied, and only what somebody speaks of is a node of its own. */
  #act(step: FigureStep): void {
    const [from] = step.action === 'copy' ? step.read : [];
    for (const [i, path] of step.wrote.entries()) {
      const artifact = this.#artifacts.get(at(step.number, path));
      const source = from === undefined ? undefined : (this.#current.get(from) ?? this.#inFolder(from, path));
      const said = artifact !== undefined && (artifact.verdict !== null || artifact.result);
      const id = said ? `f${step.number}.${i}` : source;
      if (id === undefined) continue;
      const reads = source === undefined ? [] : [source];
      const put = { id, path, step, artifact, waits: false, maker: null, reads, ran: false, read: false };
      if (said) this.#add(id, put);
      this.#put(step, path, id);
    }
  }

  #inFolder(folder: string, path: string): string | undefined {
    for (let i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      const id = this.#current.get(`${folder}${path.slice(i)}`);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  #madeAt(id: string): Made | undefined {
    const node = this.#all.get(id);
    return node && 'maker' in node ? node : undefined;
  }

  /** The node of the step's program. One that is neither a seed nor made here is drawn as what it is: a stranger. */
  #programOf(step: FigureStep): string {
    const path = step.program ?? '';
    const known = this.#current.get(path);
    if (known !== undefined) {
      const made = this.#madeAt(known);
      if (made) made.ran = true;
      return known;
    }
    const id = `p${step.number}`;
    const waits = step.outcome === 'not-run';
    this.#current.set(path, id);
    this.#add(id, {
      ...{ id, lane: step.stage, kind: 'program', label: baseName(path), name: path, step: null, size: null },
      ...{ result: false, waits, sign: waits ? 'not-run' : 'blocks' },
      word: waits ? 'not made' : 'not made here',
    });
    return id;
  }

  #addStep({ number, stage, title, id: name, outcome }: FigureStep, maker: string): void {
    const id = `t${number}`;
    const sign = outcome === 'failed' ? 'failed' : 'not-run';
    this.#edges.push({ from: maker, to: id, through: false });
    this.#add(id, {
      ...{ id, lane: stage, kind: 'step', label: name, name: title, step: number, size: null },
      ...{ result: false, waits: sign === 'not-run', sign, word: WORDS[sign] },
    });
  }

  /** What is expected and of no step: it has no maker to be drawn from. */
  #addUnmade(artifacts: readonly Artifact[]): void {
    const awaited = new Set(
      [...this.#all.values()].flatMap(node => ('maker' in node ? [node.artifact] : [])),
    );
    for (const [i, artifact] of artifacts.entries()) {
      const { path, step, sha256, verdict, result } = artifact;
      if (step !== null || verdict === null || awaited.has(artifact)) continue;
      const id = `u${i}`;
      this.#left.set(at(null, path), id);
      this.#add(id, {
        ...{
          id,
          lane: UNMADE_LANE,
          kind: 'file',
          label: baseName(path),
          name: path,
          step,
          size: artifact.size,
        },
        ...{ result, waits: sha256 === null, sign: verdict, word: WORDS[verdict] },
      });
    }
  }

  graph(chain: FigureChain): FigureGraph {
    const nodes = [...this.#all.values()].flatMap(each => {
      if (!('maker' in each)) return [each];
      return isShown(each) ? [fileNode(each)] : [];
    });
    const shown = new Set(nodes.map(node => node.id));
    const listed = new Set(chain.stages.map(stage => stage.id));
    const unlisted = new Set(nodes.map(node => node.lane).filter(lane => !listed.has(lane)));
    unlisted.delete(SEED_LANE);
    const unmade = unlisted.delete(UNMADE_LANE);
    const written = chain.artifacts.filter(each => each.step !== null);
    const nodeOf = (step: number | null, path: string) => {
      const id = this.#left.get(at(step, path));
      return id !== undefined && shown.has(id) ? id : undefined;
    };
    return {
      lanes: [
        { id: SEED_LANE, title: 'Seeds' },
        ...chain.stages,
        ...[...unlisted].map(id => ({ id, title: id })),
        ...(unmade ? [{ id: UNMADE_LANE, title: 'Expected, of no step' }] : []),
      ],
      nodes,
      edges: [...this.#edges, ...this.#fileEdges(shown)],
      folded: written.filter(each => nodeOf(each.step, each.path) === undefined).length,
      nodeOf,
    };
  }

  /** Direct edges, and those that lead through files that are not drawn, found in one pass because makers come first. */
  #fileEdges(shown: ReadonlySet<string>): FigureEdge[] {
    const origins = new Map<string, readonly string[]>();
    const edges: FigureEdge[] = [];
    for (const each of this.#all.values()) {
      if (!('maker' in each)) continue;
      const { id, maker, reads } = each;
      const sources = new Set<string>();
      for (const read of reads) {
        if (!shown.has(read)) for (const origin of origins.get(read) ?? []) sources.add(origin);
        else if (maker === null) sources.add(read);
      }
      sources.delete(id);
      if (shown.has(id)) {
        if (maker !== null) edges.push({ from: maker, to: id, through: false });
        for (const from of this.#latest(sources, maker))
          edges.push({ from, to: id, through: maker !== null });
      } else {
        origins.set(id, [...(maker === null ? [] : [maker]), ...this.#latest(sources, maker)]);
      }
    }
    return edges;
  }

  #latest(sources: ReadonlySet<string>, maker: string | null): string[] {
    const order = (id: string) => this.#order.get(id) ?? 0;
    return [...sources]
      .filter(id => id !== maker)
      .sort((a, b) => order(b) - order(a))
      .slice(0, THROUGH_LIMIT);
  }
}

/** The whole chain, one node a file; what lies between and is as nobody expects it is folded into the edges. */
export function figureGraph(chain: FigureChain): FigureGraph {
  return new Walk(chain).graph(chain);
}

/** What ran, what something is to be said about, and what is to come and not only to be read. */
function isShown({ ran, read, waits, artifact }: Made): boolean {
  return (
    ran || (waits && !read) || (artifact !== undefined && (artifact.verdict !== null || artifact.result))
  );
}

function fileNode({ id, path, step, artifact, waits }: Made): FigureNode {
  const sign = artifact ? (artifact.verdict ?? 'no-expectation') : waits ? 'not-run' : null;
  return {
    ...{ id, lane: step.stage, kind: 'file', label: baseName(path), name: path, step: step.number },
    size: artifact?.size ?? null,
    result: artifact?.result ?? false,
    waits,
    sign,
    word: sign ? WORDS[sign] : 'written again',
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function at(step: number | null, path: string): string {
  return `${step ?? ''} ${path}`;
}
