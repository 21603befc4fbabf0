import type { CompareDocument } from '../../contract/documents.ts';
import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { Machine } from '../replay/index.ts';
import {
  type CaseEvidence,
  caseSource,
  type Report,
  readEvidence,
  type Verification,
} from '../report/index.ts';
import {
  type Agreement,
  type Artifact,
  agree,
  artifactName,
  isPublished,
  judge,
  quorum,
} from '../verdict/index.ts';
import { environmentRows } from './compare-environment.ts';
import { replayStatuses } from './status.ts';

/** One account of a chain: a report that was checked, or a replay of a case. */
export interface ComparedAccount {
  readonly kind: 'replay' | 'report';
  /** What the reader calls it, for example the path of the report. */
  readonly path: string;
  readonly name: string;
  /** Number of a replay of a case. */
  readonly replay: number | null;
  readonly completed: boolean | null;
  /** Whether it is a replay that runs now. */
  readonly running: boolean;
  readonly valid: boolean;
  readonly signers: readonly { readonly identity: string; readonly fingerprint: string }[];
  /** Null for a report that could not be read. */
  readonly content: AccountContent | null;
}

/** What an account says. */
export interface AccountContent {
  readonly verdict: Report['verdict'];
  readonly artifacts: readonly Artifact[];
  readonly machine: Machine;
  readonly mode: Report['mode'];
  readonly kit: {
    readonly id: string;
    readonly version: string;
    readonly description: { readonly sha256: string };
  };
  readonly bundle: { readonly bundle: { readonly sha256: string } };
  /** Steps whose results were taken over from an earlier replay. */
  readonly reused: number;
}

/** A checked report as an account. */
export function reportAccount(path: string, name: string, verification: Verification): ComparedAccount {
  const { valid, report, signatures } = verification;
  const signers = signatures.map(({ identity, fingerprint }) => ({ identity, fingerprint }));
  const content = report && { ...report, reused: report.steps.filter(step => step.reused !== null).length };
  return {
    kind: 'report',
    path,
    name,
    replay: null,
    completed: null,
    running: false,
    valid,
    signers,
    content,
  };
}

/** The artifacts of the newest replay of a case, or of the one with a number. Throws `report.incomplete` or `replay.no-such`. */
export function caseArtifacts(theCase: Case, replay?: number): readonly Artifact[] {
  return judge(readEvidence(caseSource(theCase, replay), replay).evidence).artifacts;
}

/** The newest replay of a case as an account, or the one with a number. Throws `report.incomplete` or `replay.no-such`. */
export function caseAccount(theCase: Case, number?: number): ComparedAccount {
  // Before the evidence is read: a replay that ends meanwhile is said to run, never one that runs to have stopped.
  const running = replayStatuses(theCase).find(status => status.running)?.number;
  const read = readEvidence(caseSource(theCase, number), number);
  const { verdict, artifacts, completed } = judge(read.evidence);
  const { replay } = read.replay.started;
  return {
    kind: 'replay',
    path: theCase.folder,
    name: `Replay ${replay}`,
    replay,
    completed,
    running: running === replay && !read.replay.finished,
    valid: theCase.log.broken === null,
    signers: [],
    content: { verdict, artifacts, ...contentOf(read) },
  };
}

function contentOf({ evidence, kit, kitApplied, bundle, replay }: CaseEvidence) {
  return {
    machine: evidence.machine,
    mode: replay.started.mode,
    kit: { id: kit.kit.id, version: kit.kit.version, description: kitApplied.description },
    bundle,
    reused: evidence.records.filter(record => record.reused !== null && record.reused !== undefined).length,
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
  checkUsage(accounts.length, needed);
  const agreement = agree(
    accounts.map(({ name, content, running }) => ({ name, running, artifacts: content?.artifacts ?? [] })),
  );
  const agreeing = quorum(agreement);
  const reached = agreement.rows.length > 0 && agreeing >= needed;
  const first = agreement.firstDivergence;
  const artifacts = artifactRows(agreement, accounts);
  return {
    reports: accounts.map(account => reportOf(account)),
    unanimous: agreement.unanimous,
    quorum: { needed, agreeing },
    reached,
    says: agreementText(
      agreement,
      { agreeing, needed },
      accounts.filter(each => each.running),
    ),
    environment: environmentRows(accounts, artifacts.find(row => row.path === first?.path) ?? null),
    firstDivergence: first && divergenceOf(agreement, first),
    artifacts,
  };
}

function checkUsage(count: number, needed: number): void {
  if (count < 2) {
    throw inputError(
      'usage.wrong',
      'there is nothing to compare one report with',
      undefined,
      'Name two or more.',
    );
  }
  if (!Number.isInteger(needed) || needed < 1 || needed > count) {
    throw inputError('usage.quorum', `of ${count} reports, '${needed}' cannot agree`);
  }
}

function reportOf(account: ComparedAccount): CompareDocument['reports'][number] {
  const { path, valid, signers, content, kind, name, replay, completed, running } = account;
  return {
    path,
    valid,
    verdict: content?.verdict ?? null,
    kit: content ? `${content.kit.id} ${content.kit.version}` : null,
    bundle: content?.bundle.bundle.sha256 ?? null,
    signers: [...signers],
    environment: content && environmentOf(content.machine),
    kind,
    name,
    replay,
    completed,
    running,
  };
}

function agreementText(
  { rows, accounts, firstDivergence }: Agreement,
  { agreeing, needed }: CompareDocument['quorum'],
  running: readonly ComparedAccount[],
): string {
  if (running.length > 0) {
    const names = running.map(({ name }) => name).join(' and ');
    const ended = running.length === 1 ? 'it ends' : 'they end';
    return `${names} still ${running.length === 1 ? 'runs' : 'run'}: ${firstDivergence ? 'something differs' : 'nothing differs'} so far; who agrees is known when ${ended}`;
  }
  if (rows.length === 0) return 'None of them has an artifact';
  const all = accounts.length;
  const who =
    agreeing === all ? `All ${all} agree` : agreeing < 2 ? 'No two agree' : `${agreeing} of ${all} agree`;
  const quorumText = `the quorum of ${needed} is ${agreeing >= needed ? 'reached' : 'not reached'}`;
  return `${who} on every artifact; ${quorumText}`;
}

function divergenceOf(
  { rows }: Agreement,
  first: Agreement['rows'][number],
): CompareDocument['firstDivergence'] {
  const later = rows.slice(rows.indexOf(first) + 1).filter(row => row.state !== 'agrees').length;
  const says =
    later === 0
      ? 'Later artifacts agree, so the difference is not carried on'
      : `${later} later ${later === 1 ? 'artifact does' : 'artifacts do'} not agree either; that may only follow from this one`;
  return { path: first.path, step: first.step, later, says };
}

function artifactRows(
  agreement: Agreement,
  accounts: readonly ComparedAccount[],
): CompareDocument['artifacts'] {
  const maps = accounts.map(
    ({ content }) => new Map((content?.artifacts ?? []).map(artifact => [artifactName(artifact), artifact])),
  );
  return agreement.rows.map(({ path, step, state, hashes }) => {
    const artifacts = maps.map(map => map.get(path) ?? null);
    return {
      path,
      step,
      state,
      hashes: [...hashes],
      expected: expectedHash(artifacts),
      sizes: artifacts.map(artifact => artifact?.size ?? null),
      verdicts: artifacts.map(artifact => artifact?.verdict ?? null),
    };
  });
}

/** The one hash that was published for a file, by whom soever. */
function expectedHash(artifacts: readonly (Artifact | null)[]): string | null {
  const hashes = new Set(
    artifacts.flatMap(artifact =>
      artifact && isPublished(artifact) ? artifact.expectations.map(({ sha256 }) => sha256) : [],
    ),
  );
  const [only] = hashes;
  return hashes.size === 1 && only !== undefined ? only : null;
}

function environmentOf({ kernel, processor, runtime }: Machine) {
  return { kernel, processor, runtime: `${runtime.name} ${runtime.version}` };
}
