import { inertText } from '../../../main/contract/inert.ts';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import type { AnnotationKind } from './annotation-draft.ts';

export type AnnotationOrder = 'offset' | 'newest' | 'kind' | 'person';

/** Which annotations a list shows, and how. */
export interface ListOptions {
  readonly text: string;
  /** Null for every kind. */
  readonly kind: AnnotationKind | null;
  readonly by: string | null;
  readonly group: string | null;
  /** Only questions and concerns that nobody settled. */
  readonly open: boolean;
  readonly order: AnnotationOrder;
  readonly grouped: boolean;
}

export const ALL: ListOptions = {
  text: '',
  kind: null,
  by: null,
  group: null,
  open: false,
  order: 'offset',
  grouped: false,
};

/** An annotation with its number: the place in which it was first written, from 1. */
export interface Numbered {
  readonly number: number;
  readonly annotation: AnnotationRow;
}

/** A row of the list: an annotation, or the head of a group. */
export type ListRow =
  | ({ readonly key: string; readonly level: number; readonly group?: undefined } & Numbered)
  | { readonly key: string; readonly group: string; readonly count: number; readonly closed: boolean };

/** Whether a question or a concern waits for somebody to settle it. */
export function isOpen({ kind, resolution }: AnnotationRow): boolean {
  return kind !== 'explained' && resolution === null;
}

/** The annotations that the options let through, in their order. */
export function listed(all: readonly AnnotationRow[], options: ListOptions): Numbered[] {
  const text = options.text.trim().toLocaleLowerCase();
  return all
    .map((annotation, i) => ({ number: i + 1, annotation }))
    .filter(
      ({ annotation }) =>
        (options.kind === null || annotation.kind === options.kind) &&
        (options.by === null || annotation.by === options.by) &&
        (options.group === null || annotation.group === options.group) &&
        (!options.open || isOpen(annotation)) &&
        (text === '' || wordsIn(annotation).includes(text)),
    )
    .sort(ORDERS[options.order]);
}

function wordsIn({ label, note, group, by }: AnnotationRow): string {
  return [label, note, group ?? '', by].join('\n').toLocaleLowerCase();
}

const GRAVITY: readonly AnnotationKind[] = ['concern', 'question', 'explained'];

/** Kinds, the gravest first. */
export function byGravity(kinds: readonly AnnotationKind[]): AnnotationKind[] {
  return GRAVITY.filter(kind => kinds.includes(kind));
}

const byOffset = (a: Numbered, b: Numbered) => startOf(a) - startOf(b) || a.number - b.number;

const ORDERS: Record<AnnotationOrder, (a: Numbered, b: Numbered) => number> = {
  offset: byOffset,
  newest: (a, b) => lastEvent(b) - lastEvent(a),
  kind: (a, b) => GRAVITY.indexOf(a.annotation.kind) - GRAVITY.indexOf(b.annotation.kind) || byOffset(a, b),
  person: (a, b) => a.annotation.by.localeCompare(b.annotation.by, 'en') || byOffset(a, b),
};

function startOf({ annotation }: Numbered): number {
  return annotation.ranges[0]?.offset ?? 0;
}

function lastEvent({ annotation }: Numbered): number {
  return annotation.changed?.event ?? annotation.event;
}

/** The rows of a list; when it is grouped, each group under its head and what is in none at the end. */
export function rowsOf(list: readonly Numbered[], grouped: boolean, closed: ReadonlySet<string>): ListRow[] {
  const plain = (each: Numbered, level: number): ListRow => ({ key: each.annotation.id, level, ...each });
  if (!grouped) return list.map(each => plain(each, 1));
  const groups = new Map<string, Numbered[]>();
  const loose: Numbered[] = [];
  for (const each of list) {
    const { group } = each.annotation;
    if (group === null) loose.push(each);
    else groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  const rows = [...groups].flatMap(([group, members]): ListRow[] => {
    const head = { key: `group ${group}`, group, count: members.length, closed: closed.has(group) };
    return head.closed ? [head] : [head, ...members.map(each => plain(each, 2))];
  });
  return [...rows, ...loose.map(each => plain(each, 1))];
}

/** What the options leave out, as words: `questions by Tomasz Rybak, open`; empty when they leave out nothing. */
export function filterWords({ text, kind, by, group, open }: ListOptions): string {
  const what = kind === null ? 'annotations' : kind === 'explained' ? 'explanations' : `${kind}s`;
  const parts = [
    `${open ? 'open ' : ''}${what}${by === null ? '' : ` by ${inertText(by)}`}`,
    ...(group === null ? [] : [`in “${inertText(group)}”`]),
    ...(text.trim() === '' ? [] : [`with “${inertText(text.trim())}”`]),
  ];
  const nothing = text.trim() === '' && kind === null && by === null && group === null && !open;
  return nothing ? '' : parts.join(', ');
}
