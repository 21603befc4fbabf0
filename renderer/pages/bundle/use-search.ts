import { useEffect, useState } from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { ask, asProblem } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';

/** A place that was found. */
export interface Hit {
  readonly path: string;
  /** From 1; null where the file is no text. */
  readonly line: number | null;
  readonly offset: number | null;
  /** The line, or bytes as hex; null when only the name was looked for. */
  readonly excerpt: string | null;
}

export interface Search {
  readonly hits: readonly Hit[];
  /** What was found, or what is going on. */
  readonly words: string;
  readonly problem: string | null;
  /** True until what was typed last is answered; the hits are then of what was typed before. */
  readonly busy: boolean;
}

/** How long typing rests before the engine is asked, in milliseconds. */
const REST = 150;
const LIMIT = 2000;

/** What was typed: a name, `/` and a text in contents, `#` and bytes in contents. */
function queryOf(typed: string): { readonly text: string; readonly in: 'name' | 'content' | 'bytes' } {
  if (typed.startsWith('/')) return { text: typed.slice(1), in: 'content' };
  if (typed.startsWith('#')) return { text: typed.slice(1).trim(), in: 'bytes' };
  return { text: typed.trim(), in: 'name' };
}

const NOTHING: Search = { hits: [], words: '', problem: null, busy: false };

/** Searches while somebody types; a search that is out of date is stopped. */
export function useSearch(typed: string, kind: BundleRow['kind'] | null): Search {
  const [search, setSearch] = useState(NOTHING);
  useEffect(() => {
    const query = queryOf(typed);
    if (query.text === '' && (kind === null || query.in !== 'name')) {
      setSearch(typed === '' ? NOTHING : { ...NOTHING, words: 'Type what the content holds' });
      return undefined;
    }
    const stop = new AbortController();
    setSearch(old => ({ ...old, words: 'Searching…', problem: null, busy: true }));
    const timer = setTimeout(async () => {
      try {
        const words = { title: 'Search the bundle', leaves: 'Stopping changes nothing.' };
        const found = await ask(
          'bundle.search',
          { ...query, kind, limit: LIMIT },
          { signal: stop.signal, words },
        );
        if (!stop.signal.aborted)
          setSearch({ hits: found.hits, words: wordsOf(found, query.in), problem: null, busy: false });
      } catch (error) {
        if (!stop.signal.aborted)
          setSearch({ hits: [], words: '', problem: asProblem(error).message, busy: false });
      }
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed, kind]);
  return search;
}

function wordsOf(
  found: { readonly hits: readonly Hit[]; readonly truncated: boolean },
  within: 'name' | 'content' | 'bytes',
): string {
  if (found.truncated) return `The first ${counted(found.hits.length, 'hit')}`;
  if (within === 'name') return counted(found.hits.length, 'entry', 'entries');
  const files = new Set(found.hits.map(hit => hit.path)).size;
  return `${counted(found.hits.length, 'place')} in ${counted(files, 'file')}`;
}
