import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { MARGIN } from './camera.ts';
import type { Figure } from './figure.ts';
import { laneBox } from './GraphLanes.tsx';
import type { GraphCamera } from './use-camera.ts';

/** Most pixels that the map takes. */
const WIDTH = 168;
const HEIGHT = 104;
/** How many times as large as the view a figure is that needs a map. */
const MUCH = 2;

/** The whole figure, small, with a frame around what is in view that can be dragged. */
export function MiniMap({ figure, camera }: { readonly figure: Figure; readonly camera: GraphCamera }) {
  const { width, height, nodes, lanes, boxHeight } = figure.geometry;
  const scale = Math.min(WIDTH / width, HEIGHT / height);
  const frame = useRef<SVGRectElement>(null);
  const { scroller, scale: zoom, view } = camera;
  useEffect(() => {
    const element = scroller.current;
    const place = () => {
      if (!element || !frame.current) return;
      frame.current.setAttribute('x', String((element.scrollLeft - MARGIN) / zoom));
      frame.current.setAttribute('y', String((element.scrollTop - MARGIN) / zoom));
    };
    place();
    element?.addEventListener('scroll', place, { passive: true });
    return () => element?.removeEventListener('scroll', place);
  }, [scroller, zoom]);
  const boxes = useMemo(
    () => nodes.map(node => `M${node.x} ${node.y}h${node.width}v${boxHeight}h${-node.width}z`).join(''),
    [nodes, boxHeight],
  );
  if (width * height * zoom * zoom < MUCH * view.width * view.height) return null;
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    camera.scrollTo(x * zoom - view.width / 2, y * zoom - view.height / 2);
  };
  return (
    <svg
      className="graph-map"
      width={Math.max(1, width * scale)}
      height={Math.max(1, height * scale)}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerDown={drag}
      onPointerMove={drag}
    >
      {lanes.map(lane => {
        const box = laneBox(lane);
        return <rect key={`${lane.id} ${lane.x} ${lane.y}`} className="gl" {...box} />;
      })}
      <path className="graph-map-boxes" d={boxes} />
      <rect
        ref={frame}
        className="graph-map-view"
        width={view.width / zoom}
        height={view.height / zoom}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
