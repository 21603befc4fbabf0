import { type Sign, WORDS } from '../../figure/index.ts';
import type { Verdict } from '../../verdict/index.ts';
import type { Report, Statement } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { sign, signed, verdictCounts } from './marks.ts';
import { paragraphs } from './people.ts';
import { partHead, partLink, references } from './references.ts';
import { facts } from './table.ts';
import { count, counted, evidence, hash, instant, joined, prose } from './text.ts';

/** The lines above everything else: draft, unsigned, demonstration keys. */
export function notices(report: Report, draft: boolean, blind: boolean): Html {
  const lines: string[] = [];
  if (draft) lines.push('Draft. Not sealed, not signed: nothing on it may be relied on.');
  else if (report.signers.length === 0) lines.push('Not signed. Nobody vouches for this report.');
  if (blind)
    lines.push('You review a seed blind: what others said of it is left out here, and counts as not said.');
  const demonstrations = report.signers.filter(signer => signer.demonstration).length;
  if (demonstrations > 0) {
    const which =
      demonstrations === report.signers.length
        ? 'Every signature is'
        : `${count(demonstrations)} of ${counted(report.signers.length, 'signature')} is`;
    lines.push(`${which} by a demonstration key, which belongs to nobody and vouches for nothing.`);
  }
  return html`${lines.map(line => html`<p class="notice">${line}</p>\n`)}`;
}

/** The verdict in its frame, with every mark that speaks for or against it. */
export function verdictBox(report: Report): Html {
  const tallies = tallied(report).map(([name, n]) => signed(name, `${count(n)} ${WORDS[name]}`));
  const main = mainSign(report);
  return html`<section class="verdict" aria-label="Verdict">
<div class="big s-${main}">${sign(main)}</div><div><strong>${prose(report.headline)}</strong>
<p>${prose(report.explanation)}</p>
<p class="tally">${tallies}</p>${signedAs(report)}</div>
</section>
`;
}

/** What the signers called it, when that is less than proved. */
function signedAs({ signers, blockers }: Report): Html {
  if (!signers.some(signer => signer.as === 'not-proved')) return nothing;
  const why =
    blockers.length > 0 ? `${counted(blockers.length, 'thing')} stood in the way` : 'the signer chose so';
  return html`<p>${signed('blocks', 'signed as not proved')}: ${why}, see ${partLink('checklist')}</p>`;
}

function tallied({ counts }: Report): [Verdict, number][] {
  return verdictCounts(counts).filter(([name, n]) => n > 0 || name === 'reproduced');
}

/** The sign of the case: that of its gravest artifacts, or the diamond when something else stands against it. */
function mainSign(report: Report): Sign {
  if (report.verdict === 'reproduced') return 'reproduced';
  const grave = (['differs', 'missing', 'not-run', 'waived'] as const).find(name =>
    tallied(report).some(([other, n]) => other === name && n > 0),
  );
  return grave ?? 'blocks';
}

/** Proved and not proved, side by side in one frame, made by one function so that they cannot differ in form. */
export function provedAndNot(report: Report, anchors: ReadonlySet<string>): Html {
  return html`<div class="pn">
${statementList('What was proved', 'proved', report.proved, anchors)}${statementList('What was not proved', 'not proved', report.notProved, anchors)}</div>
`;
}

function statementList(
  title: string,
  word: string,
  statements: readonly Statement[],
  anchors: ReadonlySet<string>,
): Html {
  const items = statements.map(
    ({ mark, text, evidence: on }) =>
      html`<li><span class="s-${mark}">${sign(mark)}</span><span>${prose(text)} <span class="word s-${mark}">${wordOf(mark, word)}</span></span><span class="e">${references(on, anchors)}</span></li>\n`,
  );
  const list = items.length > 0 ? html`<ul>\n${items}</ul>` : html`<p class="none">Nothing.</p>`;
  return html`<section><h2>${title}</h2>${list}</section>
`;
}

/** In these lists the disc says "proved" and the ring "not proved"; the other marks keep their verdict's word. */
function wordOf(mark: Statement['mark'], word: string): string {
  return mark === 'reproduced' || mark === 'not-run' ? word : WORDS[mark];
}

/** Part 1. */
export function audited(report: Report): Html {
  const { kit, bundle, log, machine } = report;
  const seeds = report.seeds.map(
    seed =>
      [
        `Seed, ${counted(seed.seed.size, 'byte')}`,
        html`${evidence(seed.name)} ${hash(seed.seed.sha256)}`,
      ] as const,
  );
  return html`${partHead('audited')}
${facts([
  [
    'Software',
    html`${prose(kit.title)} ${prose(kit.version)}, ${kit.architecture}, published by ${prose(kit.publisher)}`,
  ],
  [
    'Bundle',
    html`${evidence(bundle.name)}, ${bundle.form}${compression(bundle.compression)}, ${counted(bundle.files, 'file')}, ${counted(bundle.bytes, 'byte')}, ${count(bundle.flagged)} flagged at import`,
  ],
  ['Bundle sha256', hash(bundle.bundle.sha256)],
  ...pinnedFact(report),
  ...seeds,
  ['Scope', scope(report)],
  ['Kit', html`${evidence(kit.id)} ${hash(kit.description.sha256)}`],
  [
    'Replayed on',
    html`${prose(machine.architecture)}, kernel ${prose(machine.kernel)}, ${prose(machine.processor)}`,
  ],
  ['Network', html`${network(machine.container.network)}`],
  ['What ran', html`${closure(report.closure)}`],
  ['Event log head', html`${hash(log.root)} ${counted(log.size, 'event')}`],
  ['Signatures', signatures(report)],
])}`;
}

function pinnedFact({ pinned, extra }: Report): [string, Html][] {
  if (pinned.length + extra.length === 0) return [];
  const of = (wanted: Report['pinned'][number]['state']) =>
    pinned.filter(({ state }) => state === wanted).length;
  const unmet = of('wrong') + of('missing');
  const leftOut = of('left-out');
  const others = extra.length > 0 ? html`; ${counted(extra.length, 'file')} that nobody asks for` : nothing;
  return [
    [
      'Pinned files',
      html`${counted(pinned.length, 'file')} by hash: ${count(of('bundle'))} in the bundle, ${count(of('file'))} beside it${unmet > 0 ? html`, ${count(unmet)} not there` : nothing}${leftOut > 0 ? html`, ${count(leftOut)} not there and not needed, for the plan ends before` : nothing}${others}; see ${partLink('exhibits')}`,
    ],
  ];
}

function scope({ scope }: Report): Html {
  if (!scope) return html`Nobody wrote what this audit covers and what it does not.`;
  return html`${paragraphs(scope.text)}<span class="under">Written by ${prose(scope.by)}, event ${count(scope.event)}</span>`;
}

function compression(name: string): string {
  return name === 'none' ? '' : `, ${name}`;
}

function network(state: Report['machine']['container']['network']): string {
  return state === 'none'
    ? 'None inside the container, as measured'
    : 'Not measured: it is not known whether the container could reach one';
}

function closure({ state, programs, distinct, seeds }: Report['closure']): string {
  if (state === 'not-observed') return 'Not observed: which programs ran is known from the plan only';
  const held =
    state === 'held'
      ? 'each a seed or written by an earlier step'
      : 'not all of them a seed or written by an earlier step';
  const which = seeds.length === 0 ? 'no seed' : counted(seeds.length, 'seed');
  return `${counted(programs, 'program')} started, ${count(distinct)} different, ${held}; ${which} among them`;
}

function signatures(report: Report): Html {
  if (report.signers.length === 0) return html`None`;
  const people = report.signers.map(
    signer =>
      html`${signer.role} ${prose(signer.identity)}${signer.demonstration ? html` <b>(demonstration key, belongs to nobody)</b>` : nothing}`,
  );
  return html`${joined(people, ', ')}; see ${partLink('signatures')}`;
}

/** The name of the page and of the case it is about. */
export function titleLine(report: Report, draft: boolean): Html {
  const state = draft ? 'draft of' : 'sealed';
  return html`<header class="top"><h1>Bootstrap audit report</h1><p>Case ${prose(report.case.name)}, ${state} ${instant(report.sealedAt)} UTC (claimed)<br>${evidence(report.case.id)}</p></header>
`;
}
