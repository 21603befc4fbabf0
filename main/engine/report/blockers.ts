import { z } from 'zod';
import type { Answer } from '../case/index.ts';
import { bytesIn, gapsIn, rangeSet, rangeText } from '../seed/index.ts';
import type { Finding } from '../verdict/index.ts';
import { plural } from './words.ts';

/** Where a person goes to resolve a blocker: the pages of the window. */
export const PLACES = ['overview', 'bundle', 'seed', 'chain', 'findings', 'report'] as const;

/** Something that stands between a case and a sign-off as proved. */
export const blockerSchema = z.strictObject({
  /** Literal, `area.problem`. */
  code: z.string(),
  text: z.string(),
  /** The page on which it is resolved. */
  place: z.enum(PLACES),
  /** What it is about, at most {@link BLOCKER_ITEMS}: findings, items, seeds, ranges. */
  items: z.array(z.string()),
});
export type Blocker = z.infer<typeof blockerSchema>;

/** How many things a blocker names. */
export const BLOCKER_ITEMS = 100;

/** What blockers are worked out from. */
export interface BlockerFacts {
  readonly verdict: 'reproduced' | 'not-reproduced';
  readonly headline: string;
  readonly seedReviews: readonly {
    readonly name: string;
    readonly size: number;
    readonly explained: number;
    readonly annotations: readonly {
      readonly kind: string;
      readonly ranges: readonly { readonly offset: number; readonly length: number }[];
      readonly resolution: object | null;
    }[];
  }[];
  readonly findings: readonly Pick<Finding, 'id' | 'severity' | 'state'>[];
  readonly checklist: readonly { readonly id: string; readonly answer: Answer }[];
}

/** Everything that blocks a sign-off as proved, in the order in which to take it. */
export function blockersOf(facts: BlockerFacts): Blocker[] {
  return [
    ...(facts.verdict === 'reproduced' ? [] : [blocker('verdict.not-reproduced', facts.headline, 'chain')]),
    ...findingBlockers(facts),
    ...facts.seedReviews.flatMap(seedBlockers),
    ...checklistBlockers(facts),
  ];
}

/** A blocker that names what it is about. */
export function blocker(
  code: string,
  text: string,
  place: Blocker['place'],
  items: readonly string[] = [],
): Blocker {
  return { code, text, place, items: items.slice(0, BLOCKER_ITEMS) };
}

/** Findings of the lowest severity are for the record and block nothing. */
function findingBlockers({ findings }: BlockerFacts): Blocker[] {
  const open = findings.filter(({ state, severity }) => state === 'open' && severity !== 'note');
  if (open.length === 0) return [];
  const text = `${plural(open.length, 'finding is', 'findings are')} open`;
  return [
    blocker(
      'finding.open',
      text,
      'findings',
      open.map(({ id }) => id),
    ),
  ];
}

function seedBlockers({
  name,
  size,
  explained,
  annotations,
}: BlockerFacts['seedReviews'][number]): Blocker[] {
  const blockers: Blocker[] = [];
  const add = (code: string, text: string, items: string[]) =>
    blockers.push(blocker(code, text, 'seed', [name, ...items]));
  if (explained < size) {
    const told = annotations.filter(({ kind }) => kind === 'explained').flatMap(({ ranges }) => ranges);
    const gaps = gapsIn(rangeSet(told), size);
    const left = bytesIn(gaps).toLocaleString('en-US');
    const text = `${left} of ${plural(size, 'byte')} of ${name} ${left === '1' ? 'is' : 'are'} not explained`;
    add('seed.unexplained', text, gaps.map(rangeText));
  }
  for (const kind of ['concern', 'question']) {
    const open = annotations.filter(each => each.kind === kind && each.resolution === null);
    if (open.length === 0) continue;
    const text = `${plural(open.length, kind)} about ${name} ${open.length === 1 ? 'is' : 'are'} open`;
    add(
      `seed.open-${kind}`,
      text,
      open.flatMap(({ ranges }) => ranges.map(rangeText)),
    );
  }
  return blockers;
}

function checklistBlockers({ checklist }: BlockerFacts): Blocker[] {
  const open = checklist.filter(({ answer }) => answer === 'open').map(({ id }) => id);
  if (open.length === 0) return [];
  const text = `${plural(open.length, 'item')} of the checklist ${open.length === 1 ? 'is' : 'are'} open`;
  return [blocker('checklist.open', text, 'report', open)];
}
