import { isDeepStrictEqual } from 'node:util';
import type { FigureGeometry, Output } from '../../contract/requests/index.ts';
import { canonicalBytes, sha256Of } from '../base/index.ts';
import { isKitSeed } from '../case/index.ts';
import { readPlan } from '../chain/index.ts';
import {
  type Expanded,
  type FigureChain,
  type FigureGraph,
  type FigureLayout,
  type FigureSign,
  figureGraph,
  figureOnScreen,
  plannedChain,
  type ShownGraph,
  screenLabel,
} from '../figure/index.ts';
import { chainOf, reportSeed } from '../report/index.ts';
import type { Session } from './session.ts';

/** Longest name that is sent with a node. */
const NAME_LIMIT = 200;
/** Layouts of one graph that are kept, those asked for last. */
const KEPT = 4;

/** One way to show a graph: laid out, and as the window is told of it. */
export interface FigureView {
  readonly shown: ShownGraph;
  readonly layout: FigureLayout;
  readonly geometry: FigureGeometry;
  readonly states: NonNullable<Output<'chain.states'>>;
}

/** The graph of one state of the case, with the ways in which it was shown. */
export class OpenedFigure {
  readonly chain: FigureChain;
  readonly graph: FigureGraph;
  /** What it was made from: while that is the same, so is this. */
  readonly of: unknown;
  readonly #views = new Map<string, FigureView>();
  /** As it was shown before the case went on. */
  readonly #before: ReadonlyMap<string, FigureView>;

  constructor(chain: FigureChain, of: unknown, before: OpenedFigure | null) {
    this.chain = chain;
    this.of = of;
    this.graph = figureGraph(chain);
    this.#before = before ? before.#views : new Map();
  }

  view(expanded: Expanded): FigureView {
    const key = typeof expanded === 'string' ? expanded : [...expanded].sort().join('\0');
    const view = this.#views.get(key) ?? viewOf(this.graph, expanded, this.#before.get(key));
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= KEPT) break;
      this.#views.delete(oldest);
    }
    return view;
  }
}

/** The chain as a replay left it, or as it is planned; null when there is no plan that can be read. */
export async function openFigure(
  session: Session,
  replay: number | undefined,
  known: OpenedFigure | null,
): Promise<OpenedFigure | null> {
  const theCase = session.theCase();
  const planned = session.chain().planned(replay);
  const judged = planned?.started ? session.chain().judged(planned.started.replay) : null;
  // A judgement lasts as long as nothing changed; without one the log says it.
  const of: unknown = judged?.judgement ?? `${theCase.id} ${theCase.log.events.length}`;
  if (known && known.of === of) return known;
  if (judged) return new OpenedFigure(chainOf(judged.evidence, judged.judgement), of, known);
  const seeds = new Map(
    theCase.log
      .of('seed-checked')
      .filter(isKitSeed)
      .map(event => [event.name, reportSeed(event)]),
  );
  const plan = planned?.plan ?? (await unreadPlan(session));
  const published = session.kit().description.expectation.map(each => each.path);
  return plan && new OpenedFigure(plannedChain(plan, [...seeds.values()], published), of, known);
}

async function unreadPlan(session: Session) {
  if (!session.theCase().log.last('bundle-imported')) return null;
  const { bundle } = await session.bundle();
  try {
    return readPlan(session.kit(), {
      type: path => bundle.entry(path)?.type ?? null,
      read: (path, limit) => bundle.read(path, limit),
    });
  } catch {
    // The plan itself says what is wrong with it.
    return null;
  }
}

function viewOf(graph: FigureGraph, expanded: Expanded, before?: FigureView): FigureView {
  const { shown, layout } = figureOnScreen(graph, expanded, before);
  const places = placesOf(graph, layout);
  const known = before?.geometry;
  const geometry =
    known &&
    layout.edges === before.layout.edges &&
    isDeepStrictEqual({ ...places, geometry: known.geometry }, known)
      ? known
      : { geometry: sha256Of(canonicalBytes(places)), ...places };
  return { shown, layout, geometry, states: statesOf(geometry.geometry, shown, layout) };
}

function placesOf(graph: FigureGraph, layout: FigureLayout): Omit<FigureGeometry, 'geometry'> {
  const at = new Map(layout.boxes.map((box, i) => [box.node.id, i]));
  return {
    width: Math.ceil(layout.width),
    height: Math.ceil(layout.height),
    boxHeight: layout.boxHeight,
    total: graph.nodes.length,
    lanes: layout.lanes.map(({ lane, continued, lines, x, y, width, height }) => ({
      ...{ id: lane.id, title: lane.title, head: lines[0] ?? '', continued, count: lane.count },
      ...{ collapsed: lane.collapsed, expandable: lane.expandable },
      ...{ x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) },
    })),
    nodes: layout.boxes.map(({ node, x, y, width }) => ({
      ...{ id: node.id, lane: node.lane, kind: node.kind, label: screenLabel(node) },
      name: (node.kind === 'lane' ? node.label : node.name).slice(0, NAME_LIMIT),
      step: node.kind === 'lane' ? null : node.step,
      result: node.kind !== 'lane' && node.result,
      ...{ x: Math.round(x), y: Math.round(y), width: Math.round(width) },
    })),
    edges: layout.edges.map(({ from, to, through, points }) => ({
      ...{ from: at.get(from) ?? 0, to: at.get(to) ?? 0, through },
      points: points.map(Math.round),
    })),
  };
}

function statesOf(
  geometry: string,
  shown: ShownGraph,
  layout: FigureLayout,
): NonNullable<Output<'chain.states'>> {
  return {
    geometry,
    folded: shown.folded,
    signs: layout.boxes.map(({ node }) => (node.kind === 'lane' ? null : node.sign)),
    lanes: layout.boxes.flatMap(({ node }, i) =>
      node.kind === 'lane'
        ? [{ node: i, signs: node.signs.map(([sign, n]): [FigureSign, number] => [sign, n]) }]
        : [],
    ),
  };
}
