import type { DifferencePart, Lookalike } from '../../contract/documents/difference.ts';
import { type TaskOptions, throwIfStopped } from '../base/index.ts';
import { type Alignment, alignInTurns } from './align.ts';
import type { Bytes } from './bytes.ts';

/** How far an explanation goes. */
export interface ExplainLimits {
  /** Files within files. */
  readonly depth: number;
  /** Parts that differ and are listed, of one part. */
  readonly parts: number;
  /** Parts in all. */
  readonly allParts: number;
  /** Largest file that is read whole, for formats whose tables may lie anywhere, and largest content of a compressed file. */
  readonly whole: number;
  /** Largest text whose lines are compared. */
  readonly text: number;
}

/** Limits under which an explanation takes seconds. */
export const EXPLAIN_LIMITS: ExplainLimits = {
  depth: 6,
  parts: 100,
  allParts: 2000,
  whole: 128 << 20,
  text: 4 << 20,
};

/** Two contents that are compared, and where they lie in the files that were asked about. */
export interface Pair {
  readonly a: Bytes;
  readonly b: Bytes;
  /** Offsets in the files that were asked about; null inside what was compressed. */
  readonly at: { readonly a: number; readonly b: number } | null;
  /** Files around this one. */
  readonly depth: number;
}

/** What all levels of one explanation share. */
export interface Explaining {
  readonly limits: ExplainLimits;
  readonly options: TaskOptions;
  /** Parts that may still be listed. */
  left: number;
  /** The alignment of the two files themselves, where it was made before. */
  readonly aligned: Alignment | null;
  /** Explains a content within the one at hand. */
  readonly inside: (pair: Pair) => Promise<DifferencePart>;
}

/** A part with nothing said of it yet. */
export function part(
  kind: DifferencePart['kind'],
  title: string,
  says: string,
  more: Partial<DifferencePart> = {},
): DifferencePart {
  return {
    title,
    kind,
    says,
    a: null,
    b: null,
    fields: [],
    looks: [],
    lines: [],
    notAnalysed: null,
    parts: [],
    ...more,
  };
}

/** Where a stretch of each side of a pair lies in the files that were asked about. */
export function placed(
  { at }: Pair,
  a: { offset: number; length: number } | null,
  b: { offset: number; length: number } | null,
): Pick<DifferencePart, 'a' | 'b'> {
  return {
    a: at && a && { offset: at.a + a.offset, length: a.length },
    b: at && b && { offset: at.b + b.offset, length: b.length },
  };
}

/** The whole of both sides, as a place. */
export function wholePlace(pair: Pair): Pick<DifferencePart, 'a' | 'b'> {
  return placed(pair, { offset: 0, length: pair.a.size }, { offset: 0, length: pair.b.size });
}

/** Takes parts as they come and lists no more than are allowed; says how many more there are. */
export class PartList {
  readonly #work: Explaining;
  readonly #most: number;
  readonly #parts: DifferencePart[] = [];
  #unlisted = 0;

  constructor(work: Explaining, most = work.limits.parts) {
    this.#work = work;
    this.#most = most;
  }

  get parts(): DifferencePart[] {
    if (this.#unlisted === 0) return this.#parts;
    const says = `${this.#unlisted} more ${this.#unlisted === 1 ? 'part differs' : 'parts differ'}`;
    return [...this.#parts, part('more', 'Not listed', says, { notAnalysed: 'too many to list' })];
  }

  /** How many parts differ, listed or not. */
  get count(): number {
    return this.#parts.length + this.#unlisted;
  }

  /** Adds what `make` gives, unless there is no room: then it is not even made. */
  async add(make: () => DifferencePart | Promise<DifferencePart>): Promise<void> {
    throwIfStopped(this.#work.options.signal);
    if (this.#parts.length >= this.#most || this.#work.left <= 0) {
      this.#unlisted += 1;
      return;
    }
    this.#work.left -= 1;
    this.#parts.push(await make());
  }
}

/** Whether two contents are the same. Reads no further than their first difference. */
export function isSame(a: Bytes, b: Bytes): boolean {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += 1 << 18) {
    if (!a.read(at, 1 << 18).equals(b.read(at, 1 << 18))) return false;
  }
  return true;
}

/** Aligns two contents in turns, without progress of its own: how much is to come is not known. */
export async function alignPart(pair: Pair, work: Explaining): Promise<Alignment> {
  if (work.aligned && pair.depth === 0) return work.aligned;
  const { signal } = work.options;
  return alignInTurns(pair.a, pair.b, signal ? { signal } : {});
}

/** The bytes of a difference in words: `6 bytes in 1 place`. */
export function amount({
  places,
  changed,
  inserted,
  deleted,
  unaligned,
}: Pick<Alignment, 'places' | 'changed' | 'inserted' | 'deleted' | 'unaligned'>): string {
  const kinds = [
    [changed, 'changed'],
    [inserted, 'only in the second'],
    [deleted, 'only in the first'],
    [unaligned, 'not aligned'],
  ] as const;
  const present = kinds.filter(([count]) => count > 0);
  const [only] = present;
  if (!only) return 'nothing differs';
  const where = ` in ${counted(places, 'place')}`;
  if (present.length === 1) {
    const [count, word] = only;
    return `${counted(count, 'byte')}${word === 'changed' ? '' : ` ${word}`}${where}`;
  }
  return `${present.map(([count, word]) => `${counted(count, 'byte')} ${word}`).join(', ')}${where}`;
}

/** A number with its noun. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Each of several lookalikes once. */
export function distinctLooks(looks: readonly Lookalike[], most = 5): Lookalike[] {
  const seen = new Map<string, Lookalike>();
  for (const look of looks) {
    const key = [look.cause, look.a, look.b].join('\0');
    if (!seen.has(key)) seen.set(key, look);
  }
  return [...seen.values()].slice(0, most);
}
