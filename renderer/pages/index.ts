import { type ComponentType, lazy } from 'react';
import type { PageId } from '../location.ts';

/** The pages, each loaded when it is first opened. */
export const PAGE_COMPONENTS: Readonly<Record<PageId, ComponentType>> = {
  overview: lazy(() => import('./overview/Overview.tsx')),
  bundle: lazy(() => import('./bundle/Bundle.tsx')),
  seed: lazy(() => import('./seed/Seed.tsx')),
  chain: lazy(() => import('./chain/Chain.tsx')),
  findings: lazy(() => import('./findings/Findings.tsx')),
  compare: lazy(() => import('./compare/Compare.tsx')),
  report: lazy(() => import('./report/Report.tsx')),
};
