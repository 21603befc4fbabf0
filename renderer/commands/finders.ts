import { useEffect } from 'react';
import { Store } from '../engine/index.ts';

/** Something that the palette found. */
export interface Found {
  readonly id: string;
  /** Its name; shown inert. */
  readonly title: string;
  readonly detail?: string;
  /** True where the title is data: a path, an address. */
  readonly mono?: boolean;
  readonly run: () => void;
}

/** Finds things of one kind by what is typed: files after `/`, bytes after `#`, findings after `@`. */
export interface Finder {
  readonly prefix: '/' | '#' | '@';
  /** The kind, in the plural: `files`. */
  readonly name: string;
  find(query: string, limit: number): Promise<readonly Found[]> | readonly Found[];
}

export const finders = new Store<readonly Finder[]>([]);

/** Offers a finder while the component is there. */
export function useFinder(finder: Finder | null): void {
  useEffect(() => {
    if (!finder) return undefined;
    finders.set(all => [...all, finder]);
    return () => finders.set(all => all.filter(each => each !== finder));
  }, [finder]);
}
