import type { Report } from '../model.ts';
import { artifactsPart } from './artifacts.ts';
import { chainFigure } from './chain-figure.ts';
import { checkPart, signaturesPart } from './check.ts';
import { fontFaces } from './fonts.ts';
import { bare, Html, html } from './html.ts';
import { signShapes } from './marks.ts';
import { custodyPart, exhibitsPart, findingsPart, trustPart } from './parts.ts';
import { checklistPart } from './people.ts';
import { anchorsOf, partHead } from './references.ts';
import { seedsPart } from './seeds.ts';
import { stepsPart } from './steps.ts';
import { pageStyle } from './style.ts';
import { audited, notices, provedAndNot, titleLine, verdictBox } from './summary.ts';

/** How a page is made. */
export interface PageOptions {
  /** True before the report is sealed: the first line and the head of every sheet say so. */
  readonly draft?: boolean;
  /** True for a draft before somebody who reviews a seed blind, which leaves out what others say of it. */
  readonly blind?: boolean;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/**
 * The report as one HTML file that needs nothing else: no script, fonts inside, nothing loaded. The same report gives
 * the same bytes. `report` must have passed its schema; all text of it is shown as inert text.
 */
export function renderPage(report: Report, options: PageOptions = {}): string {
  const draft = options.draft ?? false;
  const body = pageBody(report, draft, options.blind ?? false).markup;
  const style = new Html(`${fontFaces(body)}\n${pageStyle(report, draft)}`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${bare(`${draft ? 'Draft: ' : ''}Audit report, case ${report.case.name}`)}</title>
<style>
${style}
</style>
</head>
<body>
${new Html(body)}</body>
</html>
`.markup;
}

function pageBody(report: Report, draft: boolean, blind: boolean): Html {
  const anchors = anchorsOf(report);
  return html`${signShapes}
<main class="paper">
${notices(report, draft, blind)}${titleLine(report, draft)}${verdictBox(report)}${provedAndNot(report, anchors)}${audited(report)}${partHead('chain')}
${chainFigure(report)}${artifactsPart(report)}${findingsPart(report)}${trustPart(report)}${custodyPart(report)}${seedsPart(report)}${checklistPart(report)}${exhibitsPart(report)}${checkPart(report)}${signaturesPart(report)}${stepsPart(report)}</main>
`;
}
