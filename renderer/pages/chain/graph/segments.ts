import type { FigureGeometry } from '../../../../main/contract/requests/index.ts';

type Edge = FigureGeometry['edges'][number];

/** Straight pieces of lines along one axis: for each where it lies across, where it begins and where it ends; in the order of where they lie. */
export interface Pieces {
  readonly at: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Lines as the pieces that they cover, each piece once however many lines run along it. */
export interface Segments {
  readonly level: Pieces;
  readonly upright: Pieces;
}

type Spans = Map<number, [from: number, to: number][]>;

/** Takes lines together: thousands that leave one program share most of their way. */
export function segmentsOf(edges: Iterable<Edge>): Segments {
  const [level, upright]: [Spans, Spans] = [new Map(), new Map()];
  for (const { points } of edges) {
    for (let i = 2; i < points.length; i += 2) {
      const [x, y, endX, endY] = [points[i - 2] ?? 0, points[i - 1] ?? 0, points[i] ?? 0, points[i + 1] ?? 0];
      if (x === endX) add(upright, x, y, endY);
      else add(level, y, x, endX);
    }
  }
  return { level: piecesOf(level), upright: piecesOf(upright) };
}

function add(spans: Spans, at: number, from: number, to: number): void {
  const span: [number, number] = from < to ? [from, to] : [to, from];
  const known = spans.get(at);
  if (known) known.push(span);
  else spans.set(at, [span]);
}

function piecesOf(spans: Spans): Pieces {
  const all: [at: number, from: number, to: number][] = [];
  for (const at of [...spans.keys()].sort((a, b) => a - b)) {
    let last: [at: number, from: number, to: number] | undefined;
    for (const [from, to] of (spans.get(at) ?? []).sort((a, b) => a[0] - b[0])) {
      if (last && from <= last[2]) last[2] = Math.max(last[2], to);
      else {
        last = [at, from, to];
        all.push(last);
      }
    }
  }
  return {
    at: Float64Array.from(all, each => each[0]),
    from: Float64Array.from(all, each => each[1]),
    to: Float64Array.from(all, each => each[2]),
  };
}

/** Calls for each piece that lies between two places and has something of it between two others. */
export function eachPiece(
  { at, from, to }: Pieces,
  across: readonly [number, number],
  along: readonly [number, number],
  call: (at: number, from: number, to: number) => void,
): void {
  for (let i = firstFrom(at, across[0]); i < at.length; i += 1) {
    const place = at[i] ?? 0;
    if (place > across[1]) return;
    const [start, end] = [from[i] ?? 0, to[i] ?? 0];
    if (start <= along[1] && end >= along[0]) call(place, start, end);
  }
}

/** The first place of sorted values that is not below a value. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
