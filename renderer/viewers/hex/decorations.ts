import type { ByteRange } from './byte-source.ts';

export type DecorationKind = 'explained' | 'question' | 'concern';

/** Something said about bytes. */
export interface HexDecoration {
  readonly id: string;
  readonly ranges: readonly ByteRange[];
  readonly kind: DecorationKind;
  /** What a reader hears on these bytes. */
  readonly label: string;
  /** Of its line, as CSS; by default that of its kind. */
  readonly colour?: string;
}

/** What one reviewer has covered, for one line of the gutter. */
export interface HexReviewer {
  readonly initials: string;
  readonly name: string;
  readonly ranges: readonly ByteRange[];
}

/** Part of a row, in columns, `to` left out. */
export interface RowSegment {
  readonly from: number;
  readonly to: number;
}

/** An underline: its annotation's kind and its place in the stack, 0 at the bottom. */
export interface Underline extends RowSegment {
  readonly id: string;
  readonly kind: DecorationKind;
  readonly level: number;
  readonly colour?: string | undefined;
}

/** Most lines under one byte; whatever overlaps more shares the topmost, and a figure says how many there are. */
export const LEVELS = 3;

const GRAVITY: readonly DecorationKind[] = ['explained', 'question', 'concern'];

interface Piece extends ByteRange {
  readonly decoration: HexDecoration;
  readonly level: number;
}

/** Annotations made ready to be asked row by row: each keeps one place in the stack through all of its rows. */
export class DecorationIndex {
  readonly #pieces: readonly Piece[];
  /** The furthest end among the pieces up to each, so that a search can stop. */
  readonly #reach: readonly number[];

  constructor(decorations: readonly HexDecoration[]) {
    const free = new Array<number>(LEVELS).fill(0);
    this.#pieces = decorations
      .flatMap(decoration => decoration.ranges.map(range => ({ ...range, decoration })))
      .filter(piece => piece.end > piece.start)
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .map(piece => {
        const found = free.findIndex(end => end <= piece.start);
        const level = found === -1 ? LEVELS - 1 : found;
        free[level] = Math.max(free[level] ?? 0, piece.end);
        return { ...piece, level };
      });
    let reach = 0;
    this.#reach = this.#pieces.map(piece => {
      reach = Math.max(reach, piece.end);
      return reach;
    });
  }

  /** Annotations on a byte, the gravest first. */
  at(offset: number): HexDecoration[] {
    return this.#within(offset, offset + 1)
      .map(piece => piece.decoration)
      .sort((a, b) => GRAVITY.indexOf(b.kind) - GRAVITY.indexOf(a.kind));
  }

  /** Underlines of a row that begins at `start` and has `length` bytes. */
  underlines(start: number, length: number): Underline[] {
    return this.#within(start, start + length).map(piece => ({
      id: piece.decoration.id,
      kind: piece.decoration.kind,
      level: piece.level,
      colour: piece.decoration.colour,
      from: Math.max(0, piece.start - start),
      to: Math.min(length, piece.end - start),
    }));
  }

  #within(start: number, end: number): Piece[] {
    const found: Piece[] = [];
    for (let i = upperBound(this.#pieces, end) - 1; i >= 0 && (this.#reach[i] ?? 0) > start; i -= 1) {
      const piece = this.#pieces[i] as Piece;
      if (piece.end > start) found.push(piece);
    }
    return found.reverse();
  }
}

/** How many pieces begin before `end`. */
function upperBound(pieces: readonly Piece[], end: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).start < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The gravest kind on each byte of a row. */
export function tints(underlines: readonly Underline[], length: number): (DecorationKind | null)[] {
  const kinds = new Array<DecorationKind | null>(length).fill(null);
  for (const { from, to, kind } of underlines) {
    for (let column = from; column < to; column += 1) {
      const old = kinds[column] ?? null;
      if (old === null || GRAVITY.indexOf(kind) > GRAVITY.indexOf(old)) kinds[column] = kind;
    }
  }
  return kinds;
}

/** For each byte of a row how many annotations lie on it. */
export function overlaps(underlines: readonly Underline[], length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const { from, to } of underlines) {
    for (let column = from; column < to; column += 1) counts[column] = (counts[column] ?? 0) + 1;
  }
  return counts;
}

/** The parts of a row that ranges cover, joined. The ranges are sorted and do not overlap, as {@link joined} makes them. */
export function coveredSegments(ranges: readonly ByteRange[], start: number, length: number): RowSegment[] {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as ByteRange).end <= start) low = middle + 1;
    else high = middle;
  }
  const segments: RowSegment[] = [];
  for (let i = low; i < ranges.length; i += 1) {
    const range = ranges[i] as ByteRange;
    if (range.start >= start + length) break;
    segments.push({ from: Math.max(0, range.start - start), to: Math.min(length, range.end - start) });
  }
  return segments;
}

/** Ranges sorted, and those that touch made one. */
export function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) result.push({ start, end });
  }
  return result;
}
