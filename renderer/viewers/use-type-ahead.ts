import { type KeyboardEvent, useCallback, useRef } from 'react';
import { commands } from '../commands/index.ts';
import { preferences } from '../engine/index.ts';

/** Keys that follow within this many milliseconds are one word. */
const PAUSE = 800;

/**
 * Searching by typing: gives the place that `find` has for what was typed so far, or -1 when the key is no letter or nothing
 * fits. A letter that is a key of the page's own begins no word, but may stand in one.
 */
export function useTypeAhead(): (event: KeyboardEvent, find: (typed: string) => number) => number {
  const typed = useRef({ text: '', at: Number.NEGATIVE_INFINITY });
  return useCallback((event, find) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return -1;
    const now = performance.now();
    const last = now - typed.current.at < PAUSE ? typed.current.text : '';
    if (last === '' && (event.key === ' ' || isCommand(event.key))) return -1;
    const text = last + event.key;
    typed.current = { text, at: now };
    return find(text);
  }, []);
}

function isCommand(key: string): boolean {
  if (preferences.get()?.singleKeys === false) return false;
  return commands.get().some(each => each.enabled !== false && each.keys === key.toUpperCase());
}
