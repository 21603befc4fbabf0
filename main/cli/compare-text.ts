import type { CompareDocument } from '../contract/documents.ts';
import { inertText } from '../contract/inert.ts';
import { plural } from '../engine/index.ts';

/** What `assay compare` says to a person. */
export function compareText(document: CompareDocument): string {
  const count = (state: string) => document.artifacts.filter(artifact => artifact.state === state).length;
  const { firstDivergence: first } = document;
  const rows = document.artifacts
    .filter(artifact => artifact.state !== 'agrees')
    .map(
      ({ path, state, hashes }) =>
        `  ${state.padEnd(8)} ${inertText(path)}  ${hashes.map(hash => hash?.slice(0, 12) ?? '-'.padEnd(12)).join('  ')}`,
    );
  return [
    document.reports.some(report => report.running)
      ? `So far ${count('agrees')} artifacts agree, ${count('differs')} differ, ${count('partial')} are not in every account that ended.`
      : document.unanimous
        ? `All ${document.reports.length} reports agree on ${plural(document.artifacts.length, 'artifact')}.`
        : `The reports do not all agree: ${count('agrees')} artifacts agree, ${count('differs')} differ, ${count('partial')} are not in every report.`,
    `${document.says}.`,
    ...document.reports.map(accountText),
    ...(first
      ? [
          `First divergence: ${inertText(first.path)}${first.step === null ? '' : `, step ${first.step}`}. ${first.says}.`,
        ]
      : []),
    ...rows,
    ...environmentText(document),
  ].join('\n');
}

function accountText(report: CompareDocument['reports'][number], i: number): string {
  const verdict = report.verdict ?? 'unreadable';
  if (report.kind === 'replay') {
    const state = report.running ? 'running' : report.completed ? verdict : `${verdict}, not at its end`;
    return `  ${i + 1}  ${report.name}: ${state}`;
  }
  const signers = report.signers.map(signer => inertText(signer.identity)).join(', ') || 'nobody';
  return `  ${i + 1}  ${inertText(report.path)}: ${report.valid ? 'valid' : 'NOT VALID'}, ${verdict}, signed by ${signers}`;
}

function environmentText({ environment }: CompareDocument): string[] {
  const differing = environment.filter(row => row.differs);
  if (differing.length === 0) return ['They were all run with the same.'];
  return [
    'What they were run with differs:',
    ...differing.map(
      ({ name, values }) =>
        `  ${name}: ${values.map(value => (value === null ? '-' : inertText(value))).join(' | ')}`,
    ),
    ...differing.flatMap(({ together }) => (together === null ? [] : [`${inertText(together)}.`])),
    ...(differing.some(({ together }) => together !== null)
      ? ['That goes together; it says nothing of a cause.']
      : []),
  ];
}
