import type { Case } from '../case/index.ts';
import type { CaseEvidence } from '../report/index.ts';
import { coverageIn, reviewIn } from '../review/index.ts';
import {
  type Artifact,
  ancestryOf,
  type Judgement,
  type LineageNode,
  stepOrigins,
} from '../verdict/index.ts';

/** Sources and files of one step that are named one by one; of more their number is told. */
export const CAME_TO_BE_LIMIT = 1000;

/** A file on the way from a seed to another, with what is known of it. */
export interface PathFile extends Pick<LineageNode, 'kind' | 'path' | 'sha256' | 'step'> {
  /** Of what a step wrote: its verdict, null when nobody published a hash. */
  readonly verdict: Artifact['verdict'];
  /** Of a source: who reviewed it as it is, in the order in which they did. */
  readonly reviewers: readonly string[];
}

/** A program or the file itself on the way that a person follows. */
export interface SpineFile extends PathFile {
  /** The step's own words; empty for what no step wrote. */
  readonly title: string;
  /** How many files took part in making it. */
  readonly from: number;
}

/** How a file came to be, down to the bytes of seeds, and how much of that people have looked at. */
export interface CameToBe {
  readonly path: string;
  readonly spine: readonly SpineFile[];
  readonly steps: number;
  readonly programs: number;
  readonly artifacts: number;
  readonly sources: {
    readonly files: number;
    readonly reviewed: number;
    readonly byTwo: number;
    /** The first that nobody reviewed, by path. */
    readonly notReviewed: readonly string[];
  };
  readonly seeds: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly explained: number;
    readonly byTwo: number;
  }[];
  /** Programs on the way that are no seed and that no step wrote. */
  readonly strangers: readonly string[];
}

/** What a question about a file's past is answered from. */
export interface Past {
  readonly theCase: Case;
  readonly evidence: CaseEvidence;
  readonly judgement: Judgement;
}

/** How a file came to be, as it stood before a step or at the end; null when the replay has no such file. */
export function cameToBe(path: string, past: Past, before?: number): CameToBe | null {
  const { evidence } = past.evidence;
  const ancestry = ancestryOf(path, evidence, before);
  if (!ancestry) return null;
  const { spine, nodes, programs } = ancestry;
  const known = new Known(past);
  const sources = nodes.filter(({ kind }) => kind === 'source').map(node => known.file(node));
  const not = sources.filter(({ reviewers }) => reviewers.length === 0).map(file => file.path);
  const made = nodes.filter(({ kind }) => kind === 'artifact');
  const steps = new Set(made.map(({ step }) => step));
  const paths = new Set(nodes.filter(({ kind }) => kind === 'seed').map(node => node.path));
  return {
    path,
    spine: spine.map(node => ({
      ...known.file(node),
      title: node.step === null ? '' : (evidence.plan.steps[node.step - 1]?.title ?? ''),
      from: node.step === null ? 0 : stepOrigins(node.step, evidence).length,
    })),
    steps: steps.size,
    programs: programs.size,
    artifacts: made.length,
    sources: {
      files: sources.length,
      reviewed: sources.length - not.length,
      byTwo: sources.filter(({ reviewers }) => reviewers.length > 1).length,
      notReviewed: not.sort().slice(0, CAME_TO_BE_LIMIT),
    },
    seeds: known.seeds().filter(seed => paths.has(seed.path)),
    strangers: [...programs]
      .flatMap(node => (node.kind === 'source' ? [node.path] : []))
      .slice(0, CAME_TO_BE_LIMIT),
  };
}

/** What took part in a step, with what is known of each, and how many there are in all. */
export function tookPart(
  step: number,
  past: Past,
): {
  readonly files: readonly (PathFile & { readonly role: 'program' | 'input' })[];
  readonly total: number;
} {
  const known = new Known(past);
  const all = stepOrigins(step, past.evidence.evidence);
  const files = all.slice(0, CAME_TO_BE_LIMIT).map(({ origin, role }) => ({ ...known.file(origin), role }));
  return { files, total: all.length };
}

/** Tells what is known of files besides their past. */
export function knownFiles(past: Past): (node: LineageNode) => PathFile {
  const known = new Known(past);
  return node => known.file(node);
}

/** What is known of files besides their past: verdicts and reviews. */
class Known {
  readonly #past: Past;
  readonly #verdicts: ReadonlyMap<string, Artifact['verdict']>;
  readonly #reviewers = new Map<string, string[]>();

  constructor(past: Past) {
    this.#past = past;
    this.#verdicts = new Map(
      past.judgement.artifacts.map(({ path, step, verdict }) => [`${path}@${step}`, verdict]),
    );
    const reviews = [...reviewIn(past.theCase).files()].sort((a, b) => a.event - b.event);
    for (const { path, sha256, by } of reviews) {
      const key = `${path}\0${sha256}`;
      this.#reviewers.set(key, [...(this.#reviewers.get(key) ?? []), by]);
    }
  }

  file({ kind, path, sha256, step }: LineageNode): PathFile {
    return {
      ...{ kind, path, sha256, step },
      verdict: step === null ? null : (this.#verdicts.get(`${path}@${step}`) ?? null),
      reviewers: kind === 'source' ? (this.#reviewers.get(`${path}\0${sha256}`) ?? []) : [],
    };
  }

  seeds(): CameToBe['seeds'] {
    const coverage = new Map(coverageIn(this.#past.theCase).map(each => [each.name, each]));
    return this.#past.evidence.seeds.map(({ name, path, seed }) => ({
      ...{ name, path, sha256: seed.sha256, bytes: seed.size },
      explained: coverage.get(name)?.explained ?? 0,
      byTwo: coverage.get(name)?.byTwo ?? 0,
    }));
  }
}
