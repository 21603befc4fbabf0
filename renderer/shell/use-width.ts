import { useSyncExternalStore } from 'react';

const NARROW = window.matchMedia('(max-width: 1100px)');

/** Whether the window is too narrow for a pane at the right. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    listener => {
      NARROW.addEventListener('change', listener);
      return () => NARROW.removeEventListener('change', listener);
    },
    () => NARROW.matches,
  );
}

/** What follows from the width of the window, as it is now; `of` gives the same for the same width. */
export function useWidth<T extends number | boolean>(of: (width: number) => T): T {
  return useSyncExternalStore(
    listener => {
      window.addEventListener('resize', listener);
      return () => window.removeEventListener('resize', listener);
    },
    () => of(window.innerWidth),
  );
}
