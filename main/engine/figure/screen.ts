import { inertText } from '../../contract/inert.ts';
import { type Expanded, type ShownGraph, type ShownLimits, type ShownNode, shownGraph } from './collapse.ts';
import { type FigureLayout, type FigureStyle, figureLayout } from './layout.ts';
import type { FigureGraph } from './model.ts';
import { placedAlike, withNodesOf } from './same-places.ts';
import { fitted, monoWidth } from './text.ts';

/** Sizes in CSS pixels of the window, in a type of 12. */
const FONT = 12;
/** Mark, its space and the insets of a box; what is left is its name. */
const BESIDE = 34;
const WIDEST = 176;
const LANE_WIDTH = 152;
/** The heads of lanes are set in Inter of 12, which takes less room than mono of the same size; before them stands a chevron. */
const HEAD_FONT = 11;
const CHEVRON = 12;
/** Columns beside each other that nobody minds to move along. */
const COLUMNS = 14;

/** So that an answer to the window stays small. */
const WINDOW: ShownLimits = { lanes: 600, nodes: 8000, through: 400 };

const SCREEN: FigureStyle = {
  width: null,
  boxHeight: 24,
  boxWidth,
  widestBox: WIDEST,
  rows: nodes => Math.min(40, Math.max(10, Math.ceil(0.7 * Math.sqrt(nodes)))),
  perBand: columnsBeside,
  gap: { least: 12, most: 48, line: 4 },
  gutter: { least: 24, lanes: 30, most: 96, line: 5 },
  laneWidth: lane => Math.min(LANE_WIDTH, Math.ceil(monoWidth(inertText(lane.title), HEAD_FONT)) + CHEVRON),
  head: (lane, room) => [fitted(inertText(lane.title), Math.max(40, room - CHEVRON), HEAD_FONT)],
  headLine: 20,
  headSpace: 12,
  bandGap: 24,
  arrow: 4,
};

/** What is shown of a chain, and where. */
export interface FigureOnScreen {
  readonly shown: ShownGraph;
  readonly layout: FigureLayout;
}

/** What the window shows of a chain. Where nothing has another place than in `before`, the layout is that one with its nodes as they are now. */
export function figureOnScreen(
  graph: FigureGraph,
  expanded: Expanded,
  before?: FigureOnScreen,
  limits: ShownLimits = WINDOW,
): FigureOnScreen {
  const shown = shownGraph(graph, expanded, limits);
  const layout =
    before && placedAlike(before.shown, shown)
      ? withNodesOf(before.layout, shown)
      : figureLayout(shown, SCREEN);
  return { shown, layout };
}

/** The name that a box of the window shows. */
export function screenLabel(node: ShownNode): string {
  return fitted(inertText(node.label), WIDEST - BESIDE, FONT);
}

function boxWidth(node: ShownNode): number {
  if (node.kind === 'lane') return LANE_WIDTH;
  return Math.ceil(monoWidth(screenLabel(node), FONT)) + BESIDE;
}

/** A figure of many columns is about twice as wide as high. */
function columnsBeside(columns: number, nodes: number, longest: number): number {
  if (columns <= COLUMNS) return columns;
  const rows = (nodes / columns + longest) / 2;
  const [width, height] = [LANE_WIDTH + 24, rows * 36 + 56];
  return Math.max(COLUMNS, Math.ceil(Math.sqrt((2 * columns * height) / width)));
}
