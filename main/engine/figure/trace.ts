import type { ShownGraph } from './collapse.ts';
import type { FigureEdge, FigureGraph } from './model.ts';

/** The way from a node back to a seed, as far as it is drawn. */
export interface Way {
  /** From the node to the seed. */
  readonly nodes: readonly string[];
  readonly edges: readonly Pick<FigureEdge, 'from' | 'to'>[];
}

/** From a node of the whole graph back to a seed: of the programs that it comes from always the one that was made last. */
export function wayBack(graph: FigureGraph, shown: ShownGraph, id: string): Way {
  const order = new Map(graph.nodes.map((node, i) => [node.id, i]));
  const before = new Map<string, string>();
  for (const { from, to } of graph.edges) {
    const known = before.get(to);
    if (known === undefined || (order.get(known) ?? 0) < (order.get(from) ?? 0)) before.set(to, from);
  }
  const nodes: string[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = before.get(at)) {
    seen.add(at);
    const stands = shown.standsFor(at);
    if (stands !== undefined && stands !== nodes.at(-1)) nodes.push(stands);
  }
  return {
    nodes,
    edges: nodes.slice(1).map((from, i) => ({ from, to: nodes[i] ?? '' })),
  };
}
