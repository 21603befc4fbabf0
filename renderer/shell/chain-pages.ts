import type { CaseSummary } from '../../main/contract/requests/index.ts';
import type { PageId } from '../location.ts';

const OF_A_CHAIN: ReadonlySet<PageId> = new Set(['bundle', 'chain', 'compare', 'report']);

/** Whether a page is about a chain and the case has none: without a kit, binaries are reviewed by themselves. */
export function needsChain(page: PageId, { kit, bundle }: Pick<CaseSummary, 'kit' | 'bundle'>): boolean {
  return kit === null && bundle === null && OF_A_CHAIN.has(page);
}
