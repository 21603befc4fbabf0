import type { Report } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { anchorsOf, partHead, references } from './references.ts';
import { table } from './table.ts';
import { count, counted, evidence, joined, prose } from './text.ts';

/** Part 8: what people were asked, which files they reviewed, and what they wrote. */
export function checklistPart(report: Report): Html {
  return html`${partHead('checklist')}
${blockers(report)}${checklist(report)}<h3>Files of the bundle</h3>
${fileReview(report, anchorsOf(report))}<h3>Comments</h3>
${comments(report)}`;
}

function blockers({ blockers }: Report): Html {
  if (blockers.length === 0)
    return html`<p>${signed('done', 'nothing stands in the way of signing this as proved')}.</p>\n`;
  const items = blockers.map(
    ({ text, code }) => html`<li>${prose(text)} <span class="under"><code>${code}</code></span></li>\n`,
  );
  return html`<p>${signed('blocks', 'not to be signed as proved')}, because of ${counted(blockers.length, 'thing')}:</p>
<ul>${items}</ul>
<h3>Checklist</h3>
`;
}

function checklist({ checklist }: Report): Html {
  if (checklist.length === 0) return html`<p>The kit asks nothing of the people who sign.</p>\n`;
  const open = checklist.filter(item => !item.done).length;
  const columns = [{ head: 'Item' }, { head: 'Question' }, { head: 'Role' }, { head: 'Answer' }];
  const rows = checklist.map(
    item =>
      html`<tr><th scope="row" class="who">${evidence(item.id)}</th><td>${prose(item.text)}</td><td>${item.role}</td><td class="state">${answer(item)}</td></tr>\n`,
  );
  return html`<p>${counted(checklist.length, 'item')} of the kit, ${count(open)} open.</p>${table('Checklist', columns, rows)}`;
}

function answer({ done, answer, note, answered }: Report['checklist'][number]): Html {
  const sign = done ? signed('done', answer === 'done' ? 'done' : 'does not apply') : signed('blocks');
  return html`${sign}${answered ? who(answered) : nothing}${note === '' ? nothing : html`: ${prose(note)}`}`;
}

function who({ by, event }: { by: string; event: number }): Html {
  return html` by ${prose(by)}, event ${count(event)}`;
}

function fileReview(
  { fileReview: { files, reviewed, byTwo, reviewers } }: Report,
  anchors: ReadonlySet<string>,
): Html {
  const all = counted(files, 'file');
  if (reviewed === 0)
    return html`<p>${signed('blocks', 'no source file was reviewed by a person')}: 0 of ${all}.</p>\n`;
  const sign = reviewed >= files ? signed('done', 'every file reviewed') : signed('blocks', 'not finished');
  const people = reviewers.map(({ name, files }) => html`${prose(name)}: ${count(files)}`);
  return html`<p>${sign}: ${count(reviewed)} of ${all} reviewed, ${count(byTwo)} by two people (${joined(people, ', ')}). Which ones, says exhibit ${references('E-12', anchors)}.</p>\n`;
}

function comments({ comments }: Report): Html {
  if (comments.length === 0) return html`<p>None.</p>\n`;
  const columns = [{ head: 'On' }, { head: 'Who' }, { head: 'What' }, { head: 'State' }];
  const rows = comments.map(({ on, by, event, text, resolution }) => {
    const state = resolution
      ? html`${signed('done', 'settled')}${who(resolution)}: ${prose(resolution.reason)}`
      : signed('not-run', 'stands');
    return html`<tr><td>${place(on)}</td><td class="who">${prose(by)}, event ${count(event)}</td><td>${paragraphs(text)}</td><td class="state">${state}</td></tr>\n`;
  });
  return table('Comments', columns, rows);
}

function place(on: Report['comments'][number]['on']): Html {
  if ('finding' in on) return html`finding ${evidence(on.finding)}`;
  return html`${evidence(on.path)}${on.line === null ? nothing : html`, line ${on.line}`}`;
}

/** The lines of a text that a person wrote. */
export function paragraphs(text: string): Html {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return html`${lines.map(line => html`<p>${prose(line)}</p>\n`)}`;
}
