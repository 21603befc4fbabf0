import { type Grid, gridOf, type LanePart } from './cells.ts';
import type { ShownGraph, ShownLane, ShownNode } from './collapse.ts';
import { type Route, type Routes, routesOf } from './route.ts';

/** Lengths of a figure in its own unit, and what depends on its type. */
export interface FigureStyle {
  /** Width of the whole figure, which its columns share; null: as wide as its boxes. */
  readonly width: number | null;
  readonly boxHeight: number;
  /** The width that a box needs. */
  boxWidth(node: ShownNode): number;
  readonly widestBox: number;
  /** Most boxes in a column. */
  rows(nodes: number): number;
  /** Most columns beside each other, of so many columns with so many boxes in all and in the longest. */
  perBand(columns: number, nodes: number, longest: number): number;
  /** Space between two rows, at least and at most, and for each line in it. */
  readonly gap: Room;
  /** Space between two columns, and for each line in it; `lanes` is the least between two lanes. */
  readonly gutter: Room & { readonly lanes: number };
  /** The least width of a lane of one column, for its head. */
  laneWidth(lane: ShownLane): number;
  /** Lines of the head of a lane in so much room. */
  head(lane: ShownLane, room: number): readonly string[];
  readonly headLine: number;
  /** Space of the head above and below its lines. */
  readonly headSpace: number;
  /** Space between two bands. */
  readonly bandGap: number;
  /** Where arrows end inside a gutter, which lines keep clear of. */
  readonly arrow: number;
}

interface Room {
  readonly least: number;
  readonly most: number;
  readonly line: number;
}

export interface PlacedBox {
  readonly node: ShownNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A lane in one band, with its head. */
export interface PlacedLane {
  readonly lane: ShownLane;
  /** Whether the lane began in a band above. */
  readonly continued: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** An edge as corners, x and y in turn, from the maker's right side to the left side of what it made. */
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly through: boolean;
  readonly points: readonly number[];
}

export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  readonly boxHeight: number;
  readonly boxes: readonly PlacedBox[];
  readonly lanes: readonly PlacedLane[];
  readonly edges: readonly PlacedEdge[];
}

/**
 * Lays a chain out. Boxes stand in rows and columns; edges run in the gutters between columns and the gaps between rows, or along a
 * row while nothing stands in it, so that none crosses a box. The same graph gives the same layout.
 */
export function figureLayout(graph: ShownGraph, style: FigureStyle): FigureLayout {
  const grid = gridOf(graph, {
    rows: style.rows(graph.nodes.length),
    perBand: (columns, longest) => style.perBand(columns, graph.nodes.length, longest),
  });
  const routes = routesOf(graph.edges, grid);
  const across = placeColumns(grid, routes, graph, style);
  const heads = grid.parts.map(part => headOf(part, graph, across, style));
  const down = placeRows(grid, routes, heads, style);
  const places = { across, down, style };
  return {
    width: across.width,
    height: down.height,
    boxHeight: style.boxHeight,
    boxes: [...grid.cells.values()].map(({ node, column, row }) => ({
      node,
      x: across.left[column] ?? 0,
      y: down.top[row] ?? 0,
      width: style.width === null ? style.boxWidth(node) : (across.widths[column] ?? 0),
    })),
    lanes: grid.parts.flatMap((part, i) => placeLane(part, heads[i] ?? [], graph, places, grid)),
    edges: routes.all.map(route => ({ ...route.edge, points: pointsOf(route, routes, places) })),
  };
}

interface Across {
  readonly left: readonly number[];
  readonly widths: readonly number[];
  /** The width of the gutter right of each column; that left of the first comes last. */
  readonly gutter: (index: number) => number;
  readonly width: number;
}

function placeColumns(grid: Grid, routes: Routes, graph: ShownGraph, style: FigureStyle): Across {
  const { columns } = grid;
  const borders = new Set(grid.parts.map(part => part.to));
  const gutter = (index: number) => {
    const lines = routes.gutters.get(index)?.count ?? 0;
    const outer = index < 0 || index === columns - 1;
    const { least, lanes, most, line } = style.gutter;
    const wanted = style.arrow + (lines + 1) * line;
    const base = outer ? 0 : borders.has(index) ? lanes : least;
    return lines === 0 ? base : Math.min(most, Math.max(base, wanted));
  };
  const gutters = Array.from({ length: columns + 1 }, (_, i) => gutter(i - 1));
  const widths = new Array<number>(columns).fill(0);
  for (const { node, column } of grid.cells.values())
    widths[column] = Math.max(widths[column] ?? 0, style.boxWidth(node));
  for (const { lane, from, to } of grid.parts) {
    const shown = graph.lanes[lane];
    if (shown && from === to) widths[from] = Math.max(widths[from] ?? 0, style.laneWidth(shown));
  }
  if (style.width !== null) {
    const room = style.width - gutters.reduce((sum, each) => sum + each, 0);
    widths.fill(Math.min(style.widestBox, room / Math.max(1, columns)));
  }
  const left: number[] = [];
  let x = 0;
  for (let i = 0; i < columns; i += 1) {
    x += gutters[i] ?? 0;
    left.push(x);
    x += widths[i] ?? 0;
  }
  return {
    left,
    widths,
    gutter: i => gutters[i + 1] ?? 0,
    width: style.width ?? x + (gutters[columns] ?? 0),
  };
}

interface Down {
  /** The top of each row of boxes, and of the gap above it. */
  readonly top: readonly number[];
  readonly gapTop: readonly number[];
  /** The top of each band, and of the space below its last row. */
  readonly band: readonly { readonly top: number; readonly end: number }[];
  readonly height: number;
}

function placeRows(
  { bands, parts }: Grid,
  routes: Routes,
  heads: readonly (readonly string[])[],
  style: FigureStyle,
): Down {
  const [top, gapTop]: [number[], number[]] = [[], []];
  const band: { top: number; end: number }[] = [];
  let y = 0;
  for (let i = 0; i + 1 < bands.length; i += 1) {
    const start = y;
    const lines = Math.max(
      0,
      ...parts.flatMap((part, k) => (part.band === i ? [heads[k]?.length ?? 0] : [])),
    );
    if (lines > 0) y += lines * style.headLine + style.headSpace;
    for (let row = bands[i] ?? 0; row < (bands[i + 1] ?? 0); row += 1) {
      const { least, most, line } = style.gap;
      const tracks = routes.gaps.get(row)?.count ?? 0;
      gapTop.push(y);
      y += row === bands[i] && tracks === 0 ? 0 : Math.min(most, Math.max(least, (tracks + 1) * line));
      top.push(y);
      y += style.boxHeight;
    }
    band.push({ top: start, end: y });
    y += style.bandGap;
  }
  return { top, gapTop, band, height: Math.max(0, y - style.bandGap) };
}

interface Places {
  readonly across: Across;
  readonly down: Down;
  readonly style: FigureStyle;
}

function headOf(part: LanePart, graph: ShownGraph, across: Across, style: FigureStyle): readonly string[] {
  const lane = graph.lanes[part.lane];
  return lane ? style.head(lane, spanOf(part, across)) : [];
}

function spanOf({ from, to }: LanePart, { left, widths }: Across): number {
  return (left[to] ?? 0) + (widths[to] ?? 0) - (left[from] ?? 0);
}

function placeLane(
  part: LanePart,
  lines: readonly string[],
  graph: ShownGraph,
  { across, down }: Places,
  grid: Grid,
): PlacedLane[] {
  const lane = graph.lanes[part.lane];
  const band = down.band[part.band];
  if (!lane || !band) return [];
  return [
    {
      lane,
      continued: grid.parts.some(each => each.lane === part.lane && each.band < part.band),
      x: across.left[part.from] ?? 0,
      y: band.top,
      width: spanOf(part, across),
      height: band.end - band.top,
      lines,
    },
  ];
}

/** How far from the middle of a box edges come in, as parts of its height: straight, then beside it. */
const INLETS = [0, 0.22, -0.22, 0.36, -0.36];

function pointsOf({ edge, from, to, along, inlet }: Route, routes: Routes, places: Places): number[] {
  const { across, down, style } = places;
  const middle = (row: number) => (down.top[row] ?? 0) + style.boxHeight / 2;
  const upright = (gutter: number) => {
    const slots = routes.gutters.get(gutter);
    const room = across.gutter(gutter) - style.arrow;
    const start = gutter < 0 ? 0 : (across.left[gutter] ?? 0) + (across.widths[gutter] ?? 0);
    return start + (room * ((slots?.of.get(edge.from) ?? 0) + 1)) / ((slots?.count ?? 1) + 1);
  };
  const startX =
    (across.left[from.column] ?? 0) +
    (style.width === null ? style.boxWidth(from.node) : (across.widths[from.column] ?? 0));
  const startY = middle(from.row);
  const endX = across.left[to.column] ?? 0;
  const endY = middle(to.row) + style.boxHeight * (INLETS[inlet] ?? 0);
  const into = upright(to.column - 1);
  if (along === null || 'row' in along)
    return straightened([startX, startY, into, startY, into, endY, endX, endY]);
  const out = upright(from.column);
  const gap = routes.gaps.get(along.gap);
  const space = (down.top[along.gap] ?? 0) - (down.gapTop[along.gap] ?? 0);
  const level =
    (down.gapTop[along.gap] ?? 0) + (space * ((gap?.of.get(edge.from) ?? 0) + 1)) / ((gap?.count ?? 1) + 1);
  return straightened([startX, startY, out, startY, out, level, into, level, into, endY, endX, endY]);
}

/** Without corners that are none. */
function straightened(points: readonly number[]): number[] {
  const kept: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    const n = kept.length;
    if (n >= 2 && kept[n - 2] === x && kept[n - 1] === y) continue;
    const turns =
      n < 4 ||
      !(
        (kept[n - 4] === kept[n - 2] && kept[n - 2] === x) ||
        (kept[n - 3] === kept[n - 1] && kept[n - 1] === y)
      );
    if (turns) kept.push(x, y);
    else kept.splice(n - 2, 2, x, y);
  }
  return kept;
}
