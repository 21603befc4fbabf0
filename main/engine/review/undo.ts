import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { Action } from './model.ts';
import { reviewIn } from './of-log.ts';
import { reviewerIn } from './write.ts';

/**
 * Takes back an action of one's own: the newest in force, or the one that begins with event `event`. Nothing is deleted: undoing is an
 * event. Throws `undo.nothing` or `undo.not-yours`.
 */
export function undo(theCase: Case, event?: number, by?: string): Action {
  return toggle(theCase, 'undone', event, reviewerIn(theCase, by));
}

/** Does again what was undone last, as long as nothing else was done since; or the action that begins with event `event`. */
export function redo(theCase: Case, event?: number, by?: string): Action {
  return toggle(theCase, 'redone', event, reviewerIn(theCase, by));
}

function toggle(theCase: Case, type: 'undone' | 'redone', event: number | undefined, by: string): Action {
  const { actions } = reviewIn(theCase);
  const next = type === 'undone' ? actions.nextUndo(by) : actions.nextRedo(by);
  const action = event === undefined ? next : actions.at(event);
  if (!action || action.undone === (type === 'undone')) {
    const what = event === undefined ? `nothing of ${by}'s` : `no action at event ${event}`;
    throw inputError('undo.nothing', `there is ${what} to ${type === 'undone' ? 'undo' : 'do again'}`);
  }
  if (action.by !== by) {
    throw inputError('undo.not-yours', `event ${action.first} is by ${action.by}`);
  }
  theCase.log.append({ type, event: action.first }, undefined, by);
  return { ...action, undone: type === 'undone' };
}
