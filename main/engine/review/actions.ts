import type { ReviewEvent, UndoEvent } from '../case/index.ts';
import type { Action } from './model.ts';
import type { Undoable } from './subjects.ts';

interface OpenAction extends Undoable {
  readonly by: string;
  readonly first: number;
  last: number;
  readonly type: ReviewEvent['type'];
}

/** A person's doings in order: actions, and which were undone and redone. */
type Doing =
  | { readonly action: OpenAction }
  | { readonly undone: OpenAction }
  | { readonly redone: OpenAction };

/** Everything people did in a review, action by action, and what they took back. */
export class Actions {
  readonly #byFirst = new Map<number, OpenAction>();
  readonly #people = new Map<string, Doing[]>();
  #newest: OpenAction | null = null;

  /** Takes an event into its action. Gives the action, or what is wrong. */
  take(event: ReviewEvent): OpenAction | string {
    if (event.action === undefined || event.action === event.seq) return this.#begin(event);
    const action = this.#newest;
    if (action?.first !== event.action || action.last !== event.seq - 1 || action.by !== event.by)
      return 'does not follow the action that it says it belongs to';
    action.last = event.seq;
    return action;
  }

  #begin({ by, seq, type }: ReviewEvent): OpenAction {
    const action = { by, first: seq, last: seq, type, undone: false };
    this.#newest = action;
    this.#byFirst.set(seq, action);
    this.#doingsOf(by).push({ action });
    return action;
  }

  /** Takes an action back, or takes that back. Gives null, or what is wrong. */
  toggle({ type, event, by }: UndoEvent): string | null {
    const action = this.#byFirst.get(event);
    if (!action) return 'names no action of the review';
    if (action.by !== by) return 'is about an action of somebody else';
    const undo = type === 'undone';
    if (action.undone === undo) return undo ? 'undoes what is undone' : 'redoes what was not undone';
    action.undone = undo;
    this.#doingsOf(by).push(undo ? { undone: action } : { redone: action });
    return null;
  }

  /** The action at this number as it stands, null when there is none. */
  at(first: number): Action | null {
    const action = this.#byFirst.get(first);
    return action ? { ...action } : null;
  }

  /** What a person would undo next: the newest own action in force. */
  nextUndo(by: string): Action | null {
    const newest = this.#doingsOf(by).findLast(doing => 'action' in doing && !doing.action.undone);
    return newest && 'action' in newest ? { ...newest.action } : null;
  }

  /** What a person would redo next: what was undone last, as long as nothing else was done since. */
  nextRedo(by: string): Action | null {
    const undone: OpenAction[] = [];
    for (const doing of this.#doingsOf(by)) {
      if ('action' in doing) undone.length = 0;
      else if ('undone' in doing) undone.push(doing.undone);
      else undone.splice(undone.lastIndexOf(doing.redone), 1);
    }
    const last = undone.at(-1);
    return last ? { ...last } : null;
  }

  #doingsOf(by: string): Doing[] {
    const known = this.#people.get(by);
    if (known) return known;
    const doings: Doing[] = [];
    this.#people.set(by, doings);
    return doings;
  }
}
