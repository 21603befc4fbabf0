import type { Problem } from './seal/index.ts';

/** What a verification looked at. */
export interface Examined {
  /** Files in the container. */
  readonly files: number;
  readonly signatures: number;
  /** Events of the log; null when the log could not be read. */
  readonly events: number | null;
  readonly statements: number;
  /** Whether the page was laid out again and compared; another Assay or Node may lay it out differently. */
  readonly page: boolean;
}

/** One part of a verification and what came of it. */
export interface VerifiedPart {
  readonly id: 'sums' | 'signatures' | 'log' | 'seeds' | 'plan' | 'statements' | 'derivation';
  readonly title: string;
  /** `not-checked`: something before it was so wrong that it could not be looked at. */
  readonly state: 'passed' | 'failed' | 'not-checked';
  readonly detail: string;
}

const SIGNATURE_CODES =
  /^(seal\.(bad-signature|no-signature|too-many-signatures|signature-name)|signature\.|sshsig\.|sign-off\.|annotation-file\.bad-signature)/;

/** Sorts what was found by the part of the report that it speaks of, so that a reader sees what was checked and what failed. */
export function verifiedParts(problems: readonly Problem[], examined: Examined): VerifiedPart[] {
  const of = (pattern: RegExp) => problems.filter(({ code }) => pattern.test(code));
  const signatures = of(SIGNATURE_CODES);
  const read = examined.events !== null;
  const named = [signatures, of(/^(log|checkpoint)\./), of(/^seed\./), of(/^plan\./), of(/^statement\./)];
  const derived = of(/^(report|evidence|review|annotation-file)\./);
  const rest = problems.filter(problem => ![...named, derived].some(group => group.includes(problem)));
  const part = (
    id: VerifiedPart['id'],
    title: string,
    found: readonly Problem[],
    good: string,
    checked = true,
  ): VerifiedPart => {
    if (found.length > 0) return { id, title, state: 'failed', detail: problemsText(found) };
    return checked
      ? { id, title, state: 'passed', detail: good }
      : { id, title, state: 'not-checked', detail: 'could not be looked at, see the problems' };
  };
  const [, log = [], seeds = [], plan = [], statements = []] = named;
  return [
    part('sums', 'SHA256SUMS', rest, `${examined.files} files, every one listed and equal`),
    part('signatures', 'Signatures', signatures, `${examined.signatures} good`),
    part('log', 'Event log', log, `${examined.events} events, unbroken, head equals the checkpoint`, read),
    part('seeds', 'Seeds', seeds, 'hashes and assembly from source computed again', read),
    part('plan', 'Plan', plan, 'read again from the build description', read),
    part('statements', 'Statements', statements, `${examined.statements} follow from the evidence`, read),
    part(
      'derivation',
      'Report derived again',
      derived,
      examined.page
        ? 'report.json and the page, byte for byte'
        : 'report.json; the page is by another Assay or Node and was not laid out again',
      read,
    ),
  ];
}

function problemsText(problems: readonly Problem[]): string {
  const [first] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return `${first?.message ?? ''}${more}`;
}
