import { inputError } from '../base/index.ts';
import type { ByteRange, Case, Exhibited } from '../case/index.ts';
import { type Attachment, attachExhibit } from '../review/index.ts';
import type { CaseTree } from './case-tree.ts';
import { judgeCase } from './status.ts';

/** A piece of evidence as a person names it: a step of the newest replay, or a file, a line or bytes of it. */
export type NamedExhibit =
  | { readonly step: number }
  | { readonly path: string; readonly line?: number | undefined }
  | { readonly path: string; readonly range: ByteRange };

/**
 * Lays a piece of evidence beside a finding: a finished step, a file that a step wrote, a seed or a file of the bundle, with the hash
 * that it has in this case. Throws `exhibit.unknown`.
 */
export function attachToFinding(
  theCase: Case,
  tree: CaseTree | null,
  finding: string,
  named: NamedExhibit,
): Attachment {
  const exhibit = 'step' in named ? stepOf(theCase, named.step) : fileOf(theCase, tree, named);
  return attachExhibit(theCase, finding, exhibit);
}

function stepOf({ log }: Case, number: number): Exhibited {
  const replay = log.last('replay-started')?.replay ?? 0;
  const done = log.of('step-finished').find(each => each.replay === replay && each.number === number);
  if (!done) throw inputError('exhibit.unknown', `the newest replay has no finished step ${number}`);
  return { kind: 'step', replay, number, step: done.step };
}

function fileOf(
  theCase: Case,
  tree: CaseTree | null,
  named: Exclude<NamedExhibit, { readonly step: number }>,
): Exhibited {
  const { path } = named;
  const artifact = judgeCase(theCase)?.artifacts.find(each => each.path === path && each.after === null);
  const seed = theCase.log.of('seed-checked').findLast(each => each.path === path || each.name === path);
  const entry = tree?.entry(path);
  const sha256 = artifact?.sha256 ?? seed?.seed.sha256 ?? entry?.sha256;
  const size = artifact?.size ?? seed?.seed.size ?? entry?.size ?? 0;
  if (!sha256) throw inputError('exhibit.unknown', 'the case has no such file', { entry: path });
  if (!('range' in named)) {
    return { kind: artifact?.sha256 ? 'artifact' : 'file', path, sha256, line: named.line ?? null };
  }
  const { offset, length } = named.range;
  if (offset + length > size) {
    throw inputError('exhibit.unknown', `the file has ${size} bytes, not as many as that`, { entry: path });
  }
  return { kind: 'bytes', path, sha256, range: { offset, length } };
}
