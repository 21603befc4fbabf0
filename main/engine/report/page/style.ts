import { inertText } from '../../../contract/inert.ts';
import { figureStyle } from '../../figure/index.ts';
import type { Report } from '../model.ts';

/** A string of CSS in which every character but a few harmless ones is an escape, so that no text can end it. */
export function cssString(text: string): string {
  const escaped = Array.from(inertText(text), character =>
    /[A-Za-z0-9 .,:-]/.test(character) ? character : `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${escaped.join('')}"`;
}

/** Sheets: A4, the case in the head from page two on, the head of the log and the page number in the foot. */
function sheets(report: Report, draft: boolean): string {
  const name = report.case.name.length > 60 ? `${report.case.name.slice(0, 60)}…` : report.case.name;
  const state = draft ? 'DRAFT, not sealed, not signed' : '';
  return `@page{size:A4;margin:16mm 18mm;
@top-left{content:${cssString(`Bootstrap audit report, case ${name}`)};font:7pt Inter,sans-serif;color:#49535f}
@top-right{content:${cssString(state)};font:600 7pt Inter,sans-serif}
@bottom-left{content:${cssString(`Log head ${report.log.root}`)};font:6pt "JetBrains Mono",monospace;color:#49535f}
@bottom-right{content:"Page " counter(page) " of " counter(pages);font:7pt Inter,sans-serif;color:#49535f}}
@page:first{@top-left{content:none}}`;
}

/** Colours are the light values of the design tokens. Paper stays light in a dark room; only the desk around it goes dark. */
const TOKENS = `:root{color-scheme:light;--ink:#191e25;--ink-2:#49535f;--ink-3:#5c6672;--line:#c9ced6;--panel:#f5f6f8;--edge:#7f8996;--link:#1d5bb8;
--v-reproduced:#1a6b41;--v-differs:#b3231b;--v-waived:#7d5200;--v-missing:#9b1d58;--v-unexpected:#5a3fb0;--v-notrun:#5a6472}
.s-reproduced{color:var(--v-reproduced)}.s-differs,.s-failed{color:var(--v-differs)}.s-waived{color:var(--v-waived)}.s-missing{color:var(--v-missing)}.s-unexpected{color:var(--v-unexpected)}.s-not-run,.s-no-expectation{color:var(--v-notrun)}`;

const BASE = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:#e9ecf0;color:var(--ink);font:9.5pt/14pt Inter,sans-serif;text-rendering:geometricPrecision;font-variant-ligatures:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.shapes{position:absolute}
.paper{max-width:210mm;margin:24px auto;background:#fff;padding:16mm 18mm;outline:1px solid var(--line)}
h1,h2,h3,p,ul,ol,dl,dd,pre{margin:0}
h1{font:600 11pt/16pt Inter,sans-serif}
.paper>h2{font:600 11pt/16pt Inter,sans-serif;margin-top:18pt;padding-top:5pt;border-top:1pt solid var(--ink);margin-bottom:5pt;break-after:avoid}
h2 .no{display:inline-block;min-width:16pt}
h3{font:600 9.5pt/14pt Inter,sans-serif;margin-top:10pt;margin-bottom:3pt;break-after:avoid}
p{margin-bottom:5pt;max-width:90ch}h2+p,h3+p,.sum,.sum+p,p:has(+.scroll){break-after:avoid}
b,strong{font-weight:600}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:1px}
bdi{unicode-bidi:isolate;overflow-wrap:anywhere}
code,.m{font-family:"JetBrains Mono",monospace;font-size:.86em;font-weight:400;line-height:1;font-variant-ligatures:none}
.h{font-size:6.2pt;overflow-wrap:anywhere}
.cc{display:inline-block;font:400 .86em/1.25 "JetBrains Mono",monospace;border:.75pt solid currentColor;color:var(--v-differs);border-radius:1.5pt;padding:0 1.5pt;margin:0 .75pt;white-space:nowrap}
.who{min-width:26mm}
.by{white-space:pre;width:1%}.by code{font-size:7pt;line-height:10pt}.said+.said{margin-top:2pt}.note{color:var(--ink-2)}.note p{margin-bottom:2pt}.note ul,.note ol{padding-left:14pt;margin-bottom:2pt}.note pre{font-size:7pt;line-height:10pt;padding:2pt 4pt;margin:2pt 0}.note blockquote{margin:2pt 0;padding-left:6pt;border-left:1pt solid var(--line)}
.cut,.under{color:var(--ink-3)}td .h{white-space:nowrap}
.under{font-size:.93em}.fit{width:0;min-width:100%}
.mk{width:9pt;height:9pt;flex:none;display:block}
.v{display:inline-flex;gap:4pt;align-items:baseline;white-space:nowrap}.v .mk{align-self:center}
.s-done,.s-blocks{color:var(--ink)}`;

const FIRST_PAGE = `.notice{border:1.5pt solid var(--v-differs);color:var(--v-differs);font-weight:600;padding:4pt 8pt;margin-bottom:6pt;max-width:none}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2pt 12pt;margin-bottom:10pt}
.top p{font-size:8pt;line-height:11pt;color:var(--ink-2);margin:0;text-align:right}
.verdict{border:1.5pt solid var(--ink);padding:11pt 14pt;display:grid;grid-template-columns:30pt 1fr;gap:0 10pt;break-inside:avoid}
.verdict>div{min-width:0}
.big .mk{width:28pt;height:28pt;margin-top:1pt}
.verdict strong{font:600 17pt/22pt Inter,sans-serif;display:block}
.verdict p{margin:3pt 0 0;color:var(--ink-2)}
.verdict .tally{display:flex;flex-wrap:wrap;gap:2pt 14pt;margin-top:5pt;font-size:8.5pt}
.pn{display:grid;grid-template-columns:1fr 1fr;border:.75pt solid var(--ink);margin-top:12pt}
.pn>section{min-width:0}.pn>section+section{border-left:.75pt solid var(--ink)}
.pn h2{font:600 9.5pt/14pt Inter,sans-serif;padding:4pt 8pt;border-bottom:.5pt solid var(--line)}
.pn ul,.sum,.sig{list-style:none;padding:0}
.pn li{padding:3pt 8pt;font-size:8.5pt;line-height:12pt;display:grid;grid-template-columns:10pt minmax(0,1fr) fit-content(33%);gap:5pt;break-inside:avoid}
.pn .mk{margin-top:1.5pt}.pn .e{font-size:8pt;overflow-wrap:anywhere}.pn .none{padding:3pt 8pt;font-size:8.5pt}
.pn .word{font-size:7.5pt;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:1pt 12pt;font-size:8.5pt;line-height:12pt}
dt{color:var(--ink-2)}`;

const TABLES = `.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:8pt;line-height:11pt;margin-bottom:4pt}
th,td{text-align:left;vertical-align:top;padding:2pt 6pt 2pt 0}
thead{display:table-header-group}
thead th{font-weight:600;border-bottom:.75pt solid var(--ink);vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:400}
tbody th,tbody td{border-bottom:.5pt solid var(--line)}
tr{break-inside:avoid}
td:last-child,thead th:last-child{padding-right:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.n+td,thead .n+th{padding-left:4pt}
.when{white-space:nowrap}
.stage th{font-weight:600;background:var(--panel);padding:3pt 4pt;break-after:avoid}
.stage{break-after:avoid}
.sev-high{font-weight:600}
.state{min-width:60pt}
.sum{break-inside:avoid;display:grid;grid-template-columns:repeat(6,1fr);border:.5pt solid var(--line);margin:4pt 0 6pt;font-size:8pt}
.sum li{padding:4pt 6pt;border-left:.5pt solid var(--line)}.sum li:first-child{border-left:0}
.sum b{display:block;font:600 13pt/16pt Inter,sans-serif}`;

const REST = `.fig{display:block;width:100%;height:auto;margin:4pt 0}
${figureStyle(name => `var(--${name})`)}
ol{padding-left:16pt}ol+.scroll,ul+.scroll{margin-top:6pt}
.seed{break-inside:avoid}
pre{font:7.5pt/12pt "JetBrains Mono",monospace;border:.5pt solid var(--line);background:var(--panel);padding:5pt 8pt;margin:3pt 0 6pt;white-space:pre-wrap;overflow-wrap:anywhere;break-inside:avoid}
.sig{display:grid;grid-template-columns:repeat(2,1fr);gap:8pt}
.sig li{border:.5pt solid var(--edge);padding:6pt 8pt;font-size:8pt;line-height:11pt;display:grid;gap:1pt;align-content:start;min-width:0;break-inside:avoid}
.sig b{font-size:9pt}.sig .m{font-size:6.4pt}.sig .cc{justify-self:start}
.sig .demo{border:1.5pt solid var(--v-differs)}.sig strong{color:var(--v-differs);font-size:10pt;line-height:14pt}`;

const SCREENS = `@media screen{.fig{min-width:640px}}
@media screen and (prefers-color-scheme:dark){body{background:#14171b}}
@media screen and (max-width:820px){.paper{margin:0;padding:16px;outline:0}.top p{text-align:left}}
@media screen and (max-width:640px){.pn,.sig{grid-template-columns:minmax(0,1fr)}.pn>section+section{border-left:0;border-top:.75pt solid var(--ink)}
.sum{grid-template-columns:repeat(3,1fr)}.sum li:nth-child(4){border-left:0}.verdict{padding:8pt;grid-template-columns:22pt minmax(0,1fr)}.big .mk{width:20pt;height:20pt}.verdict strong{font-size:14pt;line-height:19pt}
dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:4pt}.scroll table{min-width:560px}}
@media print{body{background:#fff}.paper{max-width:none;margin:0;padding:0;outline:0}.scroll{overflow:visible}.fig{max-height:235mm;break-inside:avoid}a{color:inherit}}
@media (forced-colors:active){.s-reproduced,.s-differs,.s-failed,.s-waived,.s-missing,.s-unexpected,.s-not-run,.s-no-expectation{color:CanvasText}}`;

/** The whole style of the page but its fonts. */
export function pageStyle(report: Report, draft: boolean): string {
  return [TOKENS, sheets(report, draft), BASE, FIRST_PAGE, TABLES, REST, SCREENS].join('\n');
}
