import { inertText } from '../../contract/inert.ts';
import type { Report } from './model.ts';

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

The first prints OK for every file, the others "Good". The file allowed_signers here says who claims to have
signed: take the keys from the people themselves, in a file of your own, before you believe them.

Every hash that report.html names is the sha256 of a file in this folder or of a file that the bundle or the
replay holds. The steps of the replay are in replay/, one record each; report.json is the page as data.
`;
}
