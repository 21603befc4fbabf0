import type { ShownGraph, ShownLane, ShownNode } from './collapse.ts';
import type { FigureLayout } from './layout.ts';
import type { FigureEdge } from './model.ts';

/** Whether two graphs are laid out alike, whatever came of their nodes: a replay that goes on changes signs and moves nothing. */
export function placedAlike(a: ShownGraph, b: ShownGraph): boolean {
  return (
    alike(a.lanes, b.lanes, sameLane) &&
    alike(a.nodes, b.nodes, sameNode) &&
    alike(a.edges, b.edges, sameEdge)
  );
}

/** A layout of a graph that is laid out alike, with the nodes and lanes of this one. */
export function withNodesOf(layout: FigureLayout, shown: ShownGraph): FigureLayout {
  const nodes = new Map(shown.nodes.map(node => [node.id, node]));
  const lanes = new Map(shown.lanes.map(lane => [lane.id, lane]));
  return {
    ...layout,
    boxes: layout.boxes.map(box => ({ ...box, node: nodes.get(box.node.id) ?? box.node })),
    lanes: layout.lanes.map(part => ({ ...part, lane: lanes.get(part.lane.id) ?? part.lane })),
  };
}

function alike<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => same(each, b[i] as T));
}

function sameLane(a: ShownLane, b: ShownLane): boolean {
  return a.id === b.id && a.title === b.title && a.collapsed === b.collapsed;
}

function sameNode(a: ShownNode, b: ShownNode): boolean {
  return a.id === b.id && a.lane === b.lane && a.kind === b.kind && a.label === b.label;
}

function sameEdge(a: FigureEdge, b: FigureEdge): boolean {
  return a.from === b.from && a.to === b.to && a.through === b.through;
}
