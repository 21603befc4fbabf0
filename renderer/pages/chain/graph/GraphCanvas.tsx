import { useEffect, useLayoutEffect, useRef } from 'react';
import { useColours } from './colours.ts';
import type { GraphCamera } from './graph-camera.ts';
import { easelOf, paint, type Scene } from './paint.ts';
import { Sprites } from './sprites.ts';

/** The picture of what is in view. It stays where it is while the figure is scrolled, and is painted anew at most once a frame. */
export function GraphCanvas({ scene, camera }: { readonly scene: Scene; readonly camera: GraphCamera }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const changed = useRef<(() => void) | null>(null);
  const colours = useColours();
  const latest = useRef({ scene, colours });
  latest.current = { scene, colours };
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d', { alpha: false });
    if (!pen) return undefined;
    const painter = painterOn(pen, camera, () => latest.current);
    changed.current = painter.changed;
    const ends = camera.onFrame(painter.paint);
    const again = painter.changed;
    document.fonts.addEventListener('loadingdone', again);
    return () => {
      ends();
      document.fonts.removeEventListener('loadingdone', again);
    };
  }, [camera]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of it changed is to be seen
  useEffect(() => changed.current?.(), [scene, colours]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a picture takes no focus
  return <canvas ref={canvas} className="graph" aria-hidden="true" />;
}

type Shown = { readonly scene: Scene; readonly colours: ReturnType<typeof useColours> };

/** Paints when something moved or another thing is shown: the first time at once, then with the next frame. */
function painterOn(pen: CanvasRenderingContext2D, camera: GraphCamera, shown: () => Shown) {
  const { canvas } = pen;
  let sprites: Sprites | null = null;
  let last = '';
  let stale = true;
  const paintNow = () => {
    const { scene, colours } = shown();
    const ratio = window.devicePixelRatio;
    const { view } = camera;
    const now = camera.now();
    const state = `${now.scale} ${now.left} ${now.top} ${view.width} ${view.height} ${ratio}`;
    if (state === last && !stale) return;
    [last, stale] = [state, false];
    fit(canvas, view, ratio);
    if (!sprites?.fits(now.scale * ratio, colours)) sprites = new Sprites(now.scale * ratio, colours);
    paint(easelOf(pen, now, ratio, { colours, sprites }), scene, now, ratio);
  };
  const changed = () => {
    stale = true;
    if (last === '') paintNow();
    else camera.repaint();
  };
  return { paint: paintNow, changed };
}

/** Gives a canvas as many pixels as the screen has where it stands. */
export function fit(canvas: HTMLCanvasElement, size: { width: number; height: number }, ratio: number): void {
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
}
