import type { BundleEntry } from '../case/index.ts';
import type { Expectation, KitDescription, MatchedPin, Plan } from '../chain/index.ts';
import type { FinalTree, Machine, StepRecord, WrittenFile } from '../replay/index.ts';
import type { Attachment, RaisedFinding, Waiver } from '../review/index.ts';

/** A seed as it was checked before the replay. */
export interface CheckedSeed {
  readonly name: string;
  readonly path: string;
  readonly seed: { readonly sha256: string; readonly size: number };
  readonly expected: { readonly sha256: string; readonly size: number };
  readonly matches: boolean;
  readonly source: { readonly path: string; readonly assembles: boolean } | null;
}

/** What an unaided replay left, to compare a stepped one with. */
export interface UnaidedEvidence {
  readonly replay: number;
  readonly records: readonly StepRecord[];
  readonly tree: FinalTree;
}

/** All that a verdict is made from. Nothing else may influence it. */
export interface Evidence {
  readonly kit: KitDescription;
  readonly plan: Plan;
  readonly expectations: readonly Expectation[];
  readonly seeds: readonly CheckedSeed[];
  readonly machine: Machine;
  /** Records of the steps that ran, in order. */
  readonly records: readonly StepRecord[];
  /** Null while the replay has not finished. */
  readonly tree: FinalTree | null;
  /** The newest finished unaided replay of the same chain, when the replay itself was stepped and there was one. */
  readonly unaided: UnaidedEvidence | null;
  readonly waivers: readonly Waiver[];
  /** Findings that people raised, resolved ones too. */
  readonly raised: readonly RaisedFinding[];
  /** What people laid beside findings. */
  readonly attachments: readonly Attachment[];
  /** The files that kit and build description pin, and how each was there when the replay began. */
  readonly pins: readonly MatchedPin[];
  /** Files beside the bundle that nobody asks for. */
  readonly extra: readonly { readonly name: string }[];
  /** Entries of the bundle that import flagged. */
  readonly flagged: number;
  /** The entry of the tree that was replayed at a path, if there is one: the bundle's, or a pinned file's from beside it. */
  source(path: string): BundleEntry | undefined;
  /** Whether a file of the bundle has this content. */
  inBundle(sha256: string): boolean;
}

/** A file that a step wrote, with the step that wrote it last. */
export interface MadeFile {
  readonly file: WrittenFile;
  readonly step: number;
}

/** What the steps left behind: every path that a step wrote and none removed since. */
export function madeFiles(records: readonly StepRecord[]): Map<string, MadeFile> {
  const made = new Map<string, MadeFile>();
  for (const record of records) {
    for (const path of record.removed) made.delete(path);
    for (const file of record.written) made.set(file.path, { file, step: record.number });
  }
  return made;
}

/** The versions of a file that steps left, oldest first; null where one took it away. */
export function versionsOf(
  records: readonly StepRecord[],
  paths: ReadonlySet<string>,
): Map<string, Version[]> {
  const versions = new Map<string, Version[]>([...paths].map(path => [path, []]));
  for (const { number: step, removed, written } of records) {
    for (const path of removed) versions.get(path)?.push({ step, file: null });
    for (const file of written) versions.get(file.path)?.push({ step, file });
  }
  return versions;
}

/** What a step left at a path; null when it took away what was there. */
export interface Version {
  readonly step: number;
  readonly file: WrittenFile | null;
}

/** Whether the replay ran to its last step without a failure. */
export function completed(evidence: Evidence): boolean {
  const { records, plan, tree } = evidence;
  return (
    tree !== null &&
    records.length === plan.steps.length &&
    records.every(record => record.outcome === 'done')
  );
}
