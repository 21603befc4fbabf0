import { type KeyboardEvent, useCallback, useRef } from 'react';

/** Keys that follow within this many milliseconds are one word. */
const PAUSE = 800;

/**
 * Searching by typing: gives the place that `find` has for what was typed so far, or -1 when the key is no letter or nothing
 * fits. A letter in `reserved` is the page's own key and begins no word, but may stand in one.
 */
export function useTypeAhead(
  reserved = '',
): (event: KeyboardEvent, find: (typed: string) => number) => number {
  const typed = useRef({ text: '', at: Number.NEGATIVE_INFINITY });
  return useCallback(
    (event, find) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return -1;
      const now = performance.now();
      const last = now - typed.current.at < PAUSE ? typed.current.text : '';
      if (last === '' && (event.key === ' ' || reserved.includes(event.key.toLowerCase()))) return -1;
      const text = last + event.key;
      typed.current = { text, at: now };
      return find(text);
    },
    [reserved],
  );
}
