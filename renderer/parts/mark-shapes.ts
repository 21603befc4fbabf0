/** Every mark of the window and of the report. */
export type MarkName =
  | 'reproduced'
  | 'differs'
  | 'waived'
  | 'missing'
  | 'unexpected'
  | 'notrun'
  | 'none'
  | 'running'
  | 'failed'
  | 'done'
  | 'blocks'
  | 'explained'
  | 'question'
  | 'concern';

/** One path of a mark on a grid of 14. `on`: what lies on a filled shape, in the colour of the ground; `glyph`: what stands in a hollow one. */
export interface MarkShape {
  readonly as: 'fill' | 'line' | 'on' | 'glyph';
  readonly d: string;
  readonly dash?: readonly [number, number];
}

/** How thick the lines of a mark are, on its grid. */
export const MARK_LINES = { fill: 0, line: 1.5, on: 1.5, glyph: 1.3 } as const;

const EQUAL = 'M4.3 5.5h5.4M4.3 8.5h5.4';
const NOT_EQUAL = `${EQUAL}M8.6 3.6l-3.2 6.8`;

export const MARK_SHAPES: Readonly<Record<MarkName, readonly MarkShape[]>> = {
  reproduced: [
    { as: 'fill', d: disc(6) },
    { as: 'on', d: EQUAL },
  ],
  differs: [
    { as: 'fill', d: 'M1.5 1.5h11v11h-11z' },
    { as: 'on', d: NOT_EQUAL },
  ],
  waived: [
    { as: 'line', d: 'M1.75 1.75h10.5v10.5H1.75z' },
    { as: 'glyph', d: NOT_EQUAL },
  ],
  missing: [
    { as: 'line', d: disc(5.25), dash: [2.4, 1.7] },
    { as: 'line', d: 'M10.6 3.4L3.4 10.6' },
  ],
  unexpected: [
    { as: 'fill', d: 'M7 .9L13.6 12.6H.4z' },
    { as: 'on', d: 'M7 5.4v5M4.5 7.9h5' },
  ],
  notrun: [{ as: 'line', d: disc(5.4) }],
  none: [{ as: 'fill', d: disc(1.6) }],
  running: [
    { as: 'line', d: disc(5.4) },
    { as: 'fill', d: 'M7 1.6A5.4 5.4 0 0 1 12.4 7H7z' },
  ],
  failed: [
    { as: 'fill', d: disc(6) },
    { as: 'on', d: 'M7 3.4v4.2M7 9.4v1.4' },
  ],
  done: [{ as: 'line', d: 'M2.4 7.4l3 3 6.2-6.6' }],
  blocks: [{ as: 'line', d: 'M7 1.2L12.8 7 7 12.8 1.2 7z' }],
  explained: [{ as: 'fill', d: 'M1 5.5h12v3H1z' }],
  question: [{ as: 'fill', d: 'M1 5.5h3v3H1zM5.5 5.5h3v3h-3zM10 5.5h3v3h-3z' }],
  concern: [{ as: 'fill', d: 'M1 3.6h12v2.4H1zM1 8h12v2.4H1z' }],
};

/** A circle around the middle of the grid. */
function disc(radius: number): string {
  return `M${7 + radius} 7a${radius} ${radius} 0 1 1 ${-2 * radius} 0a${radius} ${radius} 0 1 1 ${2 * radius} 0z`;
}
