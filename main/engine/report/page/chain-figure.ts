import { figureGraph, figureLabel, figureSvg, paperFigure, type ShownGraph } from '../../figure/index.ts';
import type { Report } from '../model.ts';
import { Html, html, nothing } from './html.ts';
import { partLink } from './references.ts';
import { counted } from './text.ts';

/** The figure of the chain with a caption that says how to read it. Boxes lead nowhere; the steps do. */
export function chainFigure(report: Report): Html {
  if (report.steps.length === 0) return html`<p>The plan has no steps.</p>`;
  const graph = figureGraph(report);
  const { shown, layout } = paperFigure(graph);
  const collapsed = shown.lanes.some(lane => lane.collapsed);
  return html`<p>${caption(shown)}${collapsed ? html` Each box is a stage; its steps are in ${partLink('steps')}.` : nothing}${folded(shown)}${unobserved(report)}</p>
<div class="scroll" role="region" aria-label="The chain" tabindex="0">${new Html(figureSvg(layout, `${figureLabel(report, graph)}; the steps are told one by one in the appendix`))}</div>
`;
}

function caption({ nodes }: ShownGraph): string {
  const filled = nodes.some(node => node.kind === 'file' && node.result) ? ' Filled boxes are results.' : '';
  const dashed = nodes.some(node => node.waits) ? ' Dashed boxes did not come to be.' : '';
  return `A line leads from each program to what it made. Heavy frames are seeds: nobody compiled them here.${filled}${dashed}`;
}

function unobserved({ steps }: Report): string {
  const unseen = steps.some(
    step => step.action === 'run' && step.outcome === 'done' && step.programs === null,
  );
  return unseen ? ' Nobody observed this replay: lines are as the plan says.' : '';
}

function folded({ folded, edges }: ShownGraph): Html {
  if (folded === 0) return nothing;
  const thin = edges.some(edge => edge.through) ? html` Thin lines pass through such files.` : nothing;
  return html` ${counted(folded, 'intermediate file')} not drawn, listed in ${partLink('artifacts')}.${thin}`;
}
