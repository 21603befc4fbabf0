import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { FigureBox, FigureGeometry } from '../../../../main/contract/requests/index.ts';
import { useTypeAhead } from '../../../viewers/use-type-ahead.ts';
import { MARGIN, WORDS_FROM } from './camera.ts';
import { edgesIn, type Figure, nodeAt, nodesIn } from './figure.ts';
import { GraphEdges } from './GraphEdges.tsx';
import { GraphLanes, headAt } from './GraphLanes.tsx';
import { FarNodes, GraphMarks, GraphNodes } from './GraphNodes.tsx';
import { MiniMap } from './MiniMap.tsx';
import { moveFrom } from './move.ts';
import { marksThere, type NodeStates } from './signs.ts';
import { type GraphCamera, scrolledSize } from './use-camera.ts';

type Lane = FigureGeometry['lanes'][number];

interface ChainGraphProps {
  readonly figure: Figure;
  readonly states: NodeStates;
  readonly camera: GraphCamera;
  readonly label: string;
  /** The node that keys act on. */
  readonly active: FigureBox | undefined;
  readonly onActive: (node: FigureBox) => void;
  /** Enter or a double click on a node. */
  readonly onOpen: (node: FigureBox) => void;
  readonly onToggle: (lane: string) => void;
  /** Ids from the selected node back to a seed. */
  readonly way: readonly string[];
  readonly inputs: ReadonlySet<string>;
}

/** A pointer that moved further than this drags, in pixels. */
const DRAG = 4;
/** Pixels of one step of moving the view by keys. */
const PAN = 96;

/** The chain as a graph: one stop of the Tab key, inside which arrows go along edges. Only what is in view is drawn. */
export function ChainGraph(props: ChainGraphProps) {
  const { figure, states, camera, label, active, onActive, onOpen, onToggle } = props;
  const { geometry } = figure;
  const { scroller, scale, part } = camera;
  const id = useId();
  const near = scale >= WORDS_FROM;
  const nodes = useMemo(() => nodesIn(figure, part), [figure, part]);
  const edges = useMemo(() => edgesIn(figure, part), [figure, part]);
  const marks = useMemo(() => marksThere(states), [states]);
  const way = useMemo(() => new Set(props.way), [props.way]);
  const wayEdges = useMemo(() => edgesOf(figure, props.way), [figure, props.way]);
  useWheelZoom(camera);
  const pointer = usePointer(camera, (x, y, opens) => {
    const node = nodeAt(figure, x, y);
    if (node) (opens ? onOpen : onActive)(node);
    else if (!opens) toggleAt(geometry.lanes, x, y, onToggle);
  });
  const press = useKeys(props);
  const place = active === undefined ? -1 : (figure.at.get(active.id) ?? -1);
  const size = scrolledSize(geometry, scale);
  const shared = { figure, states, shown: nodes, active: active?.id ?? null, way };
  return (
    <>
      <div
        ref={scroller}
        className="graph-scroll"
        role="application"
        aria-roledescription="graph"
        aria-label={label}
        aria-activedescendant={near && place >= 0 && nodes.includes(place) ? `${id}n${place}` : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the one stop of the graph
        tabIndex={0}
        onKeyDown={press}
        {...pointer}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the graph around it has the name, a title would follow the pointer */}
        <svg
          className={near ? 'graph' : 'graph graph-far'}
          width={size.width}
          height={size.height}
          viewBox={`${-MARGIN / scale} ${-MARGIN / scale} ${size.width / scale} ${size.height / scale}`}
        >
          <GraphMarks marks={marks} />
          <GraphLanes lanes={geometry.lanes} part={part} words={near} />
          <GraphEdges figure={figure} shown={edges} way={wayEdges} />
          {near ? (
            <GraphNodes {...shared} inputs={props.inputs} prefix={`${id}n`} />
          ) : (
            <FarNodes {...shared} />
          )}
        </svg>
      </div>
      <MiniMap figure={figure} camera={camera} />
    </>
  );
}

/** Places of the edges between nodes that follow each other on a path. */
function edgesOf({ geometry, at, into }: Figure, way: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [i, id] of way.entries()) {
    const from = at.get(way[i + 1] ?? '');
    const place = at.get(id);
    if (from === undefined || place === undefined) continue;
    for (const edge of into[place] ?? []) if (geometry.edges[edge]?.from === from) found.add(edge);
  }
  return found;
}

function toggleAt(lanes: readonly Lane[], x: number, y: number, onToggle: (lane: string) => void): void {
  const lane = headAt(lanes, x, y);
  if (lane && (lane.expandable || !lane.collapsed)) onToggle(lane.id);
}

/** Ctrl and the wheel zoom where the pointer is. React hears the wheel too late to keep the page from zooming. */
function useWheelZoom(camera: GraphCamera): void {
  const { scroller } = camera;
  const latest = useRef(camera);
  latest.current = camera;
  useEffect(() => {
    const element = scroller.current;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !element) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      latest.current.zoomAt(event.deltaY < 0 ? 1 : -1, point);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [scroller]);
}

/** Dragging moves the view; a press that does not move acts where it is, in the figure's own places. */
function usePointer(camera: GraphCamera, act: (x: number, y: number, opens: boolean) => void) {
  const start = useRef<{ x: number; y: number; left: number; top: number; moved: boolean } | null>(null);
  const at = (event: { clientX: number; clientY: number; currentTarget: HTMLDivElement }, opens: boolean) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { left, top, scale } = camera.now();
    act(
      (event.clientX - box.left + left - MARGIN) / scale,
      (event.clientY - box.top + top - MARGIN) / scale,
      opens,
    );
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const inside = event.clientX - event.currentTarget.getBoundingClientRect().left < camera.view.width;
      if (event.button !== 0 || !inside) return;
      const { left, top } = camera.now();
      start.current = { x: event.clientX, y: event.clientY, left, top, moved: false };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const from = start.current;
      if (!from) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.abs(dx) + Math.abs(dy) < DRAG) return;
      if (!from.moved) event.currentTarget.setPointerCapture(event.pointerId);
      from.moved = true;
      camera.scrollTo(from.left - dx, from.top - dy);
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const from = start.current;
      start.current = null;
      if (from && !from.moved) at(event, false);
    },
    onPointerCancel: () => {
      start.current = null;
    },
    onDoubleClick: (event: React.MouseEvent<HTMLDivElement>) => at(event, true),
  };
}

/** Arrows go along edges, with Space held they move the view; Enter opens, typing finds. */
function useKeys({ figure, active, camera, onActive, onOpen }: ChainGraphProps) {
  const typed = useTypeAhead();
  const space = useRef(false);
  useEffect(() => {
    const up = (event: globalThis.KeyboardEvent) => {
      if (event.key === ' ') space.current = false;
    };
    document.addEventListener('keyup', up);
    return () => document.removeEventListener('keyup', up);
  }, []);
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pan = PANS[event.key];
    if (event.key === ' ') {
      space.current = true;
      event.preventDefault();
    } else if (pan && space.current) {
      const { left, top } = camera.now();
      camera.scrollTo(left + pan[0] * PAN, top + pan[1] * PAN);
      event.preventDefault();
    } else if (event.key === 'Enter' && active) {
      onOpen(active);
      event.preventDefault();
    } else {
      const { nodes } = figure.geometry;
      const to =
        moveFrom(figure, active, event.key) ?? nodes[typed(event, text => beginning(nodes, active, text))];
      if (!to) return;
      onActive(to);
      event.preventDefault();
    }
  };
}

const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The place of the next node whose name begins with a text; a single letter goes on from the active one. */
function beginning(nodes: readonly FigureBox[], active: FigureBox | undefined, text: string): number {
  const wanted = text.toLowerCase();
  const at = active === undefined ? -1 : nodes.indexOf(active);
  const start = text.length > 1 ? Math.max(0, at) : at + 1;
  for (let i = 0; i < nodes.length; i += 1) {
    const place = (start + i) % nodes.length;
    if (nodes[place]?.label.toLowerCase().startsWith(wanted)) return place;
  }
  return -1;
}
