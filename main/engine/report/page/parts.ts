import type { Finding } from '../../verdict/index.ts';
import type { Report } from '../model.ts';
import { exhibitText } from '../words.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { numbered, partHead } from './references.ts';
import { table } from './table.ts';
import { count, counted, evidence, hash, instant, joined, prose } from './text.ts';

/** Part 4. */
export function findingsPart({ findings }: Report): Html {
  const open = findings.filter(finding => finding.state === 'open').length;
  const columns = [{ head: 'No.' }, { head: 'Severity' }, { head: 'What' }, { head: 'State' }];
  return html`${partHead('findings')}
<p>${counted(findings.length, 'finding')}, ${count(open)} open.</p>
${findings.length > 0 ? table('Findings', columns, findings.map(findingRow)) : nothing}`;
}

function findingRow(finding: Finding): Html {
  const state = findingState(finding);
  return html`<tr>${numbered(finding.id)}<td class="sev-${finding.severity}">${finding.severity}</td><td>${prose(finding.message)}<div class="under">${evidence(finding.where)} <code>${finding.code}</code>${finding.raised ? html` raised by ${prose(finding.raised.by)}, event ${count(finding.raised.event)}` : nothing}</div>${(finding.exhibits ?? []).map(exhibitLine)}</td><td class="state">${state}</td></tr>
`;
}

function exhibitLine({ by, event, exhibit }: NonNullable<Finding['exhibits']>[number]): Html {
  return html`<div class="under">Evidence: ${evidence(exhibitText(exhibit))}, by ${prose(by)}, event ${count(event)}</div>`;
}

function findingState({ state, waiver, resolution }: Finding): Html {
  if (state === 'resolved')
    return html`${signed('done', 'resolved')}${resolution ? reason(resolution) : nothing}`;
  if (state === 'waived') return html`${signed('waived')}${waiver ? reason(waiver) : nothing}`;
  return signed('blocks');
}

function reason({ by, event, reason }: NonNullable<Finding['waiver']>): Html {
  return html` by ${prose(by)}, event ${count(event)}: ${prose(reason)}`;
}

/** Part 5: the sentences, and the tools by hash. */
export function trustPart({ trustedBase, machine, assay }: Report): Html {
  const { runtime, observer, emulator, node } = machine;
  const tools: [string, { version: string; sha256: string }][] = [
    [`${runtime.name}, kept the programs apart`, runtime],
    ...(observer ? [[`${observer.name}, watched them`, observer] as [string, typeof observer]] : []),
    ...(emulator
      ? [[`${emulator.name}, stood in for ${emulator.architecture}`, emulator] as [string, typeof emulator]]
      : []),
    ['node, ran Assay at the replay', node],
    ['Assay, at the replay', machine.assay],
    ['Assay, made this report', assay],
  ];
  const rows = tools.map(
    ([name, tool]) =>
      html`<tr><th scope="row">${name}</th><td>${evidence(tool.version, 60)}</td><td>${hash(tool.sha256)}</td></tr>\n`,
  );
  const remarks = [
    runtime.weaker ? `${runtime.name} keeps a program apart less well than the other runtime does.` : '',
    observer ? '' : 'Nobody observed what ran: there was no observer on the machine, or it was switched off.',
  ].filter(text => text !== '');
  return html`${partHead('trust')}
<ol>${trustedBase.map(text => html`<li>${prose(text)}</li>\n`)}${remarks.map(text => html`<li>${text}</li>\n`)}</ol>
${table('Tools', [{ head: 'Tool' }, { head: 'Version' }, { head: 'sha256' }], rows)}<p>Added by the container runtime itself: ${
    runtime.adds.length > 0
      ? joined(
          runtime.adds.map(text => evidence(text)),
          ', ',
        )
      : 'nothing'
  }.</p>
`;
}

/** Part 6. */
export function custodyPart({ custody, log }: Report): Html {
  const columns = [
    { head: 'When (claimed, UTC)' },
    { head: 'Who' },
    { head: 'What' },
    { head: 'Event', numeric: true },
  ];
  const rows = custody.map(
    line =>
      html`<tr><td class="when">${instant(line.at)}</td><td class="who">${prose(line.by)}</td><td>${prose(line.what)}</td><td class="n">${count(line.event)}</td></tr>\n`,
  );
  return html`${partHead('custody')}
<p>From the case's log of ${counted(log.size, 'event')}. The times are what the machine's clock said; nobody outside confirmed them.</p>
${rows.length > 0 ? table('Custody', columns, rows) : html`<p>The log has no line of custody.</p>`}`;
}

/** Part 9: the files in this report, and those that the replay rested on and that it names by hash. */
export function exhibitsPart(report: Report): Html {
  const { exhibits } = report;
  const rows = exhibits.map(
    exhibit =>
      html`<tr>${numbered(exhibit.id)}<td>${prose(exhibit.title)}</td><td>${evidence(exhibit.file)}</td></tr>\n`,
  );
  const columns = [{ head: 'No.' }, { head: 'Exhibit' }, { head: 'File inside this report' }];
  return html`${partHead('exhibits')}
${rows.length > 0 ? table('Exhibits', columns, rows) : html`<p>The report holds no exhibits.</p>`}${pinnedFiles(report)}`;
}

const PIN_STATES = {
  bundle: signed('done', 'in the bundle'),
  file: signed('done', 'beside the bundle'),
  wrong: signed('differs', 'another file'),
  missing: signed('missing', 'not there'),
  'left-out': signed('not-run', 'not there, the plan ends before it'),
};

function pinnedFiles({ pinned, extra }: Report): Html {
  const rows = pinned.map(
    ({ path, size, sha256, origin, state, name, found }) =>
      html`<tr><th scope="row">${evidence(path)}${name === null ? nothing : html`<div class="under">was ${evidence(name)}</div>`}</th><td>${hash(sha256)}${size === null ? nothing : html`<div class="under">${counted(size, 'byte')}</div>`}${found === null ? nothing : html`<div class="under fit">found: ${hash(found)}</div>`}</td><td>${evidence(origin.file)} line ${origin.line}</td><td>${PIN_STATES[state]}</td></tr>\n`,
  );
  const others = extra.map(
    ({ name, sha256, size }) =>
      html`<tr><th scope="row">${evidence(name)}</th><td>${hash(sha256)}</td><td class="n">${count(size)}</td></tr>\n`,
  );
  const columns = [{ head: 'Pinned file' }, { head: 'sha256' }, { head: 'Asked for by' }, { head: 'State' }];
  const otherColumns = [{ head: 'File' }, { head: 'sha256' }, { head: 'Bytes', numeric: true }];
  return html`${rows.length > 0 ? html`<h3>Pinned files: named by hash, not in this report</h3>\n${table('Pinned files', columns, rows)}` : nothing}${
    others.length > 0
      ? html`<h3>Files beside the bundle that nobody asks for</h3>\n<p>They were in no tree.</p>\n${table('Extra files', otherColumns, others)}`
      : nothing
  }`;
}
