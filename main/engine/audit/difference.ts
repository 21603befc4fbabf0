import type {
  AlignmentSummary,
  DiffDocument,
  DifferenceAccount,
} from '../../contract/documents/difference.ts';
import { inputError, type TaskOptions } from '../base/index.ts';
import type { Bundle } from '../bundle/index.ts';
import type { Case } from '../case/index.ts';
import { type Alignment, alignInTurns, EXPLAIN_LIMITS, explainDifference } from '../difference/index.ts';
import { replayThatCounts } from '../report/index.ts';
import { artifactName } from '../verdict/index.ts';
import { caseArtifacts } from './compare.ts';
import { askDiffoscope } from './diffoscope.ts';
import { type ComparedFile, caseSide, fileSide } from './sides.ts';

/** How two files lie against each other, in numbers. */
export function summaryOf(alignment: Alignment): AlignmentSummary {
  const { places, changed, inserted, deleted, unaligned, first, exact } = alignment;
  return { places, changed, inserted, deleted, unaligned, first: first && { ...first }, exact };
}

/** What Assay says of the difference of two files; `known` is their alignment, where it was made before. Throws `task.stopped`. */
export async function differenceAccount(
  a: ComparedFile,
  b: ComparedFile,
  options: TaskOptions = {},
  known: Alignment | null = null,
): Promise<DifferenceAccount> {
  const alignment = known ?? (await alignInTurns(a.bytes, b.bytes, options));
  const explanation = await explainDifference(a.bytes, b.bytes, options, EXPLAIN_LIMITS, alignment);
  const about = ({ name, sha256, bytes }: ComparedFile) => ({ name, sha256, size: bytes.size });
  return { a: about(a), b: about(b), same: explanation === null, summary: summaryOf(alignment), explanation };
}

/** Everything that is known of the difference of two files, what diffoscope says included. Throws `task.stopped`. */
export async function diffDocument(
  a: ComparedFile,
  b: ComparedFile,
  options: TaskOptions = {},
): Promise<DiffDocument> {
  const account = await differenceAccount(a, b, options);
  if (account.same) return { ...account, diffoscope: null, noDiffoscope: null };
  return { ...account, ...(await askDiffoscope(a, b, options)) };
}

/**
 * The file that a person names: a sha256 that the case has, `path` of an artifact of the newest replay, `2:path` of one of replay 2,
 * a path of the bundle, else a file on disk. Throws `difference.no-bytes`, `difference.no-file` or `difference.no-artifact`.
 */
export async function namedSide(theCase: Case, bundle: Bundle | null, name: string): Promise<ComparedFile> {
  if (/^[0-9a-f]{64}$/.test(name)) return await caseSide(theCase, bundle, name);
  const [, replay, path = name] = /^(\d{1,9}):(.+)$/s.exec(name) ?? [];
  if (replay !== undefined || replayThatCounts(theCase.log.events)) {
    const artifacts = caseArtifacts(theCase, replay === undefined ? undefined : Number(replay));
    const artifact = artifacts.find(each => artifactName(each) === path || each.path === path);
    if (artifact?.sha256) return await caseSide(theCase, bundle, artifact.sha256, name);
    if (replay !== undefined) {
      throw inputError('difference.no-artifact', `replay ${replay} made no such file`, { file: path });
    }
  }
  const entry = bundle?.entry(path);
  if (entry?.sha256) return await caseSide(theCase, bundle, entry.sha256, name);
  return fileSide(name);
}
