import { inertText } from '../../contract/inert.ts';
import { type Expanded, type ShownGraph, type ShownLimits, shownGraph } from './collapse.ts';
import { type FigureLayout, type FigureStyle, figureLayout } from './layout.ts';
import type { FigureGraph } from './model.ts';
import { wrapped } from './text.ts';

/** All lengths of the figure on paper are units of its own view, {@link PAPER_WIDTH} to the width of the text. */
export const PAPER_WIDTH = 680;
/** Size of all mono text but the names in boxes. */
export const SMALL_SIZE = 8;
/** Height of a line of the heads of lanes, and most lines. */
export const HEAD_LINE = 10;
const HEAD_LINES = 3;
/** Most columns of a chain that takes one band, and columns of each band of a longer one. */
const COLUMNS = 6;
const BAND_COLUMNS = 5;
/** Most nodes and lanes, so that the figure fits a sheet: with the lane of the seeds 48 stages. */
const SHEET: ShownLimits = { lanes: 49, nodes: 60, through: 60 };

const PAPER: FigureStyle = {
  width: PAPER_WIDTH,
  boxHeight: 42,
  boxWidth: () => 0,
  laneWidth: () => 0,
  widestBox: 130,
  rows: () => 6,
  perBand: columns => (columns <= COLUMNS ? columns : BAND_COLUMNS),
  gap: { least: 9, most: 30, line: 4 },
  gutter: { least: 25, lanes: 25, most: 30, line: 4 },
  head: (lane, room) => wrapped(inertText(lane.title), room, SMALL_SIZE, HEAD_LINES),
  headLine: HEAD_LINE,
  headSpace: 6,
  bandGap: 12,
  arrow: 7,
};

/** What the figure of a report shows, with its layout: all nodes, or stages where there are too many for a sheet. */
export function paperFigure(graph: FigureGraph): { shown: ShownGraph; layout: FigureLayout } {
  return figureOnPaper(graph, 'auto', SHEET);
}

/** The same with lanes as a person expanded them. */
export function figureOnPaper(
  graph: FigureGraph,
  expanded: Expanded,
  limits: ShownLimits,
): { shown: ShownGraph; layout: FigureLayout } {
  const shown = shownGraph(graph, expanded, limits);
  return { shown, layout: figureLayout(shown, PAPER) };
}
