import { inertText } from '../../contract/inert.ts';
import { importName } from './imports.ts';
import type { Report } from './model.ts';
import { ANNOTATIONS_NAMESPACE, SIGN_OFF_NAMESPACE } from './seal/index.ts';
import { signOffName } from './sign-offs.ts';

/** The file VERIFY.txt: how to check the report with tools that everybody has. */
export function howToText(
  report: Report,
  signatures: readonly { readonly identity: string; readonly file: string }[],
): string {
  const commands = signatures.map(
    ({ identity, file }) =>
      `    ssh-keygen -Y verify -f allowed_signers -I ${identity} -n assay-report -s ${file} < SHA256SUMS`,
  );
  return `Bootstrap audit report of ${inertText(report.kit.title)} ${inertText(report.kit.version)}
Case ${inertText(report.case.name)}, ${report.case.id}

Read report.html with any browser. To check the report without Assay, in this folder:

    sha256sum -c SHA256SUMS
${commands.join('\n')}

${signOffs(report)}${imports(report)}The first prints OK for every file, the others "Good". The file allowed_signers here says who claims to have
signed: take the keys from the people themselves, in a file of your own, before you believe them.

Every hash that report.html names is the sha256 of a file in this folder or of a file that the bundle or the
replay holds. The steps of the replay are in replay/, one record each; report.json is the page as data.
`;
}

/** How to check that files of annotations that people took over from were signed, by whatever key. */
function imports({ seedReviews }: Report): string {
  const signed = seedReviews.flatMap(seed => seed.imports).filter(({ key }) => key !== null);
  if (signed.length === 0) return '';
  const commands = signed.map(({ event, key }) => {
    const file = importName({ seq: event });
    return `    ssh-keygen -Y check-novalidate -n ${ANNOTATIONS_NAMESPACE} -s ${file}.sig < ${file}   # ${key}\n`;
  });
  return `Annotations were taken over from signed files. This says by which key; whose that is, ask:\n\n${commands.join('')}\n`;
}

/** How to check the sign-offs of those who did not seal the report. */
function signOffs({ signers }: Report): string {
  const others = signers.filter(signer => !signer.seals);
  if (others.length === 0) return '';
  const commands = others.map(({ identity, role, event }) => {
    const text = `${signOffName({ seq: event, role })}.txt`;
    return `    ssh-keygen -Y verify -f allowed_signers -I ${identity} -n ${SIGN_OFF_NAMESPACE} -s ${text}.sig < ${text}\n`;
  });
  return `Others signed the case as it stood when they did: its event log up to the head that the text names.\n\n${commands.join('')}\n`;
}
