import { inertText } from '../../../contract/inert.ts';
import type { ChainEdge, ChainGraph, ChainNode } from './chain-graph.ts';

/** All lengths are units of the figure's own view, {@link FIGURE_WIDTH} to the width of the text. */
export const FIGURE_WIDTH = 680;
/** Most columns of a chain that takes one band, and columns of each band of a longer one. */
const COLUMNS = 6;
const BAND_COLUMNS = 5;
const ROWS = 6;
const GUTTER = 25;
const WIDEST_NODE = 130;
export const NODE_HEIGHT = 42;
const ROW_GAP = 8;
const TRACK_GAP = 5;
/** Size of all mono text but the names in boxes. */
export const SMALL_SIZE = 8;
/** The heads of lanes: height of a line, and most lines. */
export const TITLE_LINE = 10;
const TITLE_LINES = 3;
const TITLE_GAP = 6;
/** Room between two bands of columns. */
const BAND_GAP = 10;
/** Where arrows end inside a gutter; trunks keep to the left of it. */
const ARROW = 7;

/** The width of one character of mono text of this size: JetBrains Mono is 0.6 em; what falls back may be a whole em. */
export function monoWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += character < '\x7f' || character === '…' ? 0.6 : 1.2;
  return width * fontSize;
}

/** Cuts mono text at its end so that it fits, with an ellipsis when something is gone. */
export function fitted(text: string, room: number, fontSize: number): string {
  if (monoWidth(text, fontSize) <= room) return text;
  let shown = '';
  for (const character of text) {
    if (monoWidth(`${shown}${character}…`, fontSize) > room) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** Breaks mono text between words into at most `limit` lines; what has no room is cut with an ellipsis. */
export function wrapped(text: string, room: number, fontSize: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && (lines.length === limit || monoWidth(longer, fontSize) <= room)) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.map(line => fitted(line, room, fontSize));
}

/** A node with its place. `y` is the top. */
export interface PlacedNode extends ChainNode {
  readonly x: number;
  readonly y: number;
}

/** The head of a lane, over the columns that it takes in one band. `y` is the base of its first line. */
export interface PlacedTitle {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** An edge as corners from the maker's right side to the left side of what it made. */
export interface PlacedEdge extends ChainEdge {
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChainLayout {
  readonly height: number;
  readonly nodeWidth: number;
  readonly nodes: readonly PlacedNode[];
  readonly titles: readonly PlacedTitle[];
  readonly edges: readonly PlacedEdge[];
}

interface Column {
  readonly lane: number;
  readonly nodes: readonly ChainNode[];
}

interface Cell {
  readonly node: ChainNode;
  readonly band: number;
  readonly column: number;
  readonly row: number;
}

/**
 * Lays the chain out: lanes from left to right, inside a lane one column for each step away from its beginning, bands of
 * columns one below the other when the width is used up. Edges run in the gutters between columns and in tracks above
 * each band, so that none crosses a box.
 */
export function chainLayout(graph: ChainGraph): ChainLayout {
  const columns = columnsOf(graph);
  const perBand = columns.length <= COLUMNS ? columns.length : BAND_COLUMNS;
  const cells = new Map<string, Cell>();
  columns.forEach((column, i) => {
    column.nodes.forEach((node, row) => {
      cells.set(node.id, { node, band: Math.floor(i / perBand), column: i % perBand, row });
    });
  });
  const edges = graph.edges.filter(edge => cells.has(edge.from) && cells.has(edge.to));
  const wires = new Wires(edges, cells);
  const left = wires.uses(-1) ? GUTTER : 0;
  const right = wires.uses(perBand - 1) ? GUTTER : 0;
  const nodeWidth = Math.min(WIDEST_NODE, (FIGURE_WIDTH - left - right - GUTTER * (perBand - 1)) / perBand);
  const xOf = (column: number) => left + column * (nodeWidth + GUTTER);
  const bands = placeBands(columns, perBand, graph, wires, nodeWidth);
  const place = (cell: Cell): PlacedNode => ({
    ...cell.node,
    x: xOf(cell.column),
    y: (bands.tops[cell.band] ?? 0) + cell.row * (NODE_HEIGHT + ROW_GAP),
  });
  return {
    height: bands.height,
    nodeWidth,
    nodes: [...cells.values()].map(place),
    titles: bands.titles.map(title => ({ ...title, x: xOf(title.column) })),
    edges: edges.map(edge => ({ ...edge, points: wires.route(edge, place, nodeWidth, bands.tops) })),
  };
}

/** The columns from left to right. Nodes come makers first, so that each one's depth is known when it is reached. */
function columnsOf(graph: ChainGraph): Column[] {
  const lanes = [...new Set([...graph.lanes.map(lane => lane.id), ...graph.nodes.map(node => node.lane)])];
  const laneOf = new Map(graph.nodes.map(node => [node.id, node.lane]));
  const makers = Map.groupBy(graph.edges, edge => edge.to);
  const depths = new Map<string, number>();
  for (const node of graph.nodes) {
    const before = (makers.get(node.id) ?? []).filter(edge => laneOf.get(edge.from) === node.lane);
    depths.set(node.id, Math.max(0, ...before.map(edge => (depths.get(edge.from) ?? 0) + 1)));
  }
  return lanes.flatMap((lane, laneIndex) => {
    const byDepth = Map.groupBy(
      graph.nodes.filter(node => node.lane === lane),
      node => depths.get(node.id) ?? 0,
    );
    return [...byDepth.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([, nodes]) =>
        Array.from({ length: Math.ceil(nodes.length / ROWS) }, (_, i) => ({
          lane: laneIndex,
          nodes: nodes.slice(i * ROWS, (i + 1) * ROWS),
        })),
      );
  });
}

interface Bands {
  /** The top of the first row of nodes in each band. */
  readonly tops: readonly number[];
  readonly titles: readonly (Omit<PlacedTitle, 'x'> & { readonly column: number })[];
  readonly height: number;
}

function placeBands(
  columns: readonly Column[],
  perBand: number,
  graph: ChainGraph,
  wires: Wires,
  nodeWidth: number,
): Bands {
  const tops: number[] = [];
  const titles: (Omit<PlacedTitle, 'x'> & { column: number })[] = [];
  let y = 0;
  for (let start = 0; start < columns.length; start += perBand) {
    const band = columns.slice(start, start + perBand);
    const heads = bandHeads(band, graph, nodeWidth);
    const lines = Math.max(0, ...heads.map(head => head.lines.length));
    for (const head of heads) titles.push({ ...head, y: y + (lines - head.lines.length + 1) * TITLE_LINE });
    y += (lines > 0 ? lines * TITLE_LINE + TITLE_GAP : 0) + wires.tracks(tops.length) * TRACK_GAP;
    tops.push(y);
    y += Math.max(...band.map(column => column.nodes.length)) * (NODE_HEIGHT + ROW_GAP) + BAND_GAP;
  }
  return { tops, titles, height: Math.max(0, y - BAND_GAP - ROW_GAP + 2) };
}

/** The heads of a band's lanes, each at the lane's first column and as wide as all of them. */
function bandHeads(band: readonly Column[], graph: ChainGraph, nodeWidth: number) {
  return band.flatMap(({ lane }, column) => {
    const text = inertText(graph.lanes[lane]?.title ?? '');
    if (band[column - 1]?.lane === lane || text === '') return [];
    const span = band.filter(other => other.lane === lane).length;
    const room = span * nodeWidth + (span - 1) * GUTTER;
    return [{ column, lines: wrapped(text, room, SMALL_SIZE, TITLE_LINES) }];
  });
}

/** Which gutters and tracks the edges of each maker share, and the corners that follow from it. */
class Wires {
  readonly #cells: ReadonlyMap<string, Cell>;
  /** For each gutter (the one right of column n is n), the wires in it, from left to right. */
  readonly #gutters = new Map<number, string[]>();
  /** For each band, the wires in the tracks above it, from the lowest up. */
  readonly #tracks = new Map<number, string[]>();
  /** For each node, the edges that come in beside the direct one. */
  readonly #inlets = new Map<string, string[]>();

  constructor(edges: readonly ChainEdge[], cells: ReadonlyMap<string, Cell>) {
    this.#cells = cells;
    for (const edge of edges) {
      const { from, to } = this.#ends(edge);
      const wire = wireOf(edge);
      claim(this.#gutters, from.column, wire);
      if (edge.through) claim(this.#inlets, edge.to, edge.from);
      if (isNext(from, to)) continue;
      claim(this.#gutters, to.column - 1, wire);
      claim(this.#tracks, to.band, wire);
    }
  }

  /** Whether any wire runs in a gutter; those left of the first and right of the last column need room of their own. */
  uses(gutter: number): boolean {
    return this.#gutters.has(gutter);
  }

  /** How many tracks lie above a band; one more than there are wires, to keep off the boxes. */
  tracks(band: number): number {
    const wires = this.#tracks.get(band)?.length ?? 0;
    return wires === 0 ? 0 : wires + 1;
  }

  route(
    edge: ChainEdge,
    place: (cell: Cell) => PlacedNode,
    nodeWidth: number,
    tops: readonly number[],
  ): [number, number][] {
    const { from, to } = this.#ends(edge);
    const wire = wireOf(edge);
    const start = place(from);
    const end = place(to);
    const startY = start.y + NODE_HEIGHT / 2 + (edge.through ? 8 : 0);
    const inlet = (this.#inlets.get(edge.to) ?? []).indexOf(edge.from);
    const endY = end.y + NODE_HEIGHT / 2 + (edge.through ? 8 + (inlet % 3) * 4 : 0);
    const gutterX = (column: number, at: number) => at + this.#slot(column, wire);
    const out = gutterX(from.column, start.x + nodeWidth);
    const first: [number, number][] = [
      [start.x + nodeWidth, startY],
      [out, startY],
    ];
    if (isNext(from, to)) return [...first, [out, endY], [end.x, endY]];
    const track = (this.#tracks.get(to.band) ?? []).indexOf(wire) + 1;
    const trackY = (tops[to.band] ?? 0) - track * TRACK_GAP;
    const back = gutterX(to.column - 1, end.x - GUTTER);
    return [...first, [out, trackY], [back, trackY], [back, endY], [end.x, endY]];
  }

  #ends(edge: ChainEdge): { from: Cell; to: Cell } {
    const from = this.#cells.get(edge.from);
    const to = this.#cells.get(edge.to);
    if (!from || !to) throw new RangeError('an edge of the figure leads nowhere');
    return { from, to };
  }

  #slot(gutter: number, wire: string): number {
    const wires = this.#gutters.get(gutter) ?? [];
    return ((GUTTER - ARROW) * (wires.indexOf(wire) + 1)) / (wires.length + 1);
  }
}

/** Edges of one maker and one kind share their trunk. */
function wireOf(edge: ChainEdge): string {
  return `${edge.through ? 'through' : 'direct'} ${edge.from}`;
}

function isNext(from: Cell, to: Cell): boolean {
  return from.band === to.band && from.column + 1 === to.column;
}

function claim<K>(lists: Map<K, string[]>, key: K, wire: string): void {
  const list = lists.get(key);
  if (!list) lists.set(key, [wire]);
  else if (!list.includes(wire)) list.push(wire);
}
