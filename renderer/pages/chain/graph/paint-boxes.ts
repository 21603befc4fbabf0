import type { FigureBox } from '../../../../main/contract/requests/index.ts';
import type { MarkName } from '../../../parts/mark-shapes.ts';
import { MARKS_FROM, WORDS_FROM } from './camera.ts';
import type { Easel, Scene } from './paint.ts';
import { allWait, isException, isWaiting } from './signs.ts';
import type { Sign } from './sprites.ts';

/** Most marks that the box of a collapsed lane has room for, and the room of each. */
const LANE_MARKS = 3;
const LANE_MARK = 48;
const MARK = 14;

/** A box in pixels. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Paints boxes: with mark and name, from further away with the mark alone, from afar as what the mark says in colour. */
export function paintBoxes(easel: Easel, scene: Scene, shown: readonly number[], scale: number): void {
  const { pen } = easel;
  pen.font = `${12 * easel.scale}px "JetBrains Mono", monospace`;
  // Ligatures would show `!=` as what is not stored; whatever is spaced has none.
  pen.letterSpacing = '0.001px';
  pen.textRendering = 'geometricPrecision';
  const how = scale < MARKS_FROM ? paintFar : paintNear;
  for (const place of shown) {
    const node = scene.figure.geometry.nodes[place];
    if (node) how(easel, scene, node, place, scale >= WORDS_FROM);
  }
  pen.letterSpacing = '0px';
}

function placeOf({ x, y }: Easel, { x: left, y: top, width }: FigureBox, height: number): Place {
  const at = { left: x(left), top: y(top) };
  return { ...at, width: x(left + width) - at.left, height: y(top + height) - at.top };
}

function paintNear(easel: Easel, scene: Scene, node: FigureBox, at: number, words: boolean): void {
  const { pen, scale, colours } = easel;
  const { states, figure } = scene;
  const { boxHeight } = figure.geometry;
  const place = placeOf(easel, node, boxHeight);
  const mark = states.marks[at] ?? null;
  const counts = states.lanes.get(at);
  const waits = isWaiting(mark) || allWait(counts);
  paintFrame(easel, place, lookOf(scene, node, at, waits), node.kind === 'lane');
  if (node.kind === 'lane') {
    paintCounts(easel, counts ?? [], place, node.lane === 'seeds', mark === 'running', words);
    return;
  }
  if (mark || node.kind === 'seed') paintSign(easel, mark ?? 'seed', place, 0);
  if (!words) return;
  pen.fillStyle = waits && at !== scene.active ? colours.faint : colours.text;
  pen.fillText(node.label, place.left + 27 * scale, baseline(easel, place));
}

function baseline({ scale }: Easel, { top, height }: Place): number {
  return Math.round(top + height / 2 + 4 * scale);
}

function paintSign(
  { pen, scale, sprites }: Easel,
  sign: Sign,
  { left, top, height }: Place,
  n: number,
): void {
  const size = Math.round(MARK * scale);
  pen.drawImage(
    sprites.sign(sign),
    Math.round(left + (8 + n * LANE_MARK) * scale),
    top + ((height - size) >> 1),
  );
}

function paintCounts(
  easel: Easel,
  counts: readonly (readonly [MarkName, number])[],
  place: Place,
  seeds: boolean,
  running: boolean,
  words: boolean,
): void {
  const { pen, scale, colours } = easel;
  if (seeds && counts.length === 0) paintSign(easel, 'seed', place, 0);
  const all: (readonly [MarkName, number | null])[] = running ? [['running', null], ...counts] : [...counts];
  for (const [i, [mark, n]] of all.slice(0, LANE_MARKS).entries()) {
    paintSign(easel, mark, place, i);
    if (n === null || !words) continue;
    pen.fillStyle = colours.text;
    const left = place.left + (25 + i * LANE_MARK) * scale;
    pen.fillText(n > 9999 ? '>9k' : String(n), left, baseline(easel, place));
  }
}

type Look = 'active' | 'running' | 'way' | 'input' | 'seed' | 'waits' | 'usual';

/** The frame of a box says what it is: heavy of a seed, dashed of what is to come, accented of what is selected or on its way. */
function lookOf(scene: Scene, node: FigureBox, at: number, waits: boolean): Look {
  if (at === scene.active) return 'active';
  if (scene.states.marks[at] === 'running') return 'running';
  if (node.kind === 'seed') return 'seed';
  if (scene.way.has(at)) return 'way';
  if (scene.inputs.has(at)) return 'input';
  return waits ? 'waits' : 'usual';
}

function paintFrame(easel: Easel, place: Place, look: Look, lane: boolean): void {
  const { scale, colours } = easel;
  const heavy = look === 'active' || look === 'running' || look === 'seed';
  const thick = heavy ? Math.max(2, Math.round(2 * scale)) : Math.max(1, Math.round(scale));
  const own = { seed: colours.text, usual: lane ? colours.edge : colours.line };
  if (look === 'waits') dashes(easel, place, thick);
  else if (look === 'input') dots(easel, place, thick);
  else {
    const colour = look === 'seed' || look === 'usual' ? own[look] : colours.accent;
    frame(easel, place, thick, colour, look === 'active' ? colours.tint : colours.ground);
  }
}

/** A frame without its corners, which looks a little round. */
function frame({ pen }: Easel, place: Place, thick: number, colour: string, ground: string): void {
  const { left, top, width, height } = place;
  pen.fillStyle = colour;
  pen.fillRect(left + 1, top, width - 2, height);
  pen.fillRect(left, top + 1, width, height - 2);
  pen.fillStyle = ground;
  pen.fillRect(left + thick, top + thick, width - 2 * thick, height - 2 * thick);
}

/** Nothing is inside yet: the lane shows through. */
function dashes({ pen, sprites, colours }: Easel, place: Place, thick: number): void {
  const { left, top, width, height } = place;
  pen.fillStyle = colours.lane;
  pen.fillRect(left, top, width, height);
  const level = sprites.dashes('level', thick);
  const upright = sprites.dashes('upright', thick);
  const [across, down] = [Math.min(width, level.width), Math.min(height, upright.height)];
  pen.drawImage(level, 0, 0, across, thick, left, top, across, thick);
  pen.drawImage(level, 0, 0, across, thick, left, top + height - thick, across, thick);
  pen.drawImage(upright, 0, 0, thick, down, left, top, thick, down);
  pen.drawImage(upright, 0, 0, thick, down, left + width - thick, top, thick, down);
}

/** What the selected step read. */
function dots({ pen, colours }: Easel, { left, top, width, height }: Place, thick: number): void {
  pen.fillStyle = colours.ground;
  pen.fillRect(left, top, width, height);
  [pen.strokeStyle, pen.lineWidth] = [colours.accent, thick];
  pen.setLineDash([thick, 2 * thick]);
  pen.strokeRect(left + thick / 2, top + thick / 2, width - thick, height - thick);
  pen.setLineDash([]);
}

/** Least pixels of what is not as expected, of what is selected and of the rest. */
const LEAST = { exception: 3, active: 6, rest: 1 };
/** From this height on a box that waits is hollow, in pixels. */
const HOLLOW_FROM = 5;

function paintFar(easel: Easel, scene: Scene, node: FigureBox, at: number): void {
  const { pen, colours } = easel;
  const mark = farMark(scene, node, at);
  const active = at === scene.active;
  const exception = mark !== 'seed' && isException(mark);
  const place = atLeast(
    placeOf(easel, node, scene.figure.geometry.boxHeight),
    active ? LEAST.active : exception ? LEAST.exception : LEAST.rest,
  );
  const { left, top, width, height } = place;
  const colour = mark === 'seed' ? colours.text : colours.mark(mark);
  if (active || scene.way.has(at)) {
    const thick = Math.min(2, height >> 1);
    pen.fillStyle = colours.accent;
    pen.fillRect(left - thick, top - thick, width + 2 * thick, height + 2 * thick);
  }
  const hollow = height >= HOLLOW_FROM && HOLLOW.has(mark);
  pen.globalAlpha = exception || hollow || mark === 'seed' ? 1 : 0.55;
  pen.fillStyle = colour;
  pen.fillRect(left, top, width, height);
  pen.globalAlpha = 1;
  if (!hollow) return;
  pen.fillStyle = colours.ground;
  pen.fillRect(left + 1, top + 1, width - 2, height - 2);
}

const HOLLOW: ReadonlySet<Sign> = new Set<Sign>(['none', 'notrun', 'missing', 'waived']);

function farMark({ states }: Scene, node: FigureBox, at: number): Sign {
  const [gravest] = states.lanes.get(at) ?? [];
  return states.marks[at] ?? gravest?.[0] ?? (node.kind === 'seed' ? 'seed' : 'none');
}

/** A box that is never smaller than so many pixels, around the same middle. */
function atLeast({ left, top, width, height }: Place, least: number): Place {
  const [wide, high] = [Math.max(width, least), Math.max(height, least)];
  return { left: left - ((wide - width) >> 1), top: top - ((high - height) >> 1), width: wide, height: high };
}
