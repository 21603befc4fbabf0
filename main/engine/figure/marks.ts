import type { Verdict } from '../verdict/index.ts';

/** The signs of the figure: verdicts, and what a step or a program is without one. */
export type FigureSign = Verdict | 'no-expectation' | 'failed' | 'blocks';
/** Every sign of figure and report. Shape and glyph tell them apart without colour. */
export type Sign = FigureSign | 'done';

const DISC = '<circle cx="7" cy="7" r="6.5" fill="currentColor"/>';
const PAPER = 'stroke="#fff" fill="none"';
const INK = 'stroke="currentColor" fill="none"';

/** The drawing of each sign, as SVG on a square of 14. */
export const SHAPES: Readonly<Record<Sign, string>> = {
  reproduced: `${DISC}<path d="M4 5.6h6M4 8.6h6" ${PAPER} stroke-width="1.5"/>`,
  differs: `<rect x=".5" y=".5" width="13" height="13" fill="currentColor"/><path d="M3.6 5.4h6.8M3.6 8.6h6.8M9 2.8l-4 8.4" ${PAPER} stroke-width="1.4"/>`,
  waived: `<rect x="1.2" y="1.2" width="11.6" height="11.6" ${INK} stroke-width="1.4"/><path d="M4 5.6h6M4 8.4h6M8.7 3.2l-3.4 7.6" ${INK} stroke-width="1.2"/>`,
  missing: `<circle cx="7" cy="7" r="5.6" ${INK} stroke-width="1.4" stroke-dasharray="2.2 1.6"/><path d="M3 11L11 3" ${INK} stroke-width="1.4"/>`,
  unexpected: `<path d="M7 .4L13.8 13.4H.2z" fill="currentColor"/><path d="M7 5.6v5.2M4.4 8.6h5.2" ${PAPER} stroke-width="1.4"/>`,
  'not-run': `<circle cx="7" cy="7" r="5.8" ${INK} stroke-width="1.2"/>`,
  'no-expectation': '<circle cx="7" cy="7" r="2" fill="currentColor"/>',
  done: `<path d="M2 7.4l3.4 3.4L12 4" ${INK} stroke-width="1.8"/>`,
  failed: `${DISC}<path d="M7 3.2v4.6M7 9.4v1.8" ${PAPER} stroke-width="1.6"/>`,
  blocks: `<path d="M7 .8L13.2 7 7 13.2.8 7z" ${INK} stroke-width="1.5"/>`,
};

/** The word that stands beside each sign. */
export const WORDS: Readonly<Record<Sign, string>> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  'not-run': 'not run',
  'no-expectation': 'no expectation',
  done: 'done',
  failed: 'failed',
  blocks: 'open',
};

/** Signs of files, gravest first: the order in which a lane tells how many of its files have each. */
export const GRAVITY: readonly FigureSign[] = [
  'differs',
  'missing',
  'failed',
  'blocks',
  'not-run',
  'unexpected',
  'waived',
  'no-expectation',
  'reproduced',
];
