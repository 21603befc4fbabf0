import type { ShownGraph, ShownNode } from './collapse.ts';
import type { FigureEdge } from './model.ts';

/** The place of a node in the grid. Rows count through all bands, from the top. */
export interface Cell {
  readonly node: ShownNode;
  readonly column: number;
  readonly row: number;
}

/** A run of columns of one lane in one band. */
export interface LanePart {
  /** Its place among the lanes of the graph. */
  readonly lane: number;
  readonly band: number;
  readonly from: number;
  readonly to: number;
}

/** The figure as rows and columns. Bands lie one below the other and share their columns. */
export interface Grid {
  readonly columns: number;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly parts: readonly LanePart[];
  /** The first row of each band, and at the end how many rows there are. */
  readonly bands: readonly number[];
}

export interface GridLimits {
  /** Most nodes in a column. */
  readonly rows: number;
  /** Most columns beside each other, for a figure of so many columns, the longest with so many nodes. */
  perBand(columns: number, longest: number): number;
}

interface Column {
  readonly lane: number;
  readonly nodes: readonly ShownNode[];
}

/**
 * Gives each node its cell: lanes from left to right, inside a lane one column for each step away from its beginning, bands of
 * columns one below the other. What is made stands beside its maker where there is room. Linear in nodes and edges but for sorting.
 */
export function gridOf(graph: ShownGraph, limits: GridLimits): Grid {
  const columns = columnsOf(graph, limits.rows);
  const longest = columns.reduce((most, column) => Math.max(most, column.nodes.length), 0);
  const perBand = Math.max(1, limits.perBand(columns.length, longest));
  const makers = Map.groupBy(graph.edges, edge => edge.to);
  const cells = new Map<string, Cell>();
  const parts: LanePart[] = [];
  const bands: number[] = [];
  let top = 0;
  for (let start = 0; start < columns.length; start += perBand) {
    const band = columns.slice(start, start + perBand);
    let height = 0;
    for (const [column, { nodes }] of band.entries()) {
      const rows = rowsOf(nodes, makers, cells, top, limits.rows);
      nodes.forEach((node, i) => {
        cells.set(node.id, { node, column, row: top + (rows[i] ?? 0) });
      });
      height = Math.max(height, ...rows.map(row => row + 1));
    }
    parts.push(...partsOf(band, bands.length));
    bands.push(top);
    top += height;
  }
  return { columns: Math.min(perBand, columns.length), cells, parts, bands: [...bands, top] };
}

/** The columns from left to right. Nodes come makers first, so that each one's depth is known when it is reached. */
function columnsOf({ lanes, nodes, edges }: ShownGraph, limit: number): Column[] {
  const laneOf = new Map(nodes.map(node => [node.id, node.lane]));
  const makers = Map.groupBy(edges, edge => edge.to);
  const depths = new Map<string, number>();
  for (const { id, lane } of nodes) {
    let depth = 0;
    for (const { from } of makers.get(id) ?? [])
      if (laneOf.get(from) === lane) depth = Math.max(depth, (depths.get(from) ?? 0) + 1);
    depths.set(id, depth);
  }
  const members = Map.groupBy(nodes, node => node.lane);
  return lanes.flatMap((lane, index) => {
    const byDepth = Map.groupBy(members.get(lane.id) ?? [], node => depths.get(node.id) ?? 0);
    return [...byDepth.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([, some]) =>
        Array.from({ length: Math.ceil(some.length / limit) }, (_, i) => ({
          lane: index,
          nodes: some.slice(i * limit, (i + 1) * limit),
        })),
      );
  });
}

/** Rows for the nodes of a column: each in the row of its maker if it is in this band, or the next free one below. */
function rowsOf(
  nodes: readonly ShownNode[],
  makers: ReadonlyMap<string, readonly FigureEdge[]>,
  cells: ReadonlyMap<string, Cell>,
  top: number,
  limit: number,
): number[] {
  const wanted = nodes.map(({ id }) => {
    const incoming = makers.get(id) ?? [];
    const maker = incoming.find(edge => !edge.through) ?? incoming[0];
    const row = maker && cells.get(maker.from)?.row;
    return row !== undefined && row >= top ? row - top : limit;
  });
  const order = nodes.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const rows: number[] = [];
  let next = 0;
  order.forEach((at, placed) => {
    const wish = wanted[at] ?? limit;
    const last = limit - (order.length - placed);
    const row = wish >= limit ? next : Math.max(next, Math.min(wish, last));
    rows[at] = row;
    next = row + 1;
  });
  return rows;
}

function partsOf(band: readonly Column[], index: number): LanePart[] {
  const parts: LanePart[] = [];
  for (const [column, { lane }] of band.entries()) {
    const last = parts.at(-1);
    if (last?.lane === lane) parts[parts.length - 1] = { ...last, to: column };
    else parts.push({ lane, band: index, from: column, to: column });
  }
  return parts;
}
