import type { CompareDocument } from '../../contract/documents.ts';
import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { caseSource, type Report, readEvidence, type Verification } from '../report/index.ts';
import { type Artifact, agree, judge, quorum } from '../verdict/index.ts';

/** One account of a chain: a report that was checked, or the newest replay of a case. */
export interface ComparedAccount {
  /** What the reader calls it, for example the path of the report. */
  readonly path: string;
  readonly name: string;
  readonly valid: boolean;
  readonly signers: readonly { readonly identity: string; readonly fingerprint: string }[];
  /** Null for a report that could not be read. */
  readonly content:
    | (Pick<Report, 'verdict' | 'artifacts' | 'machine'> & {
        readonly kit: { readonly id: string; readonly version: string };
        readonly bundle: { readonly bundle: { readonly sha256: string } };
      })
    | null;
}

/** A checked report as an account. */
export function reportAccount(path: string, name: string, verification: Verification): ComparedAccount {
  const { valid, report, signatures } = verification;
  const signers = signatures.map(({ identity, fingerprint }) => ({ identity, fingerprint }));
  return { path, name, valid, signers, content: report };
}

/** The artifacts of the newest replay of a case, or of the one with a number. Throws `report.incomplete` or `replay.no-such`. */
export function caseArtifacts(theCase: Case, replay?: number): readonly Artifact[] {
  return judge(readEvidence(caseSource(theCase, replay), replay).evidence).artifacts;
}

/** The newest replay of a case as an account. Throws `report.incomplete`. */
export function caseAccount(theCase: Case): ComparedAccount {
  const { evidence, kit, bundle } = readEvidence(caseSource(theCase));
  const { verdict, artifacts } = judge(evidence);
  return {
    path: theCase.folder,
    name: theCase.name,
    valid: theCase.log.broken === null,
    signers: [],
    content: { verdict, artifacts: [...artifacts], machine: evidence.machine, kit: kit.kit, bundle },
  };
}

/**
 * Says whether accounts of one chain agree, artifact by artifact, and whether as many as `needed` (by default all) have the same
 * hash everywhere. Throws `usage.wrong` for fewer than two and `usage.quorum`.
 */
export function compareAccounts(
  accounts: readonly ComparedAccount[],
  needed = accounts.length,
): CompareDocument {
  if (accounts.length < 2) {
    throw inputError(
      'usage.wrong',
      'there is nothing to compare one report with',
      undefined,
      'Name two or more.',
    );
  }
  if (!Number.isInteger(needed) || needed < 1 || needed > accounts.length) {
    throw inputError('usage.quorum', `of ${accounts.length} reports, '${needed}' cannot agree`);
  }
  const agreement = agree(
    accounts.map(({ name, content }) => ({ name, artifacts: content?.artifacts ?? [] })),
  );
  const reached = quorum(agreement);
  const { firstDivergence } = agreement;
  return {
    reports: accounts.map(({ path, valid, signers, content }) => ({
      path,
      valid,
      verdict: content?.verdict ?? null,
      kit: content ? `${content.kit.id} ${content.kit.version}` : null,
      bundle: content?.bundle.bundle.sha256 ?? null,
      signers: [...signers],
      environment: content && environmentOf(content.machine),
    })),
    unanimous: agreement.unanimous,
    quorum: { needed, agreeing: reached },
    reached: agreement.rows.length > 0 && reached >= needed,
    firstDivergence: firstDivergence && { path: firstDivergence.path, step: firstDivergence.step },
    artifacts: agreement.rows.map(({ path, step, state, hashes }) => ({
      path,
      step,
      state,
      hashes: [...hashes],
    })),
  };
}

function environmentOf({ kernel, processor, runtime }: Report['machine']) {
  return { kernel, processor, runtime: `${runtime.name} ${runtime.version}` };
}
