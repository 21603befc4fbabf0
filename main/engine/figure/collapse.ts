import { type FigureSign, GRAVITY } from './marks.ts';
import type { FigureEdge, FigureGraph, FigureLane, FigureNode } from './model.ts';

/** More nodes than this and lanes start collapsed. */
export const AUTO_LIMIT = 60;

/** Which lanes show what is in them: all while there are few nodes, all, or those that are named. */
export type Expanded = 'auto' | 'all' | ReadonlySet<string>;

/** A collapsed lane as one node. */
export interface LaneNode {
  readonly id: string;
  readonly lane: string;
  readonly kind: 'lane';
  readonly label: string;
  /** How many nodes it stands for, and what they are. */
  readonly count: number;
  readonly noun: 'seed' | 'file' | 'node';
  /** How many of them have each sign, gravest first. */
  readonly signs: readonly (readonly [FigureSign, number])[];
  /** Whether all of them are still to come. */
  readonly waits: boolean;
}

export type ShownNode = FigureNode | LaneNode;

/** A lane of the figure: one stage, or neighbours that share one because there are too many. */
export interface ShownLane extends FigureLane {
  readonly collapsed: boolean;
  /** How many nodes belong to it. */
  readonly count: number;
  /** Whether it can be expanded: it has nodes, and not more than the figure takes. */
  readonly expandable: boolean;
}

/** What of a chain is drawn. */
export interface ShownGraph {
  readonly lanes: readonly ShownLane[];
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly FigureEdge[];
  readonly folded: number;
  /** The node that stands for one of the whole graph: itself, or its lane. */
  standsFor(id: string): string | undefined;
  /** The lane that a lane of the whole graph is part of. */
  laneOf(id: string): string;
}

export interface ShownLimits {
  /** Most lanes; beyond it neighbours share one. */
  readonly lanes: number;
  /** Most nodes that expanded lanes may have together; a lane that goes beyond stays collapsed. */
  readonly nodes: number;
  /** Most nodes in all with which edges through files that are not drawn are drawn: more of them tell nobody anything. */
  readonly through: number;
}

/** Takes together what collapsed lanes hold. */
export function shownGraph(graph: FigureGraph, expanded: Expanded, limits: ShownLimits): ShownGraph {
  const { lanes, laneOf } = sharedLanes(graph, limits.lanes);
  const members = Map.groupBy(graph.nodes, node => laneOf.get(node.lane) ?? node.lane);
  let room = limits.nodes;
  const shownLanes = lanes
    .filter(lane => members.has(lane.id))
    .map((lane): ShownLane => {
      const count = members.get(lane.id)?.length ?? 0;
      const wanted =
        expanded === 'all' ||
        (expanded === 'auto' ? graph.nodes.length <= AUTO_LIMIT : expanded.has(lane.id));
      const collapsed = !wanted || count > room;
      if (!collapsed) room -= count;
      return { ...lane, collapsed, count, expandable: count <= limits.nodes };
    });
  const collapsed = new Set(shownLanes.filter(lane => lane.collapsed).map(lane => lane.id));
  const nodes = shownLanes.flatMap((lane): ShownNode[] => {
    const own = members.get(lane.id) ?? [];
    if (collapsed.has(lane.id)) return [laneNode(lane, own)];
    return own.map(node => (node.lane === lane.id ? node : { ...node, lane: lane.id }));
  });
  const stands = new Map(
    graph.nodes.map(({ id, lane }) => {
      const own = laneOf.get(lane) ?? lane;
      return [id, collapsed.has(own) ? laneNodeId(own) : id];
    }),
  );
  const standsFor = (id: string) => stands.get(id);
  const edges = shownEdges(graph, standsFor, nodes.length <= limits.through);
  return {
    ...{ lanes: shownLanes, nodes, edges, folded: graph.folded, standsFor },
    laneOf: id => laneOf.get(id) ?? id,
  };
}

function sharedLanes(graph: FigureGraph, limit: number) {
  const share = Math.max(1, Math.ceil(graph.lanes.length / limit));
  const lanes: FigureLane[] = [];
  const laneOf = new Map<string, string>();
  for (let i = 0; i < graph.lanes.length; i += share) {
    const some = graph.lanes.slice(i, i + share);
    const [first, last] = [some[0], some.at(-1)];
    if (!first || !last) continue;
    lanes.push({ id: first.id, title: first === last ? first.title : `${first.title} to ${last.title}` });
    for (const lane of some) laneOf.set(lane.id, first.id);
  }
  return { lanes, laneOf };
}

function laneNodeId(lane: string): string {
  return `lane ${lane}`;
}

function laneNode({ id, title, count }: ShownLane, nodes: readonly FigureNode[]): LaneNode {
  const counts = new Map<FigureSign, number>();
  for (const { sign } of nodes) if (sign) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const all = (kind: FigureNode['kind']) => nodes.every(node => node.kind === kind);
  return {
    ...{ id: laneNodeId(id), lane: id, kind: 'lane', label: title, count },
    noun: all('seed') ? 'seed' : all('file') ? 'file' : 'node',
    signs: GRAVITY.flatMap(sign => {
      const n = counts.get(sign);
      return n ? [[sign, n] as const] : [];
    }),
    waits: nodes.every(node => node.waits),
  };
}

/** Each pair once; where a collapsed lane takes part only what a program itself wrote. */
function shownEdges(
  graph: FigureGraph,
  standsFor: (id: string) => string | undefined,
  through: boolean,
): FigureEdge[] {
  const edges = new Map<string, FigureEdge>();
  for (const edge of graph.edges) {
    const [from, to] = [standsFor(edge.from), standsFor(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const taken = !through || from !== edge.from || to !== edge.to;
    const key = `${from}\0${to}`;
    if ((taken && edge.through) || edges.get(key)?.through === false) continue;
    edges.set(key, { from, to, through: edge.through });
  }
  return [...edges.values()];
}
