import { nixBase32 } from '../../base/index.ts';
import { type Artifact, artifactName } from '../../verdict/index.ts';
import type { Report } from '../model.ts';
import { type Html, html, nothing } from './html.ts';
import { artifactSign, signed, verdictCounts } from './marks.ts';
import { partHead, stepLink } from './references.ts';
import { table } from './table.ts';
import { count, counted, evidence, hash, joined, prose } from './text.ts';

const COLUMNS = [
  { head: 'File' },
  { head: 'Step', numeric: true },
  { head: 'Bytes', numeric: true },
  { head: 'sha256, measured' },
  { head: 'Verdict' },
];

/** Part 3: all six counts, what nobody published a hash for in words, then every file. */
export function artifactsPart(report: Report): Html {
  const judged = report.artifacts.filter(artifact => artifact.verdict !== null);
  const others = report.artifacts.filter(artifact => artifact.verdict === null);
  return html`${partHead('artifacts')}
${countRow(report)}${sources(judged)}${judged.length > 0 ? table('Artifacts with a verdict', COLUMNS, judged.map(row)) : html`<p>No file has a verdict.</p>`}
<h3>Files without expectation</h3>
<p>${noExpectation(report.counts.noExpectation)}</p>
${others.length > 0 ? table('Files without expectation', COLUMNS, others.map(row)) : nothing}`;
}

function countRow({ counts }: Report): Html {
  return html`<ul class="sum">${verdictCounts(counts).map(([name, n]) => html`<li><b>${count(n)}</b>${signed(name)}</li>\n`)}</ul>
<p>${signed('no-expectation', `${count(counts.noExpectation)} with no expectation`)}</p>
`;
}

function noExpectation(n: number): string {
  if (n === 0) return 'None.';
  const files = n === 1 ? 'this file' : `these ${count(n)} files`;
  return `Nobody published a hash for ${files}, and the chain's results do not hold ${n === 1 ? 'it' : 'them'}. That is no verdict.`;
}

const PUBLISHERS = {
  kit: 'the kit,',
  bundle: 'the bundle,',
  derived: 'nobody, but foreseen from',
  report: 'another report,',
  image: 'an image,',
} as const;

/** Who published the hashes that were compared, and how many of them. */
function sources(artifacts: readonly Artifact[]): Html {
  const published = artifacts.flatMap(artifact => artifact.expectations);
  const files = Map.groupBy(published, expectation => `${expectation.source} ${expectation.origin.file}`);
  const parts = [...files.values()].flatMap(group => {
    const [first] = group;
    return first
      ? html`${counted(group.length, 'hash', 'hashes')} by ${PUBLISHERS[first.source]} ${evidence(first.origin.file)}`
      : [];
  });
  return parts.length === 0
    ? html`<p>Nobody published a hash for any file of this chain.</p>`
    : html`<p>Published: ${joined(parts, '; ')}.</p>`;
}

function row(artifact: Artifact): Html {
  const name = artifactSign(artifact);
  return html`<tr><th scope="row">${evidence(artifactName(artifact))}</th><td class="n">${artifact.step === null ? 'none' : stepLink(artifact.step)}</td><td class="n">${artifact.size === null ? 'none' : count(artifact.size)}</td><td>${measured(artifact)}${expected(artifact)}${waiver(artifact)}</td><td>${signed(name)}</td></tr>
`;
}

function measured({ sha256, nar }: Artifact): Html {
  const archive =
    nar === undefined
      ? nothing
      : html`<div class="under fit">Nix archive of it: ${hash(nar)}<br>in base 32: <code>${nixBase32(nar)}</code></div>`;
  return html`${sha256 === null ? (nar === undefined ? 'not there' : nothing) : hash(sha256)}${archive}`;
}

/** The published hashes, where they are not the measured one. */
function expected(artifact: Artifact): Html {
  const others = artifact.expectations.filter(
    ({ form, sha256 }) => sha256 !== (form === 'nar' ? artifact.nar : artifact.sha256),
  );
  return html`${agreeing(artifact)}${others.map(
    ({ sha256, form, size, origin }) =>
      html`<div class="under fit">published by ${evidence(origin.file)} line ${origin.line}${form === 'nar' ? ' for the Nix archive' : nothing}${size === null ? nothing : html`, ${counted(size, 'byte')}`}: ${hash(sha256)}</div>`,
  )}`;
}

/** Who all said what was made, where it is more than one. */
function agreeing({ expectations, sha256, nar }: Artifact): Html {
  const met = expectations.filter(each => each.sha256 === (each.form === 'nar' ? nar : sha256));
  const names = [...new Set(met.map(({ origin }) => origin.file))];
  if (names.length < 2) return nothing;
  const said = joined(
    names.map(name => evidence(name)),
    ', ',
  );
  return html`<div class="under">so say ${said}</div>`;
}

function waiver({ waiver }: Artifact): Html {
  return waiver
    ? html`<div class="under fit">waived by ${prose(waiver.by)}, event ${count(waiver.event)}: ${prose(waiver.reason)}</div>`
    : nothing;
}
