import type { ByteRange } from '../../case/index.ts';
import { disagreementsOf } from '../../review/index.ts';
import { bytesIn, rangeText } from '../../seed/index.ts';
import { importName } from '../imports.ts';
import type { Report } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { partHead } from './references.ts';
import { seedBytes } from './seed-bytes.ts';
import { facts } from './table.ts';
import { count, counted, evidence, hash, joined, prose } from './text.ts';

type Seed = Report['seeds'][number];

/** Part 7: each seed as it was checked, and how much of them people have explained. */
export function seedsPart(report: Report): Html {
  return html`${partHead('seeds')}
${report.seeds.length === 0 ? html`<p>The kit names no seed.</p>` : nothing}${report.seeds.map(seedBlock)}
<h3>Review</h3>
${review(report)}`;
}

function seedBlock(seed: Seed): Html {
  return html`<section class="seed"><h3>${evidence(seed.name)}</h3>
${facts([
  ['Path', evidence(seed.path)],
  ['Size', html`${counted(seed.seed.size, 'byte')}`],
  ['sha256, measured', hash(seed.seed.sha256)],
  ['sha256, of the kit', expected(seed)],
  ['Came from', html`${seed.origin === 'bundle' ? 'the bundle' : 'a file that the auditor named'}`],
  ['Commented source', source(seed.source)],
])}</section>
`;
}

function expected({ seed, expected, matches }: Seed): Html {
  const size = seed.size === expected.size ? nothing : html` ${counted(expected.size, 'byte')},`;
  const sign = matches ? signed('done', 'matches') : signed('differs', 'does not match');
  return html`${hash(expected.sha256)}${size} ${sign}`;
}

function source(source: Seed['source']): Html {
  if (!source) return html`None known: nothing was assembled.`;
  const sign = source.assembles
    ? signed('done', 'assembles to exactly the seed')
    : signed('differs', 'does not assemble to the seed');
  return html`${evidence(source.path)}, ${source.syntax}, ${hash(source.sha256)} ${sign}`;
}

function review({ seedReview, seedReviews }: Report): Html {
  return html`${summary(seedReview)}${seedReviews.map(
    seed => html`<h3>The bytes of ${evidence(seed.name)}</h3>
${reviewers(seed)}${blindReviews(seed)}${imports(seed)}${differing(seed)}${seedBytes(seed)}`,
  )}`;
}

function summary({ bytes, explainedBytes, byTwoBytes, byTwoBlindBytes }: Report['seedReview']): Html {
  if (explainedBytes === 0) {
    return html`<p>${signed('blocks', 'seed not reviewed by a person')}: 0 of ${counted(bytes, 'byte')} explained.</p>
`;
  }
  const sign =
    explainedBytes >= bytes ? signed('done', 'every byte explained') : signed('blocks', 'not finished');
  return html`<p>${sign}: ${count(explainedBytes)} of ${counted(bytes, 'byte')} explained, ${count(byTwoBytes)} by two people${byTwoBytes > 0 ? html`, of these ${count(byTwoBlindBytes)} by a second who was reviewing blind` : nothing}. A byte is explained when a person says so; it is that person's word.</p>
`;
}

/** Which files people took annotations over from, and whether those were signed. Whose key it is the report cannot know. */
function imports({ imports }: Report['seedReviews'][number]): Html {
  if (imports.length === 0) return nothing;
  const items = imports.map(({ by, event, name, sha256, key }) => {
    const signature = key === null ? html`not signed` : html`signed by the key ${evidence(key)}`;
    return html`<li>${prose(by)} at event ${count(event)}, from ${evidence(name)}, ${signature}, ${hash(sha256)}: ${evidence(importName({ seq: event }))}</li>\n`;
  });
  return html`<p>Taken over from files of annotations, which each person who did it stands for:</p>
<ul>${items}</ul>
`;
}

/** How many ranges are listed where people do not agree. */
const RANGES = 20;

/** Where the people who annotated a seed do not agree; nothing when they do, or when there is one. */
function differing({ annotations, size }: Report['seedReviews'][number]): Html {
  const all = disagreementsOf(size, annotations);
  const alone = bytesIn(all.filter(({ what }) => what === 'one'));
  const items = [
    ranged(
      'one explained what another asks about or warns of',
      all.filter(({ what }) => what === 'doubt'),
    ),
    ranged(
      'one asks about what another warns of',
      all.filter(({ what }) => what === 'kinds'),
    ),
    ...(alone > 0 ? [html`<li>${counted(alone, 'byte')} that only one of them speaks of</li>\n`] : []),
  ];
  return all.length === 0
    ? nothing
    : html`<p>Where they do not say the same:</p>
<ul>${items}</ul>
`;
}

function ranged(what: string, ranges: readonly ByteRange[]): Html {
  if (ranges.length === 0) return nothing;
  const listed = ranges.slice(0, RANGES).map(rangeText).join(', ');
  const more = ranges.length > RANGES ? ` and ${count(ranges.length - RANGES)} more` : '';
  return html`<li>${counted(bytesIn(ranges), 'byte')}: ${what} (<code>${listed}</code>${more})</li>\n`;
}

function reviewers({ reviewers, size, byTwo, byTwoBlind }: Report['seedReviews'][number]): Html {
  if (reviewers.length === 0)
    return html`<p>Nobody explained a byte of it.</p>
`;
  const people = reviewers.map(({ name, bytes }) => html`${prose(name)}: ${count(bytes)}`);
  return html`<p>Of ${counted(size, 'byte')} explained by ${joined(people, ', ')}; by two people: ${count(byTwo)}${byTwo > 0 ? html`, of these ${count(byTwoBlind)} by a second who was reviewing blind` : nothing}.</p>
`;
}

/** Who reviewed blind. That nobody looked over a shoulder no log can prove, and this says so. */
function blindReviews({ blind, size }: Report['seedReviews'][number]): Html {
  if (blind.length === 0) return nothing;
  const items = blind.map(({ by, begun, ended, others, explained, whole }) => {
    const end = ended
      ? html`ended at event ${count(ended.event)} with ${whole ? 'every byte' : html`${count(explained)} of ${counted(size, 'byte')}`} explained`
      : html`not ended, ${count(explained)} of ${counted(size, 'byte')} explained`;
    const before =
      others > 0
        ? html`; ${counted(others, 'annotation')} of others stood there before and may have been seen`
        : nothing;
    return html`<li>${prose(by)}: begun at event ${count(begun.event)}, ${end}${before}</li>\n`;
  });
  return html`<p>Reviewed blind, which means that Assay did not show them what others said. The log cannot prove that nobody looked over their shoulder.</p>
<ul>${items}</ul>
`;
}
