import { preferences, Store } from '../engine/index.ts';

/** The dialogs of the frame, one at a time. */
export type DialogName =
  | 'palette'
  | 'shortcuts'
  | 'preferences'
  | 'about'
  | 'network'
  | 'new-case'
  | 'person'
  | 'tasks'
  | 'came-to-be';

export const dialog = new Store<DialogName | null>(null);

/** Whether a dialog of the frame is open, drawn or not yet. */
export function isDialogOpen(): boolean {
  return dialog.get() !== null;
}

export function openDialog(name: DialogName): void {
  dialog.set(name);
}

/** What the palette begins with: a prefix that asks for things of one kind. */
export const paletteStart = new Store('');

/** Opens the palette, for everything or for one kind of thing. */
export function openPalette(start: '' | '/' | '#' | '@' = ''): void {
  paletteStart.set(start);
  dialog.set('palette');
}

let answer: ((name: string | null) => void) | null = null;

export function closeDialog(): void {
  dialog.set(null);
  answer?.(null);
  answer = null;
}

/** Asks who works here, once; the name is written beside every event. Null when the person would not say. */
export function askPerson(): Promise<string | null> {
  const known = preferences.get()?.person?.name;
  if (known) return Promise.resolve(known);
  return new Promise(resolve => {
    answer = resolve;
    dialog.set('person');
  });
}

/** Gives the name that {@link askPerson} waits for. */
export function givePerson(name: string): void {
  const waits = answer;
  answer = null;
  dialog.set(null);
  waits?.(name);
}
