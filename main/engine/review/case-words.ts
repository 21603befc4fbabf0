import { inputError } from '../base/index.ts';
import type { Answer, Case, EventOf, Exhibited, Role } from '../case/index.ts';
import { raisedKey } from './folds.ts';
import type { Act, Attachment, Comment, RaisedFinding, Scope } from './model.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';
import { act, byId, freshIds, reviewerIn } from './write.ts';

/** A question of a kit that a person has to answer. */
export interface ChecklistQuestion {
  readonly id: string;
  readonly role: Role;
  readonly text: string;
}

/** An item of the checklist with its newest answer. */
export interface AnsweredItem extends ChecklistQuestion {
  readonly answer: Answer;
  readonly note: string;
  /** Who answered; null while nobody has. */
  readonly answered: Act | null;
}

/** The checklist as it stands: every item of the kit, answered or open. */
export function checklistOf(review: Review, items: readonly ChecklistQuestion[]): AnsweredItem[] {
  return items.map(({ id, role, text }) => {
    const given = review.answer(id);
    if (!given) return { id, role, text, answer: 'open', note: '', answered: null };
    const { answer, note, by, at, event } = given;
    return { id, role, text, answer, note, answered: { by, at, event } };
  });
}

/** Answers an item of the checklist. Throws `checklist.unknown`, and `checklist.no-note` for what is not applicable without saying why. */
export function answerItem(
  theCase: Case,
  items: readonly ChecklistQuestion[],
  id: string,
  given: { readonly answer: Answer; readonly note: string },
  by?: string,
): AnsweredItem {
  const item = items.find(each => each.id === id);
  if (!item) {
    throw inputError(
      'checklist.unknown',
      `the checklist has no item '${id}'`,
      undefined,
      items.length > 0 ? `Its items: ${items.map(each => each.id).join(', ')}.` : 'The kit asks nothing.',
    );
  }
  if (given.answer === 'not-applicable' && given.note.trim() === '') {
    throw inputError('checklist.no-note', `say why '${id}' is not applicable`, undefined, 'Use --note.');
  }
  act(theCase, [{ type: 'checklist-answered', item: id, ...given }], by);
  return checklistOf(reviewIn(theCase), [item])[0] as AnsweredItem;
}

/** Says what the audit covers and what it does not; an empty text takes that back. */
export function setScope(theCase: Case, text: string, by?: string): Scope | null {
  act(theCase, [{ type: 'scope-set', text }], by);
  return reviewIn(theCase).scope();
}

/** Raises a finding of one's own. */
export function raiseFinding(
  theCase: Case,
  finding: Pick<EventOf<'finding-raised'>, 'severity' | 'message' | 'where'>,
  by?: string,
): RaisedFinding {
  const [id = ''] = freshIds(theCase, 1);
  act(theCase, [{ type: 'finding-raised', id, ...finding }], by);
  return byId(reviewIn(theCase).raised(), id, 'finding');
}

/**
 * Says what settled a finding that a person raised. What the evidence itself says can be waived, not resolved. Throws
 * `finding.from-evidence`.
 */
export function resolveFinding(theCase: Case, key: string, reason: string, by?: string): RaisedFinding {
  const raised = reviewIn(theCase).raised();
  const finding = raised.find(each => each.key === key);
  if (!finding) {
    throw inputError(
      'finding.from-evidence',
      'this finding follows from the evidence and stays as long as that does',
      undefined,
      'Accept it with a reason: assay waive CASE F-01 --reason TEXT',
    );
  }
  act(theCase, [{ type: 'finding-resolved', id: finding.id, reason }], by);
  return (
    reviewIn(theCase)
      .raised()
      .find(each => each.key === raisedKey(finding.id)) ?? finding
  );
}

/** Says why a finding that was settled is open again. Throws `finding.not-settled`. */
export function reopenFinding(theCase: Case, key: string, reason: string, by?: string): RaisedFinding {
  const finding = reviewIn(theCase)
    .raised()
    .find(each => each.key === key && each.resolution !== null);
  if (!finding) {
    throw inputError(
      'finding.not-settled',
      'this finding was not settled by a person',
      undefined,
      'A waiver is taken back by: assay waive CASE F-01 --withdraw --reason TEXT',
    );
  }
  act(theCase, [{ type: 'finding-reopened', id: finding.id, reason }], by);
  return { ...finding, resolution: null };
}

/** Lays a piece of evidence beside a finding, by its key. */
export function attachExhibit(theCase: Case, finding: string, exhibit: Exhibited, by?: string): Attachment {
  const [id = ''] = freshIds(theCase, 1);
  act(theCase, [{ type: 'exhibit-attached', id, finding, exhibit }], by);
  return byId(reviewIn(theCase).attachments(), id, 'exhibit');
}

/** Takes away a piece of evidence that one laid beside a finding oneself. Throws `review.unknown` and `exhibit.not-yours`. */
export function removeExhibit(theCase: Case, id: string, by?: string): void {
  const attached = byId(reviewIn(theCase).attachments(), id, 'exhibit');
  if (attached.by !== reviewerIn(theCase, by)) {
    throw inputError('exhibit.not-yours', `${attached.by} attached it; only they can take it away`);
  }
  act(theCase, [{ type: 'exhibit-removed', id: attached.id }], by);
}

/** Comments on a finding, by its key. */
export function commentOnFinding(theCase: Case, finding: string, text: string, by?: string): Comment {
  const [id = ''] = freshIds(theCase, 1);
  act(theCase, [{ type: 'finding-commented', id, finding, text }], by);
  return byId(reviewIn(theCase).comments(), id, 'comment');
}

/** Accepts what a finding says, by its key. It stays in the report, with the reason. */
export function waiveFinding(theCase: Case, finding: string, reason: string, by?: string): void {
  act(theCase, [{ type: 'finding-waived', finding, reason }], by);
}

/** Takes a waiver back. Throws `waive.not-waived`. */
export function withdrawWaiver(theCase: Case, finding: string, reason: string, by?: string): void {
  if (
    !reviewIn(theCase)
      .waivers()
      .some(waiver => waiver.finding === finding)
  ) {
    throw inputError('waive.not-waived', 'this finding is not waived', { file: theCase.folder });
  }
  act(theCase, [{ type: 'waiver-withdrawn', finding, reason }], by);
}
