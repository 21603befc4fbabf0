import { Store, useStore } from '../engine/index.ts';

/** Which replay the pages show: by its number, null for the newest. */
const shown = new Store<number | null>(null);

/** Shows a replay on all pages that show one; null for whichever is the newest. */
export function showReplay(replay: number | null): void {
  shown.set(replay);
}

/** The replay that is shown, null for the newest. */
export function useShownReplay(): number | null {
  return useStore(shown);
}

/** The parameter of a request that says which replay is meant. */
export function asked(replay: number | null): { readonly replay?: number } {
  return replay === null ? {} : { replay };
}
