import { useEffect } from 'react';
import { Store } from '../engine/index.ts';
import { openDialog } from '../shell/dialogs.ts';
import { noteAtHand } from './at-hand.ts';

/** A file whose past can be asked for: of which replay, and as it stood before which step. */
export interface Subject {
  readonly path: string;
  /** Null for the newest replay. */
  readonly replay: number | null;
  /** Null for the file as it stands at the end. */
  readonly before: number | null;
}

/** The file that is selected on the page that is shown; null where none is. */
export const subject = new Store<Subject | null>(null);
/** The file that the dialog is about. */
export const askedSubject = new Store<Subject | null>(null);

/** Says which file is selected on a page, so that one key asks for its past from anywhere. */
export function useSubject(path: string | null | undefined, replay: number | null = null): void {
  useEffect(() => {
    if (!path) return undefined;
    const own: Subject = { path, replay, before: null };
    subject.set(own);
    noteAtHand({ path });
    return () => subject.set(now => (now === own ? null : now));
  }, [path, replay]);
}

/** Shows how a file came to be. */
export function showCameToBe(wanted: Subject): void {
  askedSubject.set(wanted);
  openDialog('came-to-be');
}
