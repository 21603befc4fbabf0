import { useEffect, useSyncExternalStore } from 'react';
import { preferences, useStored } from '../engine/index.ts';

const DARK = window.matchMedia('(prefers-color-scheme: dark)');

/** Whether the window is dark now: by choice, or as the system is. */
export function useDark(): boolean {
  const chosen = useStored(preferences, all => all?.theme ?? 'system');
  const system = useSyncExternalStore(
    listener => {
      DARK.addEventListener('change', listener);
      return () => DARK.removeEventListener('change', listener);
    },
    () => DARK.matches,
  );
  return chosen === 'system' ? system : chosen === 'dark';
}

/** Puts the theme on the page. */
export function useTheme(): void {
  const dark = useDark();
  useEffect(() => {
    document.body.classList.toggle('bp6-dark', dark);
  }, [dark]);
}
