import { memo } from 'react';
import type { Figure } from './figure.ts';

interface GraphEdgesProps {
  readonly figure: Figure;
  /** Places of the edges that are drawn. */
  readonly shown: readonly number[];
  /** Places of the edges on the path. */
  readonly way: ReadonlySet<number>;
}

/** The lines in view, those of a kind as one path. */
export const GraphEdges = memo(function GraphEdges({ figure, shown, way }: GraphEdgesProps) {
  const { edges } = figure.geometry;
  let [direct, through, accent] = ['', '', ''];
  for (const i of shown) {
    const path = figure.paths[i] ?? '';
    if (way.has(i)) accent += path;
    else if (edges[i]?.through) through += path;
    else direct += path;
  }
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus
    <g aria-hidden="true">
      <path className="ge ge-through" d={through} />
      <path className="ge" d={direct} />
      <path className="ge ge-way" d={accent} />
    </g>
  );
});
