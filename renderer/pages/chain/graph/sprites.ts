import { MARK_LINES, MARK_SHAPES, type MarkName } from '../../../parts/mark-shapes.ts';
import type { Colours } from './colours.ts';

/** A mark, or the sign of a seed. */
export type Sign = MarkName | 'seed';

const GRID = 14;
const PLUS = 'M7 1.5v11M1.5 7h11';
const PLUS_LINE = 1.8;
/** Pixels of one dash and of the space after it, on a frame at its usual size. */
const DASH = [3, 2] as const;
const STRIP = 512;

/** What boxes are painted with thousands of times, drawn once for a size and a theme. */
export class Sprites {
  readonly #scale: number;
  readonly #colours: Colours;
  readonly #signs = new Map<Sign, ImageBitmap>();
  readonly #dashes = new Map<string, ImageBitmap>();

  /** `scale`: device pixels of one unit of the figure. */
  constructor(scale: number, colours: Colours) {
    [this.#scale, this.#colours] = [scale, colours];
  }

  fits(scale: number, colours: Colours): boolean {
    return scale === this.#scale && colours === this.#colours;
  }

  sign(sign: Sign): ImageBitmap {
    const known = this.#signs.get(sign) ?? this.#drawSign(sign);
    this.#signs.set(sign, known);
    return known;
  }

  /** A dashed line along one axis, of which as much is taken as is needed. */
  dashes(axis: 'level' | 'upright', thick: number): ImageBitmap {
    const key = `${axis} ${thick}`;
    const known = this.#dashes.get(key) ?? this.#drawDashes(axis, thick);
    this.#dashes.set(key, known);
    return known;
  }

  #drawSign(sign: Sign): ImageBitmap {
    const size = Math.max(1, Math.round(GRID * this.#scale));
    const { canvas, pen } = drawing(size, size);
    pen.scale(size / GRID, size / GRID);
    if (sign === 'seed') {
      pen.strokeStyle = this.#colours.text;
      pen.lineWidth = PLUS_LINE;
      pen.stroke(new Path2D(PLUS));
      return canvas.transferToImageBitmap();
    }
    for (const { as, d, dash } of MARK_SHAPES[sign]) {
      const path = new Path2D(d);
      const colour = as === 'on' ? this.#colours.ground : this.#colours.mark(sign);
      [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour, colour, MARK_LINES[as]];
      pen.setLineDash([...(dash ?? [])]);
      if (as === 'fill') pen.fill(path);
      else pen.stroke(path);
    }
    return canvas.transferToImageBitmap();
  }

  #drawDashes(axis: 'level' | 'upright', thick: number): ImageBitmap {
    const level = axis === 'level';
    const { canvas, pen } = drawing(level ? STRIP : thick, level ? thick : STRIP);
    pen.fillStyle = this.#colours.edge;
    const [dash, space] = DASH.map(each => Math.max(1, Math.round(each * this.#scale)));
    for (let at = 0; at < STRIP; at += (dash ?? 1) + (space ?? 1)) {
      if (level) pen.fillRect(at, 0, dash ?? 1, thick);
      else pen.fillRect(0, at, thick, dash ?? 1);
    }
    return canvas.transferToImageBitmap();
  }
}

/** A canvas that is not on the page. */
export function drawing(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas to draw on');
  return { canvas, pen };
}
