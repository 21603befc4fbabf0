import { inertText } from '../../../contract/inert.ts';
import type { Report } from '../model.ts';
import type { ChainGraph } from './chain-graph.ts';
import {
  chainLayout,
  FIGURE_WIDTH,
  fitted,
  NODE_HEIGHT,
  type PlacedEdge,
  type PlacedNode,
  type PlacedTitle,
  SMALL_SIZE,
  TITLE_LINE,
} from './chain-layout.ts';
import { figureGraph } from './chain-stages.ts';
import { bare, type Html, html, nothing } from './html.ts';
import { partLink } from './references.ts';
import { counted } from './text.ts';

/** Space left and right of text inside a box. */
const INSET = 7;
const NAME_SIZE = 9.5;

/** The figure of the chain with a caption that says how to read it. Boxes lead nowhere; the steps do. */
export function chainFigure(report: Report): Html {
  const graph = figureGraph(report);
  if (report.steps.length === 0) return html`<p>The plan has no steps.</p>`;
  const { nodes, edges, titles, height, nodeWidth } = chainLayout(graph);
  return html`<p>${caption(graph)}${graph.collapsed ? html` Each box is a stage; its steps are in ${partLink('steps')}.` : nothing}${folded(graph)}</p>
<div class="scroll" role="region" aria-label="The chain" tabindex="0"><svg class="fig" viewBox="-1 -1 ${FIGURE_WIDTH + 2} ${Math.ceil(height) + 2}" role="img" aria-label="${description(report, graph)}">
<g class="ln">${wires(edges, true)}${wires(edges, false)}</g>
${titles.map(laneTitle)}${nodes.map(node => nodeBox(node, nodeWidth))}</svg></div>
${unmade(report)}`;
}

function caption(graph: ChainGraph): string {
  const filled = graph.nodes.some(node => node.look === 'result') ? ' Filled boxes are results.' : '';
  const dashed = graph.nodes.some(node => node.look === 'not-run') ? ' Dashed boxes did not run.' : '';
  return `A line leads from each program to what it made. Heavy frames are seeds: nobody compiled them here.${filled}${dashed}`;
}

function folded(graph: ChainGraph): Html {
  if (graph.folded === 0) return nothing;
  const thin = graph.edges.some(edge => edge.through) ? html` Thin lines pass through such files.` : nothing;
  return html` ${counted(graph.folded, 'intermediate file')} not drawn, listed in ${partLink('artifacts')}.${thin}`;
}

function unmade(report: Report): Html {
  const files = report.artifacts.filter(
    artifact => artifact.step === null && (artifact.verdict === 'missing' || artifact.verdict === 'not-run'),
  ).length;
  return files === 0
    ? nothing
    : html`<p>${counted(files, 'expected file was', 'expected files were')} not made and have no box: see ${partLink('artifacts')}.</p>`;
}

function description(report: Report, graph: ChainGraph): string {
  const seeds = report.seeds.map(seed => seed.name).join(', ');
  const results = graph.nodes.filter(node => node.look === 'result').map(node => node.label);
  const ends = results.length > 0 && results.length <= 12 ? ` to ${results.join(', ')}` : '';
  return `From ${seeds}${ends} in ${counted(report.stages.length, 'stage')}, ${counted(report.steps.length, 'step')}; the steps are told one by one in the appendix`;
}

const short = (n: number) => String(Math.round(n * 10) / 10);

/** All edges of one maker as one path, so that what they share is painted once. */
function wires(edges: readonly PlacedEdge[], through: boolean): Html[] {
  const byMaker = Map.groupBy(
    edges.filter(edge => edge.through === through),
    edge => edge.from,
  );
  const style = through ? 'through' : 'direct';
  return [...byMaker.values()].map(group => {
    const lines = group.map(edge =>
      edge.points.map(([x, y], i) => `${i ? 'L' : 'M'}${short(x)} ${short(y)}`).join(''),
    );
    const tips = group.map(edge => {
      const [x, y] = edge.points.at(-1) ?? [0, 0];
      return `M${short(x)} ${short(y)}l-5 -2.6v5.2z`;
    });
    return html`<path class="${style}" d="${lines.join('')}"/><path class="tip ${style}" d="${tips.join('')}"/>`;
  });
}

function laneTitle({ x, y, lines }: PlacedTitle): Html {
  const texts = lines.map(
    (line, i) =>
      html`<text class="lane" x="${short(x)}" y="${short(y + i * TITLE_LINE)}">${bare(line)}</text>`,
  );
  return html`${texts}`;
}

function nodeBox(node: PlacedNode, width: number): Html {
  const room = width - 2 * INSET;
  const label = fitted(inertText(node.label), room, NAME_SIZE);
  const detail = fitted(node.detail, room, SMALL_SIZE);
  return html`<g transform="translate(${short(node.x)} ${short(node.y)})"><title>${bare(node.name)}</title><rect class="${node.look}" width="${short(width)}" height="${NODE_HEIGHT}"/><text class="name" x="${INSET}" y="13">${bare(label)}</text><text class="small" x="${INSET}" y="25">${detail}</text>${verdictLine(node, room)}</g>`;
}

function verdictLine(node: PlacedNode, room: number): Html {
  if (!node.sign)
    return node.word
      ? html`<text class="small" x="${INSET}" y="36.5">${fitted(node.word, room, SMALL_SIZE)}</text>`
      : nothing;
  const word = fitted(node.word, room - 12, SMALL_SIZE);
  return html`<g class="s-${node.sign}"><use href="#mk-${node.sign}" x="${INSET}" y="29.2" width="9" height="9"/><text class="word" x="${INSET + 12}" y="36.5">${bare(word)}</text></g>`;
}
