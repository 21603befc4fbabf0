import { basename, resolve } from 'node:path';
import { inputError, sha256OfFile, type TaskOptions } from '../base/index.ts';
import { type Case, isCase, type NewEvent, openCase, type TakenFrom } from '../case/index.ts';
import { verifyReport } from '../report/index.ts';
import { act, freshIds } from '../review/index.ts';
import type { Finding } from '../verdict/index.ts';
import { appliedKit } from './prepare.ts';
import { findingsIn } from './status.ts';

/** What an earlier audit said of a finding, for a person to agree to here. It is nothing here until somebody does. */
export interface Proposal {
  /** From 1, in the order of the earlier audit. */
  readonly number: number;
  /** `waiver`: somebody accepted it there; `raised`: a person raised it there. */
  readonly what: 'waiver' | 'raised';
  readonly key: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly where: string;
  /** Of a waiver. */
  readonly reason: string | null;
  /** Who said it there. */
  readonly by: string;
  /** `new`: it can be taken over; `here`: it is so here already; `absent`: this case has no such finding to waive. */
  readonly state: 'new' | 'here' | 'absent';
}

/** What an earlier audit proposes, and which audit that was. */
export interface Proposals {
  readonly from: TakenFrom;
  readonly proposals: readonly Proposal[];
}

/**
 * What a sealed report or the folder of another case says of findings of the same kit: waivers, and findings that people raised and
 * nobody settled. Changes nothing. Throws `proposals.not-valid`, `proposals.other-chain`.
 */
export function proposalsFrom(theCase: Case, path: string, options: TaskOptions = {}): Proposals {
  const earlier = isCase(path) ? fromCase(path) : fromReport(path, options);
  const kit = appliedKit(theCase).description.kit.id;
  if (earlier.kit !== kit) {
    throw inputError('proposals.other-chain', `it is of ${earlier.kit}, not of ${kit}`, { file: path });
  }
  const own = new Map(findingsIn(theCase).map(finding => [finding.key, finding]));
  const raisedHere = new Set([...own.values()].map(({ message, where }) => `${message}\0${where}`));
  const said = earlier.findings.filter(({ raised, waiver, state }) => waiver || (raised && state === 'open'));
  const proposals = said.map((finding, i): Proposal => {
    const { key, severity, message, where, waiver, raised } = finding;
    const what = raised ? 'raised' : 'waiver';
    const here = own.get(key);
    const known = raised ? raisedHere.has(`${message}\0${where}`) : here?.state === 'waived';
    const state = known ? 'here' : raised || here ? 'new' : 'absent';
    const by = waiver?.by ?? raised?.by ?? '';
    return { number: i + 1, what, key, severity, message, where, reason: waiver?.reason ?? null, by, state };
  });
  return { from: earlier.from, proposals };
}

/**
 * Takes proposals over, by their numbers, as the word of who works here; the log says where each came from. Throws
 * `proposals.unknown` for a number that is none, or that cannot be taken over.
 */
export function takeOverProposals(
  theCase: Case,
  { from, proposals }: Proposals,
  numbers: readonly number[],
  by?: string,
): number {
  const ids = freshIds(theCase, numbers.length);
  const events = numbers.map((number, i): NewEvent => {
    const proposal = proposals.find(each => each.number === number);
    if (proposal?.state !== 'new') {
      throw inputError('proposals.unknown', `proposal ${number} cannot be taken over here`);
    }
    const origin = { ...from, by: proposal.by };
    const { key, severity, message, where, reason } = proposal;
    if (proposal.what === 'waiver') {
      return { type: 'finding-waived', finding: key, reason: reason ?? '', origin };
    }
    return { type: 'finding-raised', id: ids[i] ?? '', severity, message, where, origin };
  });
  act(theCase, events, by);
  return events.length;
}

interface Earlier {
  readonly kit: string;
  readonly from: TakenFrom;
  readonly findings: readonly Finding[];
}

function fromReport(path: string, options: TaskOptions): Earlier {
  const { valid, report, problems } = verifyReport(path, options);
  if (!report || !valid) {
    const why = problems[0]?.message ?? 'it is none';
    throw inputError('proposals.not-valid', `the report does not verify: ${why}`, { file: path });
  }
  const from = {
    source: 'report',
    name: basename(resolve(path)),
    sha256: sha256OfFile(path).sha256,
  } as const;
  return { kit: report.kit.id, from, findings: report.findings };
}

function fromCase(path: string): Earlier {
  using earlier = openCase(path, { readonly: true });
  const from = { source: 'case', name: earlier.name, sha256: earlier.log.head.root } as const;
  return { kit: appliedKit(earlier).description.kit.id, from, findings: findingsIn(earlier) };
}
