import { type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from '../../../engine/index.ts';
import { MARGIN } from './camera.ts';
import { type Colours, useColours } from './colours.ts';
import type { Figure } from './figure.ts';
import { fit } from './GraphCanvas.tsx';
import type { GraphCamera } from './graph-camera.ts';
import { laneBox } from './lanes.ts';
import type { Scene } from './paint.ts';
import { isException } from './signs.ts';
import { drawing } from './sprites.ts';

/** Most pixels that the map takes. */
const WIDTH = 168;
const HEIGHT = 104;
/** How many times as large as the view a figure is that needs a map. */
const MUCH = 2;

interface MiniMapProps {
  readonly scene: Scene;
  readonly camera: GraphCamera;
}

/** The whole figure, small, with a frame around what is in view that can be dragged. */
export function MiniMap({ scene, camera }: MiniMapProps) {
  const { width, height } = scene.figure.geometry;
  const { scale: zoom, view } = useStore(camera.sight);
  if (width * height * zoom * zoom < MUCH * view.width * view.height) return null;
  return <Whole scene={scene} camera={camera} scale={Math.min(WIDTH / width, HEIGHT / height)} />;
}

/** The picture is painted when the figure or what came of it changed; while it is moved only the frame moves. */
function Whole({ scene, camera, scale }: MiniMapProps & { readonly scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const colours = useColours();
  const { width, height } = scene.figure.geometry;
  const size = { width: Math.max(1, width * scale), height: Math.max(1, height * scale) };
  const ratio = window.devicePixelRatio;
  const { figure } = scene;
  const ground = useMemo(() => groundOf(figure, colours, scale * ratio), [figure, colours, scale]);
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    fit(pen.canvas, { width: ground.width / ratio, height: ground.height / ratio }, ratio);
    paintMap(pen, ground, scene, colours, scale * ratio);
  }, [ground, scene, colours, scale]);
  useLayoutEffect(() => {
    const place = () => {
      const { scale: zoom, left, top } = camera.now();
      const { view } = camera;
      const { style } = frame.current ?? {};
      if (!style) return;
      const pixels = (length: number) => `${Math.round(length * (scale / zoom))}px`;
      style.transform = `translate(${pixels(left - MARGIN)}, ${pixels(top - MARGIN)})`;
      style.width = pixels(view.width);
      style.height = pixels(view.height);
    };
    place();
    return camera.onFrame(place);
  }, [camera, scale]);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    const zoom = camera.now().scale;
    camera.scrollTo(x * zoom - camera.view.width / 2, y * zoom - camera.view.height / 2);
  };
  return (
    <div className="graph-map" aria-hidden="true">
      <div className="graph-map-whole" style={size} onPointerDown={drag} onPointerMove={drag}>
        <canvas ref={canvas} />
        <div ref={frame} className="graph-map-view" />
      </div>
    </div>
  );
}

/** Least pixels of a box that is not as expected or is on the path, so that it is seen among thousands. */
const LEAST = 2;

/** Paints the figure as it stands, and over it what is not as expected, on the path or selected. */
function paintMap(
  pen: CanvasRenderingContext2D,
  ground: ImageBitmap,
  scene: Scene,
  colours: Colours,
  scale: number,
): void {
  const { nodes, boxHeight } = scene.figure.geometry;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, ground.width, ground.height);
  pen.drawImage(ground, 0, 0);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  const least = LEAST / scale;
  for (const [i, { x, y, width }] of nodes.entries()) {
    const mark = scene.states.marks[i] ?? scene.states.lanes.get(i)?.[0]?.[0];
    const own = i === scene.active || scene.way.has(i);
    if (!own && !(mark && isException(mark))) continue;
    pen.fillStyle = own || !mark ? colours.accent : colours.mark(mark);
    pen.fillRect(x, y, Math.max(width, least), Math.max(boxHeight, least));
  }
}

/** Lanes and boxes whatever came of them, which stay while a replay goes on; `scale` in pixels of the screen. */
function groundOf({ geometry }: Figure, colours: Colours, scale: number): ImageBitmap {
  const pixels = (length: number) => Math.max(1, Math.round(length * scale));
  const { canvas, pen } = drawing(pixels(geometry.width), pixels(geometry.height));
  pen.scale(scale, scale);
  pen.fillStyle = colours.lane;
  for (const lane of geometry.lanes) {
    const box = laneBox(lane);
    pen.fillRect(box.x, box.y, box.width, box.height);
  }
  pen.fillStyle = colours.edge;
  for (const { x, y, width } of geometry.nodes) pen.fillRect(x, y, width, geometry.boxHeight);
  return canvas.transferToImageBitmap();
}
