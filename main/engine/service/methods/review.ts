import { attachToFinding, findingsIn, proposalsFrom, takeOverProposals } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import {
  answerItem,
  checklistOf,
  commentOnFinding,
  raiseFinding,
  redo,
  removeExhibit,
  reopenFinding,
  resolveFinding,
  reviewIn,
  setScope,
  undo,
} from '../../review/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods about what people say of a case. */
export const reviewHandlers: Handlers<
  | 'checklist.get'
  | 'checklist.answer'
  | 'scope.get'
  | 'scope.set'
  | 'findings.comment'
  | 'findings.raise'
  | 'findings.resolve'
  | 'findings.reopen'
  | 'findings.attach'
  | 'findings.detach'
  | 'findings.proposals'
  | 'findings.take-over'
  | 'findings.comments'
  | 'review.next'
  | 'review.undo'
  | 'review.redo'
> = {
  'checklist.get': (_, { session }) => ({
    items: checklistOf(reviewIn(session.theCase()), session.kit().description.checklist),
  }),
  'checklist.answer'({ id, answer, note }, { session }) {
    answerItem(session.theCase(), session.kit().description.checklist, id, { answer, note });
    return {};
  },
  'scope.get': (_, { session }) => ({ scope: reviewIn(session.theCase()).scope() }),
  'scope.set'({ text }, { session }) {
    setScope(session.theCase(), text);
    return {};
  },
  'findings.comment'({ key, text }, { session }) {
    mustBeFinding(session, key);
    commentOnFinding(session.theCase(), key, text);
    return {};
  },
  'findings.raise': (finding, { session }) => ({ key: raiseFinding(session.theCase(), finding).key }),
  'findings.resolve'({ key, reason }, { session }) {
    mustBeFinding(session, key);
    resolveFinding(session.theCase(), key, reason);
    return {};
  },
  'findings.reopen'({ key, reason }, { session }) {
    mustBeFinding(session, key);
    reopenFinding(session.theCase(), key, reason);
    return {};
  },
  async 'findings.attach'({ key, exhibit }, { session }) {
    mustBeFinding(session, key);
    const tree = session.theCase().log.last('bundle-imported') ? (await session.bundle()).bundle : null;
    return { id: attachToFinding(session.theCase(), tree, key, exhibit).id };
  },
  'findings.detach'({ id }, { session }) {
    removeExhibit(session.theCase(), id);
    return {};
  },
  'findings.proposals'({ location }, { session, signal, onProgress }) {
    const { from, proposals } = proposalsFrom(session.theCase(), location, { signal, onProgress });
    return { from, proposals: [...proposals], taken: 0 };
  },
  'findings.take-over'({ location, numbers }, { session, signal, onProgress }) {
    const proposals = proposalsFrom(session.theCase(), location, { signal, onProgress });
    return { taken: takeOverProposals(session.theCase(), proposals, numbers) };
  },
  'findings.comments': (_, { session }) => ({
    comments: reviewIn(session.theCase())
      .comments()
      .filter(comment => 'finding' in comment.on)
      .map(comment => ({ ...comment })),
  }),
  'review.next'(_, { session }) {
    const { actions } = reviewIn(session.theCase());
    return { undo: actions.nextUndo(session.by), redo: actions.nextRedo(session.by) };
  },
  'review.undo': (_, { session }) => ({ action: undo(session.theCase()) }),
  'review.redo': (_, { session }) => ({ action: redo(session.theCase()) }),
};

/** Throws `finding.none` when the case has no finding of this key. */
export function mustBeFinding(session: Session, key: string): void {
  if (findingsIn(session.theCase()).some(finding => finding.key === key)) return;
  throw inputError('finding.none', 'there is no such finding');
}
