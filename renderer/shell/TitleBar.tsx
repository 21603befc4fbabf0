import { EndorsedIcon, PersonIcon, SearchIcon } from '@blueprintjs/icons';
import type { Grant } from '../../main/contract/grants.ts';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { preferences, useStore } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { Mark } from '../parts/Mark.tsx';
import { CaseSwitcher } from './CaseSwitcher.tsx';
import { openDialog, openPalette } from './dialogs.ts';
import { NetworkChip } from './NetworkChip.tsx';
import { caseVerdict } from './page-states.ts';
import { RunningTask } from './RunningTask.tsx';
import { WindowButtons } from './WindowButtons.tsx';

interface TitleBarProps {
  readonly summary: CaseSummary | null | undefined;
  /** The report that is read in place of a case. */
  readonly report: Grant | null;
}

/** The bar that the window is dragged by; its controls are not. */
export function TitleBar({ summary, report }: TitleBarProps) {
  const person = useStore(preferences)?.person;
  return (
    <header className="titlebar">
      <span className="titlebar-name">
        <EndorsedIcon />
        <span>Assay</span>
      </span>
      {summary && <CaseSwitcher summary={summary} />}
      {(report || summary === null) && (
        <span className="titlebar-none cut">
          {report ? <Inert text={nameOf(report)} cut /> : 'No case open'}
        </span>
      )}
      {summary && <VerdictChip summary={summary} />}
      <span className="grow" />
      <button type="button" className="titlebar-find" onClick={() => openPalette()}>
        <SearchIcon />
        <span className="cut">Go to page, byte, file, action</span>
        <Kbd keys="Ctrl K" />
      </button>
      <RunningTask />
      <NetworkChip />
      <span className="titlebar-rule" />
      <button
        type="button"
        className="titlebar-button titlebar-person"
        onClick={() => openDialog('preferences')}
        title="Who works here"
      >
        <PersonIcon />
        <span className="cut">{person ? `${person.name}, ${person.role}` : 'No name set'}</span>
      </button>
      <WindowButtons />
    </header>
  );
}

function VerdictChip({ summary }: { readonly summary: CaseSummary }) {
  const { mark, words } = caseVerdict(summary);
  return (
    <span className={`titlebar-verdict mark-${mark}`}>
      <Mark name={mark} />
      <span className="cut">{words}</span>
    </span>
  );
}

function nameOf({ label }: Grant): string {
  return label.slice(label.lastIndexOf('/') + 1);
}
