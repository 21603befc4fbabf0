import { isPublished, type Judgement } from '../verdict/index.ts';
import type { Report, Statement } from './model.ts';

/** What the words of a report are made from. */
export type Basis = Pick<
  Report,
  | 'kit'
  | 'pinned'
  | 'seeds'
  | 'seedReview'
  | 'fileReview'
  | 'mode'
  | 'confirmation'
  | 'counts'
  | 'closure'
  | 'findings'
  | 'steps'
  | 'machine'
  | 'artifacts'
> &
  Pick<Judgement, 'verdict' | 'completed'>;

/** How many artifacts have a published hash. */
export function published({ artifacts }: Basis): number {
  return artifacts.filter(isPublished).length;
}

/** How many of those met it. */
export function publishedMet({ artifacts }: Basis): number {
  return artifacts.filter(each => each.verdict === 'reproduced' && isPublished(each)).length;
}

/** Files of which the reader knew the content beforehand. */
export function foreseen({ artifacts }: Basis): Report['artifacts'] {
  return artifacts.filter(each => each.expectations.length > 0 && !isPublished(each));
}

/** Pinned sources that are missing or are other files. */
export function unmetPins({ pinned }: Basis): number {
  return pinned.filter(({ state }) => state === 'wrong' || state === 'missing').length;
}

/** Pins that the plan does not come to are left aside. */
export function pinsThere({ pinned }: Basis): number {
  return pinned.filter(({ state }) => state !== 'left-out').length;
}

/** The first finding of one of these codes, to rest a statement on. */
export function findingId(basis: Basis, ...codes: string[]): string {
  return basis.findings.find(finding => codes.includes(finding.code))?.id ?? 'Part 4';
}

/** The statements of a list of conditions that hold. */
export function those(statements: readonly (Statement | false)[]): Statement[] {
  return statements.filter(statement => statement !== false);
}
