import type { AnnotationMergeRow } from '../../../../main/contract/requests/index.ts';
import { counted } from '../../../parts/format.ts';

/** What becomes of one annotation of a source. */
export type Decision = 'keep' | 'add' | 'replace';
export type Decisions = ReadonlyMap<number, Decision>;

const ORDER: readonly AnnotationMergeRow['state'][] = ['conflict', 'changed', 'new', 'elsewhere', 'same'];

/** Those that ask for a decision first, then those that come, then those that cannot or need not. */
export function inOrder(items: readonly AnnotationMergeRow[]): AnnotationMergeRow[] {
  return [...items].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.number - b.number);
}

/** What can be decided of an annotation, by who works here. */
export function choicesOf({ state, ours }: AnnotationMergeRow, by: string): readonly Decision[] {
  if (state === 'same' || state === 'elsewhere') return [];
  if (state !== 'conflict') return ['keep', 'add'];
  return ours?.by === by ? ['keep', 'add', 'replace'] : ['keep', 'add'];
}

/** What is decided before anybody did: what is new or changed comes, a conflict waits. */
export function firstDecisions(items: readonly AnnotationMergeRow[]): Decisions {
  const decided = items.flatMap(({ number, state }): [number, Decision][] =>
    state === 'new' || state === 'changed' ? [[number, 'add']] : [],
  );
  return new Map(decided);
}

/** Decides of all that stand in the same group as one, where that can be decided; a conflict is only ever decided by itself. */
export function decideGroup(
  items: readonly AnnotationMergeRow[],
  decisions: Decisions,
  { theirs: { group } }: AnnotationMergeRow,
  decision: 'keep' | 'add',
): Decisions {
  const same = items.filter(
    ({ theirs, state }) => theirs.group === group && (state === 'new' || state === 'changed'),
  );
  return new Map([...decisions, ...same.map(({ number }) => [number, decision] as const)]);
}

/** Conflicts of which nobody has decided yet. */
export function undecided(items: readonly AnnotationMergeRow[], decisions: Decisions): number {
  return items.filter(({ number, state }) => state === 'conflict' && !decisions.has(number)).length;
}

/** The numbers that a request names. */
export function wanted(decisions: Decisions): { readonly add: number[]; readonly replace: number[] } {
  const of = (wish: Decision) => [...decisions].filter(([, is]) => is === wish).map(([number]) => number);
  return { add: of('add'), replace: of('replace') };
}

/** What would be done, in words: `3 are added, 1 replaces yours, 2 are left, 4 are here already`. */
export function summaryOf(items: readonly AnnotationMergeRow[], decisions: Decisions): string {
  const { add, replace } = wanted(decisions);
  const kept = [...decisions.values()].filter(each => each === 'keep').length;
  const count = (state: AnnotationMergeRow['state']) => items.filter(each => each.state === state).length;
  const parts: readonly (readonly [number, string])[] = [
    [add.length, add.length === 1 ? 'is added' : 'are added'],
    [replace.length, replace.length === 1 ? 'replaces yours' : 'replace yours'],
    [kept, kept === 1 ? 'is left out' : 'are left out'],
    [count('same'), count('same') === 1 ? 'is here already' : 'are here already'],
    [count('elsewhere'), count('elsewhere') === 1 ? 'has no bytes here' : 'have no bytes here'],
  ];
  const told = parts.filter(([many]) => many > 0).map(([many, words]) => `${many} ${words}`);
  return `Of ${counted(items.length, 'annotation')}: ${told.join(', ') || 'nothing is done'}.`;
}

type Words = AnnotationMergeRow['theirs'];
type Field = 'kind' | 'label' | 'note' | 'group' | 'colour' | 'ranges';

/** In which fields two wordings are not the same. */
export function differing(theirs: Pick<Words, Field>, ours: Pick<Words, Field> | null): ReadonlySet<Field> {
  if (!ours) return new Set();
  const plain: readonly Field[] = ['kind', 'label', 'note', 'group', 'colour'];
  const fields = plain.filter(field => theirs[field] !== ours[field]);
  const same = JSON.stringify(theirs.ranges) === JSON.stringify(ours.ranges);
  return new Set(same ? fields : [...fields, 'ranges']);
}
