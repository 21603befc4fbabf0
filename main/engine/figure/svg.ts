import { inertText } from '../../contract/inert.ts';
import type { ShownNode } from './collapse.ts';
import { counted } from './label.ts';
import type { FigureLayout, PlacedBox, PlacedEdge, PlacedLane } from './layout.ts';
import { type FigureSign, SHAPES, WORDS } from './marks.ts';
import { HEAD_LINE, SMALL_SIZE } from './paper.ts';
import { fitted } from './text.ts';

/** Space left and right of text inside a box. */
const INSET = 7;
const NAME_SIZE = 9.5;

/** Colours of the figure by the names of the design tokens, as on paper. */
export const INKS = {
  ink: '#191e25',
  'ink-2': '#49535f',
  edge: '#7f8996',
  'v-reproduced': '#1a6b41',
  'v-differs': '#b3231b',
  'v-waived': '#7d5200',
  'v-missing': '#9b1d58',
  'v-unexpected': '#5a3fb0',
  'v-notrun': '#5a6472',
} as const;

/** The style of the figure; `ink` gives a colour by its name. */
export function figureStyle(ink: (name: keyof typeof INKS) => string): string {
  return `.fig rect{fill:#fff;stroke:#59626d;stroke-width:.8}.fig .seed{stroke:${ink('ink')};stroke-width:2}.fig .result{fill:#e9eef5}.fig rect.not-run{stroke:${ink('edge')};stroke-dasharray:4 3}
.fig .ln path{fill:none;stroke:#59626d;stroke-width:1;stroke-linejoin:round}.fig .ln .through{stroke:#8d97a3;stroke-width:.6}.fig .ln .tip{stroke:none;fill:#59626d}.fig .ln .tip.through{fill:#8d97a3}
.fig text{fill:${ink('ink')}}.fig .name{font:9.5px "JetBrains Mono",monospace}.fig .small,.fig .word,.fig .lane{font:8px "JetBrains Mono",monospace}.fig .small{fill:${ink('ink-2')}}.fig .word{fill:currentColor}
.fig .lane{fill:${ink('ink-2')};paint-order:stroke;stroke:#fff;stroke-width:3px}`;
}

/** The shapes of all signs, once a document; boxes refer to them. */
export const signSymbols = Object.entries(SHAPES)
  .map(([name, shape]) => `<symbol id="mk-${name}" viewBox="0 0 14 14">${shape}</symbol>`)
  .join('');

/** The figure as an SVG element that needs {@link figureStyle} and {@link signSymbols} beside it. `label` is text. */
export function figureSvg(layout: FigureLayout, label: string): string {
  return `<svg class="fig" ${viewOf(layout)} role="img" aria-label="${text(label)}">\n${figureBody(layout)}</svg>`;
}

/** The figure as a file by itself: nothing in it acts or refers to anything outside. */
export function figureFile(layout: FigureLayout, label: string): string {
  const colours: readonly [FigureSign, keyof typeof INKS][] = [
    ['reproduced', 'v-reproduced'],
    ['differs', 'v-differs'],
    ['failed', 'v-differs'],
    ['waived', 'v-waived'],
    ['missing', 'v-missing'],
    ['unexpected', 'v-unexpected'],
    ['not-run', 'v-notrun'],
    ['no-expectation', 'v-notrun'],
    ['blocks', 'ink'],
  ];
  const signs = colours.map(([sign, ink]) => `.s-${sign}{color:${INKS[ink]}}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" class="fig" ${viewOf(layout)} width="${Math.ceil(layout.width) + 2}" height="${Math.ceil(layout.height) + 2}" role="img" aria-label="${text(label)}">
<style>${figureStyle(name => INKS[name])}\n${signs}</style>
<defs>${signSymbols}</defs>
${figureBody(layout)}</svg>
`;
}

function viewOf({ width, height }: FigureLayout): string {
  return `viewBox="-1 -1 ${Math.ceil(width) + 2} ${Math.ceil(height) + 2}"`;
}

function figureBody({ edges, lanes, boxes, boxHeight }: FigureLayout): string {
  const wires = [true, false].map(through => wirePaths(edges, through)).join('');
  const drawn = boxes.map(box => boxMarkup(box, boxHeight)).join('');
  return `<g class="ln">${wires}</g>\n${lanes.map(laneHead).join('')}${drawn}`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that no character of can act: codes are in brackets. */
function text(value: string): string {
  return inertText(value).replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
}

const short = (n: number) => String(Math.round(n * 10) / 10);

/** All edges of one maker as one path, so that what they share is painted once. */
function wirePaths(edges: readonly PlacedEdge[], through: boolean): string {
  const style = through ? 'through' : 'direct';
  const byMaker = Map.groupBy(
    edges.filter(edge => edge.through === through),
    edge => edge.from,
  );
  return [...byMaker.values()]
    .map(group => {
      const lines = group.map(({ points }) =>
        points.map((n, i) => `${i % 2 ? ' ' : i ? 'L' : 'M'}${short(n)}`).join(''),
      );
      const tips = group.map(
        ({ points }) => `M${short(points.at(-2) ?? 0)} ${short(points.at(-1) ?? 0)}l-5 -2.6v5.2z`,
      );
      return `<path class="${style}" d="${lines.join('')}"/><path class="tip ${style}" d="${tips.join('')}"/>`;
    })
    .join('');
}

function laneHead({ x, y, lines }: PlacedLane): string {
  return lines
    .map(
      (line, i) =>
        `<text class="lane" x="${short(x)}" y="${short(y + (i + 1) * HEAD_LINE)}">${text(line)}</text>`,
    )
    .join('');
}

/** How a box is drawn: heavy frame, plain, filled, dashed. */
function lookOf(node: ShownNode): 'seed' | 'plain' | 'result' | 'not-run' {
  if (node.kind === 'seed' || (node.kind === 'lane' && node.noun === 'seed')) return 'seed';
  if (node.waits) return 'not-run';
  return node.kind === 'file' && node.result ? 'result' : 'plain';
}

function boxMarkup({ node, x, y, width }: PlacedBox, height: number): string {
  const room = width - 2 * INSET;
  const [label, detail, whole] = wordsOf(node);
  const name = text(fitted(inertText(label), room, NAME_SIZE));
  const small = text(fitted(detail, room, SMALL_SIZE));
  return `<g transform="translate(${short(x)} ${short(y)})"><title>${text(whole)}</title><rect class="${lookOf(node)}" width="${short(width)}" height="${height}"/><text class="name" x="${INSET}" y="13">${name}</text><text class="small" x="${INSET}" y="25">${small}</text>${signLine(node, room)}</g>`;
}

const numbers = new Intl.NumberFormat('en-US');

/** Name, what is said of it, and the whole name. */
function wordsOf(node: ShownNode): [string, string, string] {
  if (node.kind === 'lane') return [node.label, counted(node.count, node.noun), node.label];
  const { label, name, size, step, kind } = node;
  if (kind === 'program') return [label, node.waits ? 'program' : 'no seed', name];
  if (size !== null) return [label, counted(size, 'byte'), name];
  return [label, step === null ? 'of no step' : `step ${step}`, name];
}

function signLine(node: ShownNode, room: number): string {
  const [sign, word] = signOf(node);
  if (!sign)
    return word === ''
      ? ''
      : `<text class="small" x="${INSET}" y="36.5">${text(fitted(word, room, SMALL_SIZE))}</text>`;
  const shown = text(fitted(word, room - 12, SMALL_SIZE));
  return `<g class="s-${sign}"><use href="#mk-${sign}" x="${INSET}" y="29.2" width="9" height="9"/><text class="word" x="${INSET + 12}" y="36.5">${shown}</text></g>`;
}

function signOf(node: ShownNode): [FigureSign | null, string] {
  if (node.kind !== 'lane') return [node.sign, node.word];
  const [gravest] = node.signs;
  return gravest ? [gravest[0], `${numbers.format(gravest[1])} ${WORDS[gravest[0]]}`] : [null, ''];
}
