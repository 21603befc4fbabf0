import type { Cell, Grid } from './cells.ts';
import type { FigureEdge } from './model.ts';

/**
 * How an edge runs: out of its maker into the gutter at the right of it, along a row or between two rows, and from the gutter at the
 * left of what was made into that.
 */
export interface Route {
  readonly edge: FigureEdge;
  readonly from: Cell;
  readonly to: Cell;
  /** Where it runs along: in the maker's own row, or in the gap above a row; null where the two are in neighbouring columns. */
  readonly along: { readonly row: number } | { readonly gap: number } | null;
  /** Where it comes into its node: 0 in the middle, else beside it, up to {@link SIDE_INLETS}. */
  readonly inlet: number;
}

/** The routes of all edges, and the room that they need. */
export interface Routes {
  readonly all: readonly Route[];
  /** For each gutter, the slot of each maker's upright line in it; gutter n lies right of column n. */
  readonly gutters: ReadonlyMap<number, Slots>;
  /** For the gap above each row, the track of each maker's level line. */
  readonly gaps: ReadonlyMap<number, Slots>;
}

/** Lines side by side. */
export interface Slots {
  readonly count: number;
  /** By the maker. */
  readonly of: ReadonlyMap<string, number>;
}

/** Finds a route for every edge. Lines of one maker are one; those of two makers never lie on each other. */
export function routesOf(edges: readonly FigureEdge[], grid: Grid): Routes {
  const taken = columnsTaken(grid);
  const lasts = new Set(grid.bands.slice(1).map(row => row - 1));
  const uprights = new Lines();
  const levels = new Lines();
  const plans = edges.flatMap(edge => {
    const [from, to] = [grid.cells.get(edge.from), grid.cells.get(edge.to)];
    if (!from || !to) return [];
    return [{ edge, from, to, along: alongOf(from, to, taken, lasts) }];
  });
  for (const { edge, from, to, along } of plans) {
    const [start, end] = [2 * from.row + 1, 2 * to.row + 1];
    const entry = to.column - 1;
    if (along === null) {
      uprights.add(entry, edge.from, start, end);
    } else if ('row' in along) {
      uprights.add(entry, edge.from, start, end);
    } else {
      const gap = 2 * along.gap;
      uprights.add(from.column, edge.from, start, gap);
      uprights.add(entry, edge.from, gap, end);
      levels.add(along.gap, edge.from, from.column, entry);
    }
  }
  return { all: withInlets(plans), gutters: uprights.packed(), gaps: levels.packed() };
}

/** For each row the columns in which a node stands, in order. */
function columnsTaken({ cells }: Grid): Map<number, number[]> {
  const taken = new Map<number, number[]>();
  for (const { row, column } of cells.values()) {
    const columns = taken.get(row);
    if (columns) columns.push(column);
    else taken.set(row, [column]);
  }
  for (const columns of taken.values()) columns.sort((a, b) => a - b);
  return taken;
}

function alongOf(
  from: Cell,
  to: Cell,
  taken: ReadonlyMap<number, readonly number[]>,
  lasts: ReadonlySet<number>,
): Route['along'] {
  if (to.column === from.column + 1) return null;
  if (to.column > from.column && nextTaken(taken.get(from.row) ?? [], from.column) >= to.column)
    return { row: from.row };
  // Below the last row of a band stands the head of the next.
  return { gap: from.row <= to.row || lasts.has(to.row) ? to.row : to.row + 1 };
}

/** The first of the columns after a column. */
function nextTaken(columns: readonly number[], after: number): number {
  let [low, high] = [0, columns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns[middle] ?? 0) <= after) low = middle + 1;
    else high = middle;
  }
  return columns[low] ?? Number.POSITIVE_INFINITY;
}

/** Places beside the middle of a box where edges come in. */
export const SIDE_INLETS = 4;

/** Numbers the edges into each node. Where another maker's line comes to a node's row in the same gutter, none goes straight in. */
function withInlets(plans: readonly Omit<Route, 'inlet'>[]): Route[] {
  const lines = new Map<string, string>();
  for (const { edge, from, to, along } of plans) {
    lines.set(`${from.row} ${from.column}`, edge.from);
    if (along && 'row' in along) lines.set(`${from.row} ${to.column - 1}`, edge.from);
  }
  const used = new Map<string, number>();
  const order = plans.map((_, i) => i).sort((a, b) => rank(plans[a]) - rank(plans[b]) || a - b);
  const inlets: number[] = [];
  for (const i of order) {
    const plan = plans[i];
    if (!plan) continue;
    const { edge, to } = plan;
    const other = lines.get(`${to.row} ${to.column - 1}`);
    const first = other !== undefined && other !== edge.from ? 1 : 0;
    const inlet = Math.max(used.get(edge.to) ?? 0, first);
    used.set(edge.to, inlet + 1);
    // Those beside the middle take turns.
    inlets[i] = inlet === 0 ? 0 : 1 + ((inlet - 1) % SIDE_INLETS);
  }
  return plans.map((plan, i) => ({ ...plan, inlet: inlets[i] ?? 0 }));
}

/** What goes straight in: the maker in the same row, then other makers, then what leads through files between. */
function rank(plan: Omit<Route, 'inlet'> | undefined): number {
  if (!plan) return 3;
  if (plan.edge.through) return 2;
  return plan.from.row === plan.to.row ? 0 : 1;
}

/** Lines in channels, each maker's as one from its first place to its last. */
class Lines {
  readonly #channels = new Map<number, Map<string, [number, number]>>();

  add(channel: number, maker: string, from: number, to: number): void {
    const lines = this.#channels.get(channel) ?? new Map<string, [number, number]>();
    this.#channels.set(channel, lines);
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const known = lines.get(maker);
    lines.set(maker, known ? [Math.min(known[0], first), Math.max(known[1], last)] : [first, last]);
  }

  packed(): Map<number, Slots> {
    return new Map([...this.#channels].map(([channel, lines]) => [channel, pack(lines)]));
  }
}

/** Puts lines side by side that would lie on each other, the rest one behind the other. */
function pack(lines: ReadonlyMap<string, readonly [number, number]>): Slots {
  const ends: number[] = [];
  const of = new Map<string, number>();
  for (const [maker, [from, to]] of [...lines].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1])) {
    let slot = ends.findIndex(end => end < from);
    if (slot < 0) slot = ends.length;
    ends[slot] = to;
    of.set(maker, slot);
  }
  return { count: ends.length, of };
}
