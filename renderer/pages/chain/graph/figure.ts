import type { FigureBox, FigureGeometry } from '../../../../main/contract/requests/index.ts';
import type { Box } from './camera.ts';
import { type Segments, segmentsOf } from './segments.ts';

/** A figure made ready to be drawn and gone through: places by id, lines as pieces, neighbours. */
export interface Figure {
  readonly geometry: FigureGeometry;
  readonly at: ReadonlyMap<string, number>;
  /** For each node the edges that lead from it and to it, by their places. */
  readonly out: readonly (readonly number[])[];
  readonly into: readonly (readonly number[])[];
  /** What the lines cover: those from a program to what it wrote, and those that pass through files that are not drawn. */
  readonly direct: Segments;
  readonly through: Segments;
}

export function figureOf(geometry: FigureGeometry): Figure {
  const { nodes, edges } = geometry;
  const out: number[][] = nodes.map(() => []);
  const into: number[][] = nodes.map(() => []);
  for (const [i, edge] of edges.entries()) {
    out[edge.from]?.push(i);
    into[edge.to]?.push(i);
  }
  return {
    ...{ geometry, out, into },
    at: new Map(nodes.map((node, i) => [node.id, i])),
    direct: segmentsOf(edges.filter(edge => !edge.through)),
    through: segmentsOf(edges.filter(edge => edge.through)),
  };
}

/** The places of nodes that lie in a part of the figure, at least with a corner. */
export function nodesIn({ geometry: { nodes, boxHeight } }: Figure, part: Box): number[] {
  const found: number[] = [];
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i];
    if (!node || node.x > part.x + part.width || node.x + node.width < part.x) continue;
    if (node.y <= part.y + part.height && node.y + boxHeight >= part.y) found.push(i);
  }
  return found;
}

/** The node at a point of the figure. */
export function nodeAt(
  { geometry: { nodes, boxHeight } }: Figure,
  x: number,
  y: number,
): FigureBox | undefined {
  return nodes.find(
    node => x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + boxHeight,
  );
}

/** The node that stands for a step: its own where it left nothing or failed, that of its result, or the first that it has, or its lane where that is collapsed. */
export function nodeOfStep(
  { geometry: { nodes } }: Figure,
  step: number,
  stage: string | null,
): FigureBox | undefined {
  const own = nodes.filter(node => node.step === step);
  return (
    own.find(node => node.kind === 'step') ??
    own.find(node => node.result) ??
    own.find(node => node.kind === 'file') ??
    own[0] ??
    nodes.find(node => node.kind === 'lane' && node.lane === stage)
  );
}

/** Places of the edges between nodes that follow each other on a path. */
export function edgesAlong({ geometry, at, into }: Figure, path: readonly string[]): number[] {
  const found: number[] = [];
  for (const [i, id] of path.entries()) {
    const from = at.get(path[i + 1] ?? '');
    const place = at.get(id);
    if (from === undefined || place === undefined) continue;
    for (const edge of into[place] ?? []) if (geometry.edges[edge]?.from === from) found.push(edge);
  }
  return found;
}
