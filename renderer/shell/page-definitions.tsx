import {
  BoxIcon,
  ComparisonIcon,
  DashboardIcon,
  DiagramTreeIcon,
  EndorsedIcon,
  IssueIcon,
} from '@blueprintjs/icons';
import type { ReactNode } from 'react';
import type { PageId } from '../location.ts';

/** What the frame knows of each page. */
export interface PageDefinition {
  readonly id: PageId;
  readonly title: string;
  readonly icon: ReactNode;
}

/** The pages in the order of the work. */
export const PAGES: readonly PageDefinition[] = [
  { id: 'overview', title: 'Overview', icon: <DashboardIcon /> },
  { id: 'bundle', title: 'Bundle', icon: <BoxIcon /> },
  {
    id: 'seed',
    title: 'Seed',
    icon: (
      <span className="icon-01" aria-hidden="true">
        01
      </span>
    ),
  },
  { id: 'chain', title: 'Chain', icon: <DiagramTreeIcon /> },
  { id: 'findings', title: 'Findings', icon: <IssueIcon /> },
  { id: 'compare', title: 'Compare', icon: <ComparisonIcon /> },
  { id: 'report', title: 'Report', icon: <EndorsedIcon /> },
];
