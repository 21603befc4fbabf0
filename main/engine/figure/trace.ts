import type { ShownGraph } from './collapse.ts';
import type { FigureEdge, FigureGraph } from './model.ts';

/** The way from a node back to a seed, as far as it is drawn. */
export interface Way {
  /** From the node to the seed. */
  readonly nodes: readonly string[];
  readonly edges: readonly Pick<FigureEdge, 'from' | 'to'>[];
}

/** From a node of the whole graph along the programs that wrote it and each other, back to a seed. */
export function wayBack(graph: FigureGraph, shown: ShownGraph, id: string): Way {
  const before = new Map<string, string>();
  for (const { from, to, through } of graph.edges) if (!through) before.set(to, from);
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
