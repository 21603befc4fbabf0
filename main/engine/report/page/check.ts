import { shellWord } from '../../base/index.ts';
import type { Report } from '../model.ts';
import { REPORT_NAMESPACE, SIGN_OFF_NAMESPACE, SUMS, signatureName } from '../seal/index.ts';
import { signOffName } from '../sign-offs.ts';
import { type Html, html, nothing } from './html.ts';
import { signed } from './marks.ts';
import { partHead } from './references.ts';
import { table } from './table.ts';
import { evidence, instant, prose } from './text.ts';

type Signer = Report['signers'][number];

/** Where the signer's signature stands in the report: over the list of hashes, or over what the person signed off. */
function signatureFile(signer: Signer): string {
  if (!signer.seals) return `${signOffName({ seq: signer.event, role: signer.role })}.txt.sig`;
  const base64 = signer.publicKey.split(' ')[1] ?? '';
  return signatureName(signer.role, { blob: Buffer.from(base64, 'base64') });
}

function verifyCommand(signer: Signer): string {
  const file = signatureFile(signer);
  const [namespace, message] = signer.seals
    ? [REPORT_NAMESPACE, SUMS]
    : [SIGN_OFF_NAMESPACE, file.replace(/\.sig$/, '')];
  return `ssh-keygen -Y verify -f allowed_signers -I ${shellWord(signer.identity)} -n ${namespace} -s ${file} < ${message}`;
}

/** Part 10: what to type, and what the answers mean. */
export function checkPart({ signers }: Report): Html {
  return html`${partHead('check')}
<p>Unpack the report and go into its folder, on any machine with coreutils and OpenSSH.</p>
<ol>
<li><p>Check that no file was changed. Every line must end in OK:</p>
<pre>sha256sum -c ${SUMS}</pre></li>
${signers.length > 0 ? signatureStep(signers) : html`<li><p>There is no signature to check. The list of hashes says only that the files fit together, not who made them.</p></li>`}
</ol>
`;
}

function signatureStep(signers: readonly Signer[]): Html {
  return html`<li><p>Check who signed that list. The file <code>allowed_signers</code> of this report only says who claims to have signed. Get each signer's public key from the person, by a way you trust and not from this report, and use a list of your own: one line a person, the identity, a blank, the key. For each signer the answer must begin with “Good”:</p>
${signers.map(signer => html`<pre>${verifyCommand(signer)}</pre>\n`)}</li>`;
}

/** Part 11. */
export function signaturesPart({ signers, lapsed }: Report): Html {
  const cards =
    signers.length > 0
      ? html`<ul class="sig">${signers.map(signatureCard)}</ul>`
      : html`<p><b>Nobody has signed this report.</b></p>`;
  return html`${partHead('signatures')}
<p>A person signs the case as it stands: the head of its event log, and with it everything that was recorded until then. One of them also signs the list of hashes of this report, and so seals it.</p>
${cards}${lapsed.length > 0 ? html`<h3>Sign-offs that do not hold for this report</h3>\n${table('Lapsed sign-offs', LAPSED, lapsed.map(lapsedRow))}` : nothing}`;
}

function signatureCard(signer: Signer): Html {
  return html`<li${signer.demonstration ? html` class="demo"` : nothing}>${
    signer.demonstration ? html`<strong>demonstration key, belongs to nobody</strong>` : nothing
  }<b>${prose(signer.identity)}</b><span>${signer.role}${signer.seals ? ', sealed this report' : ''}</span><span>${signedAs(signer)}</span><span>signed ${instant(signer.at)} UTC (claimed), event ${signer.event}</span>${evidence(signer.fingerprint)}${evidence(signatureFile(signer))}</li>
`;
}

function signedAs({ as, open }: Pick<Signer, 'as' | 'open'>): string {
  if (as === 'proved') return 'signed as proved';
  return `signed as not proved, ${open === 0 ? 'by choice' : `${open} open`}`;
}

const LAPSED = [{ head: 'Who' }, { head: 'Signed' }, { head: 'Why it does not hold' }];

function lapsedRow(lapsed: Report['lapsed'][number]): Html {
  const { identity, role, fingerprint, at, event, after, state } = lapsed;
  const range =
    after &&
    (after.events === 1 ? `event ${after.first}` : `${after.events} events, ${after.first} to ${after.last}`);
  const why = {
    renewed: 'signed again later with the same key',
    trial: 'made by a demonstration key for a trial run',
    void: `evidence was added after it: ${range}`,
  }[state];
  return html`<tr><td>${prose(identity)}, ${role}<div class="under">${evidence(fingerprint)}</div></td><td>${instant(at)} UTC (claimed), event ${event}, ${signedAs(lapsed)}</td><td>${signed('blocks', why)}</td></tr>
`;
}
