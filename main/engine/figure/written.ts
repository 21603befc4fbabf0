import type { Expanded } from './collapse.ts';
import { figureDot } from './dot.ts';
import { figureLabel } from './label.ts';
import type { FigureChain, FigureGraph } from './model.ts';
import { figureOnPaper, paperFigure } from './paper.ts';
import { figureFile } from './svg.ts';

/** How a figure is written down: as it is drawn, or the whole chain in the language of Graphviz. */
export type FigureFormat = 'svg' | 'dot';

/** Most boxes and lanes of a figure that is written down with lanes expanded; a lane beyond stays collapsed. */
const LIMITS = { lanes: 600, nodes: 8000, through: 400 };

/** The figure as text. By default as it is in a report; with `expanded` lanes show what is in them, however long that gets. */
export function figureText(
  chain: FigureChain,
  graph: FigureGraph,
  format: FigureFormat,
  expanded?: Expanded,
): string {
  if (format === 'dot') return figureDot(graph);
  const { layout } = expanded === undefined ? paperFigure(graph) : figureOnPaper(graph, expanded, LIMITS);
  return figureFile(layout, figureLabel(chain, graph));
}
