import { type Camera, MARGIN, partInView, type Size, WORDS_FROM } from './camera.ts';
import type { Colours } from './colours.ts';
import { type Figure, nodesIn } from './figure.ts';
import { laneBox } from './lanes.ts';
import { paintBoxes } from './paint-boxes.ts';
import { eachPiece, type Segments } from './segments.ts';
import type { NodeStates } from './signs.ts';
import type { Sprites } from './sprites.ts';

/** All that a picture of the figure shows, nodes and edges by their places. */
export interface Scene {
  readonly figure: Figure;
  readonly states: NodeStates;
  /** The node that keys act on; -1 for none. */
  readonly active: number;
  /** The way from it back to a seed. */
  readonly way: ReadonlySet<number>;
  readonly wayEdges: readonly number[];
  /** What its step read. */
  readonly inputs: ReadonlySet<number>;
  /** Whether a line leads from each of them to it. */
  readonly inputLines: boolean;
}

/** A canvas with what is needed to paint on it in its own pixels. */
export interface Easel {
  readonly pen: CanvasRenderingContext2D;
  readonly size: Size;
  /** Pixels of the canvas for one unit of the figure. */
  readonly scale: number;
  /** The pixel of a place of the figure. */
  readonly x: (place: number) => number;
  readonly y: (place: number) => number;
  readonly colours: Colours;
  readonly sprites: Sprites;
}

/** An easel over what a camera sees; `ratio`: device pixels of one CSS pixel. */
export function easelOf(
  pen: CanvasRenderingContext2D,
  { scale, left, top }: Camera,
  ratio: number,
  look: { readonly colours: Colours; readonly sprites: Sprites },
): Easel {
  const { width, height } = pen.canvas;
  return {
    ...{ pen, size: { width, height }, scale: scale * ratio, ...look },
    x: place => Math.round((place * scale + MARGIN - left) * ratio),
    y: place => Math.round((place * scale + MARGIN - top) * ratio),
  };
}

/** Paints what a camera sees. Everything lies on whole pixels, so that it is crisp at every size. */
export function paint(easel: Easel, scene: Scene, camera: Camera, ratio: number): void {
  const { pen, size, colours } = easel;
  const { figure } = scene;
  const words = camera.scale >= WORDS_FROM;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, size.width, size.height);
  paintLanes(easel, scene, words);
  const view = { width: size.width / ratio, height: size.height / ratio };
  const part = partInView(camera, view);
  paintThrough(easel, figure.through, part);
  paintDirect(easel, figure.direct, part);
  paintWay(easel, scene);
  paintInputs(easel, scene);
  paintBoxes(easel, scene, nodesIn(figure, part), camera.scale);
}

type Part = ReturnType<typeof partInView>;

function paintLanes({ pen, size, scale, x, y, colours }: Easel, { figure }: Scene, words: boolean): void {
  pen.font = `${12 * scale}px Inter, sans-serif`;
  for (const lane of figure.geometry.lanes) {
    const box = laneBox(lane);
    const [left, top] = [x(box.x), y(box.y)];
    const [width, height] = [x(box.x + box.width) - left, y(box.y + box.height) - top];
    if (left > size.width || top > size.height || left + width < 0 || top + height < 0) continue;
    pen.fillStyle = colours.lane;
    pen.fillRect(left, top, width, height);
    if (colours.forced) {
      pen.strokeStyle = colours.line;
      pen.lineWidth = 1;
      pen.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    }
    if (!words) continue;
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 1.5 * scale;
    const at = (dx: number, dy: number): [number, number] => [left + dx * scale, top + dy * scale];
    pen.beginPath();
    for (const [dx, dy] of lane.collapsed ? COLLAPSED : OPEN) pen.lineTo(...at(dx, dy));
    pen.stroke();
    pen.fillStyle = colours.quiet;
    pen.fillText(lane.head, ...at(22, 18));
  }
}

/** The corners of a lane's chevron. */
const COLLAPSED: readonly (readonly [number, number])[] = [
  [11, 10],
  [15, 14],
  [11, 18],
];
const OPEN: readonly (readonly [number, number])[] = [
  [9, 12],
  [13, 16],
  [17, 12],
];

/** Below so many pixels for one unit of the figure only lines of so many pixels are painted: the others would be a grey ground. */
const DETAIL_FROM = 0.2;
const LEAST_FAR = 16;
/** Room around the view in which lines are painted, in units of the figure. */
const AROUND = 4;

/** The pieces of lines in view, in pixels: left, top, width, height. */
function eachLine(
  { x, y, size, scale }: Easel,
  { level, upright }: Segments,
  part: Part,
  thick: number,
  call: (left: number, top: number, width: number, height: number) => void,
): void {
  const across: [number, number] = [part.x - AROUND, part.x + part.width + AROUND];
  const down: [number, number] = [part.y - AROUND, part.y + part.height + AROUND];
  const offset = thick >> 1;
  const least = (scale < DETAIL_FROM ? LEAST_FAR : 0) / scale;
  eachPiece(level, down, across, (at, from, to) => {
    if (to - from < least) return;
    const [start, end] = [Math.max(-thick, x(from)), Math.min(size.width + thick, x(to))];
    call(start - offset, y(at) - offset, end - start + thick, thick);
  });
  eachPiece(upright, across, down, (at, from, to) => {
    if (to - from < least) return;
    const [start, end] = [Math.max(-thick, y(from)), Math.min(size.height + thick, y(to))];
    call(x(at) - offset, start - offset, thick, end - start + thick);
  });
}

function paintDirect(easel: Easel, segments: Segments, part: Part): void {
  const { pen, scale, colours } = easel;
  pen.fillStyle = colours.line;
  const thick = Math.max(1, Math.round(1.25 * scale));
  eachLine(easel, segments, part, thick, (left, top, width, height) =>
    pen.fillRect(left, top, width, height),
  );
}

/** Lines through files that are not drawn are thin and dashed. */
function paintThrough(easel: Easel, segments: Segments, part: Part): void {
  const { pen, scale, colours } = easel;
  if (segments.level.at.length + segments.upright.at.length === 0) return;
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.setLineDash([Math.max(1, 2 * scale), Math.max(1, 2 * scale)]);
  pen.beginPath();
  eachLine(easel, segments, part, 1, (left, top, width, height) => {
    pen.moveTo(left + 0.5, top + 0.5);
    pen.lineTo(left + width - 0.5, top + height - 0.5);
  });
  pen.stroke();
  pen.setLineDash([]);
}

function paintWay({ pen, scale, x, y, colours }: Easel, { figure, wayEdges }: Scene): void {
  if (wayEdges.length === 0) return;
  const thick = Math.max(2, Math.round(2 * scale));
  const half = thick % 2 === 0 ? 0 : 0.5;
  [pen.strokeStyle, pen.lineWidth, pen.lineJoin] = [colours.accent, thick, 'round'];
  pen.beginPath();
  for (const edge of wayEdges) {
    const points = figure.geometry.edges[edge]?.points ?? [];
    for (let i = 0; i < points.length; i += 2) {
      const [left, top] = [x(points[i] ?? 0) + half, y(points[i + 1] ?? 0) + half];
      if (i === 0) pen.moveTo(left, top);
      else pen.lineTo(left, top);
    }
  }
  pen.stroke();
}

/** A dotted curve from each input to the node. */
function paintInputs(
  { pen, scale, x, y, colours }: Easel,
  { figure, active, inputs, inputLines }: Scene,
): void {
  const { nodes, boxHeight } = figure.geometry;
  const to = nodes[active];
  if (!to || !inputLines) return;
  const endY = y(to.y + boxHeight / 2);
  [pen.strokeStyle, pen.lineWidth] = [colours.accent, Math.max(1, 1.5 * scale)];
  pen.setLineDash([Math.max(1, 1.5 * scale), Math.max(2, 3 * scale)]);
  pen.beginPath();
  for (const place of inputs) {
    const from = nodes[place];
    if (!from) continue;
    // From the side of the input that the node is at, into the side of the node that the input is at.
    const back = from.x > to.x + to.width;
    const [startX, endX] = back ? [x(from.x), x(to.x + to.width)] : [x(from.x + from.width), x(to.x)];
    const startY = y(from.y + boxHeight / 2);
    const bend = Math.max(24 * scale, Math.abs(endX - startX) / 2) * (back ? -1 : 1);
    pen.moveTo(startX, startY);
    pen.bezierCurveTo(startX + bend, startY, endX - bend, endY, endX, endY);
  }
  pen.stroke();
  pen.setLineDash([]);
}
