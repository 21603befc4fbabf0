import { Button } from '@blueprintjs/core';
import { PanelStatsIcon } from '@blueprintjs/icons';
import type { ReactNode } from 'react';
import { useStore } from '../engine/index.ts';
import { drawer, toggleDrawer } from './drawer.ts';
import { Problems } from './Problems.tsx';

interface PageHeadProps {
  readonly title: string;
  /** What the page is about, beside its title. */
  readonly subject?: ReactNode;
  /** Controls that choose what is shown, after the title: a SegmentedControl. */
  readonly children?: ReactNode;
  /** At most four actions; the one primary last. */
  readonly actions?: ReactNode;
}

/** The 48 px head of a page. In a narrow window it opens the pane that became a drawer. What went wrong stands under it. */
export function PageHead({ title, subject, children, actions }: PageHeadProps) {
  const state = useStore(drawer);
  return (
    <>
      <div className="pagehead">
        <h1>{title}</h1>
        {children}
        <div className="pagehead-subject cut grow">{subject}</div>
        {state.label && (
          <Button
            size="small"
            variant="minimal"
            icon={<PanelStatsIcon />}
            active={state.open}
            aria-expanded={state.open}
            onClick={toggleDrawer}
          >
            {state.label}
          </Button>
        )}
        {actions}
      </div>
      <Problems />
    </>
  );
}
