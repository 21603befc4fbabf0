import { Store, useStore } from './engine/index.ts';

/** What each page can be opened at. Offsets are bytes, lines count from 1. */
export interface Targets {
  overview: { readonly section?: string };
  bundle: { readonly path?: string; readonly line?: number; readonly offset?: number };
  seed: { readonly seed?: string; readonly offset?: number; readonly length?: number };
  /** `program`: the place of a program among those that were seen in the step. */
  chain: {
    readonly replay?: number;
    readonly step?: number;
    readonly path?: string;
    readonly program?: number;
  };
  findings: { readonly finding?: string };
  compare: { readonly path?: string };
  report: { readonly section?: string };
}
export type PageId = keyof Targets;

/** The pages in the order of the work. */
export const PAGE_IDS: readonly PageId[] = [
  'overview',
  'bundle',
  'seed',
  'chain',
  'findings',
  'compare',
  'report',
];

interface Location {
  readonly page: PageId;
  readonly targets: { readonly [P in PageId]?: Targets[P] };
}

/** Which page is shown, and where each was last opened at. */
export const location = new Store<Location>({ page: 'overview', targets: {} });

/** Opens a page, at a place where one is given. */
export function go<P extends PageId>(page: P, target?: Targets[P]): void {
  location.set(old => ({ page, targets: target ? { ...old.targets, [page]: target } : old.targets }));
}

/** Where a page was last asked to open at: a new object for each asking. */
export function useTarget<P extends PageId>(page: P): Targets[P] | undefined {
  return useStore(location).targets[page] as Targets[P] | undefined;
}

/** Another case: no page is at any place of the case before. */
export function resetLocation(): void {
  location.set({ page: 'overview', targets: {} });
}
