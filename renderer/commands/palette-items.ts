import { useEffect, useState } from 'react';
import { useStore } from '../engine/index.ts';
import { type Finder, type Found, finders } from './finders.ts';
import { commands } from './registry.ts';

/** One line of the palette. */
export interface PaletteItem extends Found {
  readonly group: string;
  readonly keys?: string | undefined;
}

/** Lines a finder may give where nobody asked for it alone, and where somebody did. */
const FEW = 6;
const MANY = 50;
/** How long typing rests before finders are asked, in milliseconds. */
const REST = 80;

/** What the palette lists for what is typed: actions at once, found things when they come. */
export function usePaletteItems(typed: string): readonly PaletteItem[] {
  const available = useStore(commands);
  const all = useStore(finders);
  const [found, setFound] = useState<readonly PaletteItem[]>([]);
  const prefix = typed.charAt(0);
  const asked = all.filter(finder => finder.prefix === prefix);
  const query = asked.length > 0 || prefix === '>' ? typed.slice(1).trim() : typed.trim();
  const searches = prefix === '>' ? [] : asked.length > 0 ? asked : query.length > 1 ? all : [];

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is searched follows from what is typed
  useEffect(() => {
    if (searches.length === 0) {
      setFound([]);
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const lists = await Promise.all(
        searches.map(finder => search(finder, query, asked.length > 0 ? MANY : FEW)),
      );
      if (current) setFound(lists.flat());
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed, all]);

  if (asked.length > 0) return found;
  const actions = available
    .filter(command => command.enabled !== false && command.listed !== false && matches(command.title, query))
    .map(({ id, title, group, keys, detail, run }) => ({
      id,
      title,
      group,
      keys,
      run,
      ...(detail !== undefined && { detail }),
    }));
  return [...actions, ...found];
}

async function search(finder: Finder, query: string, limit: number): Promise<PaletteItem[]> {
  try {
    const list = await finder.find(query, limit);
    const group = finder.name.charAt(0).toUpperCase() + finder.name.slice(1);
    return list.map(each => ({ ...each, group }));
  } catch {
    return [];
  }
}

/** Every word that is typed begins a word of the title. */
function matches(title: string, query: string): boolean {
  const words = title.toLowerCase().split(/[\s,]+/);
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(part => part !== '')
    .every(part => words.some(word => word.startsWith(part)));
}
