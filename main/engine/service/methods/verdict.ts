import { basename } from 'node:path';
import type { Output } from '../../../contract/requests/index.ts';
import { caseAccount, compareAccounts, findingsIn, reportAccount } from '../../audit/index.ts';
import { caseSource, deriveReport, seenEvidence } from '../../report/index.ts';
import { waiveFinding, withdrawWaiver } from '../../review/index.ts';
import { aside } from '../aside/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';
import { mustBeFinding } from './review.ts';

/** Methods about the verdict, findings and agreement. */
export const verdictHandlers: Handlers<
  'verdict.get' | 'findings.list' | 'findings.waive' | 'findings.withdraw' | 'compare.reports'
> = {
  'verdict.get': (_, { session }) => verdictOf(session),
  'findings.list': (_, { session }) => findingRows(session),
  'findings.waive'({ key, reason, by }, { session }) {
    mustBeFinding(session, key);
    waiveFinding(session.theCase(), key, reason, by);
    return {};
  },
  'findings.withdraw'({ key, reason }, { session }) {
    withdrawWaiver(session.theCase(), key, reason);
    return {};
  },
  async 'compare.reports'({ locations, withCase, replays, quorum }, { session, signal, onProgress }) {
    const verifications = await aside('verify-reports', { paths: locations }, { signal, onProgress });
    const reports = verifications.map((verification, i) => {
      const path = locations[i] ?? '';
      return reportAccount(path, basename(path), verification);
    });
    const own = [
      ...replays.map(replay => caseAccount(session.theCase(), replay)),
      ...(withCase ? [caseAccount(session.theCase())] : []),
    ];
    return compareAccounts([...own, ...reports], quorum);
  },
};

/** The findings, with the step that each is about. */
function findingRows(session: Session): Output<'findings.list'> {
  const records = new Map(
    (session.chain().judged()?.evidence.evidence.records ?? []).map(record => [record.step, record]),
  );
  return findingsIn(session.theCase()).map(finding => {
    const { key, code, where, exhibits = [] } = finding;
    const [, step = '', ...rest] = key.split(':');
    const record = records.get(step) ?? records.get(where);
    const program = code.startsWith('closure.')
      ? (record?.observation?.programs.find(each => each.path === rest.join(':'))?.index ?? null)
      : null;
    return { ...finding, exhibits: [...exhibits], step: record ? { number: record.number, program } : null };
  });
}

function verdictOf(session: Session): Output<'verdict.get'> {
  const judged = session.chain().judged();
  if (!judged) return null;
  const report = deriveReport(
    caseSource(session.theCase()),
    seenEvidence(session.theCase(), judged.evidence),
  );
  const { verdict, headline, explanation, proved, notProved, counts, closure, seedReview } = report;
  const texts = (statements: typeof proved) => statements.map(({ text, evidence }) => ({ text, evidence }));
  return {
    verdict,
    completed: judged.judgement.completed,
    headline,
    explanation,
    proved: texts(proved),
    notProved: texts(notProved),
    counts,
    closure: closure.state,
    seedReview,
  };
}
