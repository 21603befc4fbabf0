import type { FigureBox, FigureGeometry } from '../../../../main/contract/requests/index.ts';
import type { Box } from './camera.ts';

type Edge = FigureGeometry['edges'][number];

/** A figure made ready to be drawn and gone through: places by id, edges as paths, neighbours. */
export interface Figure {
  readonly geometry: FigureGeometry;
  readonly at: ReadonlyMap<string, number>;
  /** For each node the edges that lead from it and to it, by their places. */
  readonly out: readonly (readonly number[])[];
  readonly into: readonly (readonly number[])[];
  /** For each edge its left, top, right and bottom. */
  readonly bounds: Float64Array;
  readonly paths: readonly string[];
}

export function figureOf(geometry: FigureGeometry): Figure {
  const { nodes, edges } = geometry;
  const out: number[][] = nodes.map(() => []);
  const into: number[][] = nodes.map(() => []);
  const bounds = new Float64Array(4 * edges.length);
  for (const [i, edge] of edges.entries()) {
    out[edge.from]?.push(i);
    into[edge.to]?.push(i);
    bounds.set(boundsOf(edge), 4 * i);
  }
  return {
    ...{ geometry, out, into, bounds },
    at: new Map(nodes.map((node, i) => [node.id, i])),
    paths: edges.map(pathOf),
  };
}

function boundsOf({ points }: Edge): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

function pathOf({ points }: Edge): string {
  let path = '';
  for (let i = 0; i < points.length; i += 2) path += `${i ? 'L' : 'M'}${points[i]} ${points[i + 1]}`;
  return path;
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

/** The places of edges that may run through a part of the figure. */
export function edgesIn({ geometry, bounds }: Figure, part: Box): number[] {
  const found: number[] = [];
  const [right, bottom] = [part.x + part.width, part.y + part.height];
  for (let i = 0; i < geometry.edges.length; i += 1) {
    const at = 4 * i;
    if ((bounds[at] ?? 0) > right || (bounds[at + 2] ?? 0) < part.x) continue;
    if ((bounds[at + 1] ?? 0) <= bottom && (bounds[at + 3] ?? 0) >= part.y) found.push(i);
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
