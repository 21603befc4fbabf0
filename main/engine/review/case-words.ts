import { inputError } from '../base/index.ts';
import type { Answer, Case, EventOf, Role } from '../case/index.ts';
import { raisedKey } from './folds.ts';
import type { Act, Comment, RaisedFinding, Scope } from './model.ts';
import { type Review, reviewIn } from './review.ts';
import { act, byId, freshIds } from './write.ts';

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
