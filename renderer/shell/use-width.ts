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
