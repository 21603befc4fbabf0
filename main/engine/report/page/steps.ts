import type { Sign } from '../../figure/index.ts';
import { type End, endText } from '../../replay/index.ts';
import type { Report, ReportStep } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { partHead } from './references.ts';
import { table } from './table.ts';
import { argumentList, count, counted, evidence, joined, prose } from './text.ts';

/** Most written files that a step's row names. */
const NAMED_FILES = 4;
const COLUMNS = [
  { head: 'No.', numeric: true },
  { head: 'What ran' },
  { head: 'Programs', numeric: true },
  { head: 'Outcome' },
];

/** Part 12: every step in its stage. */
export function stepsPart(report: Report): Html {
  const { steps } = report;
  const done = steps.filter(step => step.outcome === 'done').length;
  const titles = new Map(report.stages.map(stage => [stage.id, stage.title]));
  const groups = runs(steps).map(
    group => html`<tbody>
<tr class="stage"><th scope="rowgroup" colspan="${COLUMNS.length}">${prose(titles.get(group[0].stage) || group[0].stage)}</th></tr>
${group.map(row)}</tbody>
`,
  );
  return html`${partHead('steps')}
<p>${counted(steps.length, 'step')}, ${count(done)} done. Arguments are written as a POSIX shell would take them. Programs are those seen to start.</p>
${steps.length > 0 ? table('Steps', COLUMNS, groups, true) : html`<p>The plan has no steps.</p>`}`;
}

/** Neighbouring steps of one stage together. */
function runs(steps: readonly ReportStep[]): [ReportStep, ...ReportStep[]][] {
  const groups: [ReportStep, ...ReportStep[]][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0].stage === step.stage) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function row(step: ReportStep): Html {
  const what = step.argv ? argumentList(step.argv) : html`folder made by the workstation`;
  return html`<tr id="step-${step.number}"><th scope="row" class="n">${step.number}</th><td>${prose(step.title)}<div>${what}</div><div class="under">${wrote(step)}${passed(step)}from ${evidence(step.origin.file)} line ${step.origin.line}</div></td><td class="n">${programs(step)}</td><td>${outcome(step)}</td></tr>
`;
}

function programs({ programs, outcome, action }: ReportStep): string {
  if (action !== 'run' || outcome === 'not-run') return 'none';
  return programs === null ? 'not observed' : count(programs);
}

function passed({ transient }: ReportStep): Html {
  return transient ? html`made and took away ${counted(transient, 'more file')}; ` : nothing;
}

function wrote({ wrote }: ReportStep): Html {
  if (wrote.length === 0) return nothing;
  const names = wrote.slice(0, NAMED_FILES).map(path => evidence(path));
  const more = wrote.length > NAMED_FILES ? html` and ${count(wrote.length - NAMED_FILES)} more` : nothing;
  return html`wrote ${joined(names, ', ')}${more}; `;
}

function outcome({ outcome, end, reused }: ReportStep): Html {
  const name: Sign = outcome;
  if (reused) {
    const from = html`not run again: taken over from replay ${count(reused.replay)}, step ${count(reused.number)}`;
    return html`${signed(name)}<div class="under">${from}</div>`;
  }
  const how = outcome === 'failed' && end ? html`<div class="under">${ended(end)}</div>` : nothing;
  return html`${signed(name)}${how}`;
}

function ended(end: End): Html {
  switch (end.how) {
    case 'exited':
      return html`exit status ${end.status}`;
    case 'signalled':
      return html`ended by ${evidence(end.signal, 40)}`;
    case 'timed-out':
      return html`stopped after ${counted(end.afterSeconds, 'second')}`;
    case 'too-much-output':
      return html`wrote more than ${counted(end.limit, 'byte')} of output`;
    case 'over-limit':
      return html`${evidence(endText(end))}`;
    case 'not-started':
      return html`did not start: ${evidence(end.reason, 300)}`;
  }
}
