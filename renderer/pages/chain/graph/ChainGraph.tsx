import { type KeyboardEvent, type PointerEvent, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { FigureBox } from '../../../../main/contract/requests/index.ts';
import { useTypeAhead } from '../../../viewers/use-type-ahead.ts';
import { MARGIN } from './camera.ts';
import { nodeAt } from './figure.ts';
import { GraphCanvas } from './GraphCanvas.tsx';
import { GraphNames } from './GraphNames.tsx';
import type { GraphCamera } from './graph-camera.ts';
import { headAt, type Lane } from './lanes.ts';
import { MiniMap } from './MiniMap.tsx';
import { moveFrom } from './move.ts';
import type { Scene } from './paint.ts';

interface ChainGraphProps {
  readonly scene: Scene;
  readonly camera: GraphCamera;
  readonly label: string;
  readonly onActive: (node: FigureBox) => void;
  /** Enter or a double click on a node. */
  readonly onOpen: (node: FigureBox) => void;
  readonly onToggle: (lane: string) => void;
}

/** A pointer that moved further than this drags, in pixels. */
const DRAG = 4;
/** Pixels of one step of moving the view by keys. */
const PAN = 96;
/** How far the wheel turns for one step of the size; the fingers of a touch pad come to it little by little. */
const NOTCH = 50;

/**
 * The chain as a graph: one stop of the Tab key, inside which arrows go along edges. What is in view is a picture, with an element
 * over each box for readers of the screen.
 */
export function ChainGraph(props: ChainGraphProps) {
  const { scene, camera, label, onActive, onOpen, onToggle } = props;
  const { figure, active } = scene;
  const { geometry } = figure;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const fitted = useElements(camera, scroller, geometry);
  useShown(geometry.nodes[active], geometry.boxHeight, camera);
  useWheelZoom(camera, scroller);
  const pointer = usePointer(camera, (x, y, opens) => {
    const node = nodeAt(figure, x, y);
    if (node) (opens ? onOpen : onActive)(node);
    else if (!opens) toggleAt(geometry.lanes, x, y, onToggle);
  });
  const press = useKeys(props);
  return (
    <>
      <div
        ref={scroller}
        className="graph-scroll"
        role="application"
        aria-roledescription="graph"
        aria-label={label}
        aria-activedescendant={active >= 0 ? `${id}n${active}` : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the one stop of the graph
        tabIndex={0}
        onKeyDown={press}
        {...pointer}
      >
        <div ref={fitted.ground} className="graph-ground">
          <GraphCanvas scene={scene} camera={camera} />
          <div ref={fitted.layer} className="graph-names">
            <GraphNames scene={scene} camera={camera} prefix={`${id}n`} />
          </div>
        </div>
      </div>
      <MiniMap scene={scene} camera={camera} />
    </>
  );
}

/** Gives the camera the elements that it moves and the size of the figure. */
function useElements(
  camera: GraphCamera,
  scroller: React.RefObject<HTMLDivElement | null>,
  { width, height }: { readonly width: number; readonly height: number },
) {
  const ground = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => camera.setFigure({ width, height }), [camera, width, height]);
  useLayoutEffect(() => {
    if (!scroller.current || !ground.current || !layer.current) return undefined;
    return camera.attach({ scroller: scroller.current, ground: ground.current, layer: layer.current });
  }, [camera, scroller]);
  return { ground, layer };
}

/** Brings the active node into view when it is another one, or has another place because lanes were expanded. */
function useShown(active: FigureBox | undefined, height: number, camera: GraphCamera): void {
  const { id, x = 0, y = 0, width = 0 } = active ?? {};
  useEffect(() => {
    if (id !== undefined) camera.show({ x, y, width, height });
  }, [camera, id, x, y, width, height]);
}

function toggleAt(lanes: readonly Lane[], x: number, y: number, onToggle: (lane: string) => void): void {
  const lane = headAt(lanes, x, y);
  if (lane && (lane.expandable || !lane.collapsed)) onToggle(lane.id);
}

/** Ctrl and the wheel zoom where the pointer is. React hears the wheel too late to keep the page from zooming. */
function useWheelZoom(camera: GraphCamera, scroller: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    let turned = 0;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !element) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < NOTCH) return;
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      camera.zoomAt(turned < 0 ? 1 : -1, point);
      turned = 0;
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [camera, scroller]);
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
function useKeys({ scene, camera, onActive, onOpen }: ChainGraphProps) {
  const { figure } = scene;
  const active = figure.geometry.nodes[scene.active];
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
