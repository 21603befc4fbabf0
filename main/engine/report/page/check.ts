import type { Report } from '../model.ts';
import { REPORT_NAMESPACE, SUMS, signatureName } from '../seal/index.ts';
import { type Html, html, nothing } from './html.ts';
import { partHead } from './references.ts';
import { evidence, instant, prose, shellWord } from './text.ts';

type Signer = Report['signers'][number];

/** Where the signer's signature over the list of hashes stands in the report. */
function signatureFile(signer: Signer): string {
  const base64 = signer.publicKey.split(' ')[1] ?? '';
  return signatureName(signer.role, { blob: Buffer.from(base64, 'base64') });
}

function verifyCommand(signer: Signer): string {
  return `ssh-keygen -Y verify -f allowed_signers -I ${shellWord(signer.identity)} -n ${REPORT_NAMESPACE} -s ${signatureFile(signer)} < ${SUMS}`;
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
export function signaturesPart({ signers }: Report): Html {
  const cards =
    signers.length > 0
      ? html`<ul class="sig">${signers.map(signatureCard)}</ul>`
      : html`<p><b>Nobody has signed this report.</b></p>`;
  return html`${partHead('signatures')}
${cards}`;
}

function signatureCard(signer: Signer): Html {
  return html`<li${signer.demonstration ? html` class="demo"` : nothing}>${
    signer.demonstration ? html`<strong>demonstration key, belongs to nobody</strong>` : nothing
  }<b>${prose(signer.identity)}</b><span>${signer.role}</span><span>signed ${instant(signer.at)} UTC (claimed)</span>${evidence(signer.fingerprint)}${evidence(signatureFile(signer))}</li>
`;
}
