import { Store } from '../engine/index.ts';

/** Something that was selected on a page and can be laid beside a finding. */
export type AtHand =
  | { readonly step: number }
  | { readonly path: string; readonly line?: number }
  | { readonly path: string; readonly range: { readonly offset: number; readonly length: number } };

/** So many of each kind are offered. */
const KEPT = 3;

/** What was selected last, the newest first. */
export const atHand = new Store<readonly AtHand[]>([]);

/** Remembers what is selected, so that a finding can take it. */
export function noteAtHand(thing: AtHand): void {
  const key = JSON.stringify(thing);
  atHand.set(all => {
    const others = all.filter(each => JSON.stringify(each) !== key);
    const alike = others.filter(each => kindOf(each) === kindOf(thing)).slice(0, KEPT - 1);
    return [thing, ...others.filter(each => kindOf(each) !== kindOf(thing) || alike.includes(each))];
  });
}

function kindOf(thing: AtHand): string {
  return 'step' in thing ? 'step' : 'range' in thing ? 'bytes' : 'file';
}

/** Another case: nothing of the one before can be attached. */
export function forgetAtHand(): void {
  atHand.set([]);
}
