import type { FigureBox } from '../../../../main/contract/requests/index.ts';
import type { Figure } from './figure.ts';

/**
 * The node that a key leads to from a node: Right to what it made and Left to its maker, else to the nearest node on that side; Up and
 * Down along the column, and then to the nearest node above or below; Home and End to the first and the last. Null for other keys.
 */
export function moveFrom(figure: Figure, from: FigureBox | undefined, key: string): FigureBox | null {
  const { nodes } = figure.geometry;
  if (key === 'Home') return nodes[0] ?? null;
  if (key === 'End') return nodes.at(-1) ?? null;
  const side = SIDES[key];
  if (!side) return null;
  if (!from) return nodes[0] ?? null;
  const [across, down] = side;
  const along = across === 0 ? null : alongEdge(figure, from, across);
  return along ?? nearest(nodes, from, across, down);
}

const SIDES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Along the edge whose other end is nearest in height; direct edges come first. */
function alongEdge({ geometry, at, out, into }: Figure, from: FigureBox, across: number): FigureBox | null {
  const place = at.get(from.id) ?? -1;
  const edges = ((across > 0 ? out[place] : into[place]) ?? []).flatMap(i => geometry.edges[i] ?? []);
  const direct = edges.filter(edge => !edge.through);
  const ends = (direct.length > 0 ? direct : edges).flatMap(
    edge => geometry.nodes[across > 0 ? edge.to : edge.from] ?? [],
  );
  const distance = (node: FigureBox) => Math.abs(node.y - from.y) * 4 + Math.abs(node.x - from.x);
  return ends.reduce<FigureBox | null>(
    (best, node) => (best === null || distance(node) < distance(best) ? node : best),
    null,
  );
}

/** The nearest node on a side; one that is straight ahead comes before one that is nearer and beside it. */
function nearest(
  nodes: readonly FigureBox[],
  from: FigureBox,
  across: number,
  down: number,
): FigureBox | null {
  let best: FigureBox | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const ahead = dx * across + dy * down;
    if (ahead <= 0) continue;
    const beside = Math.abs(dx * down) + Math.abs(dy * across);
    const distance = ahead + 3 * beside;
    if (distance < least) [best, least] = [node, distance];
  }
  return best;
}
