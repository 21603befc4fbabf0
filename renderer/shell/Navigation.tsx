import { EndorsedIcon, FolderOpenIcon } from '@blueprintjs/icons';
import type { KeyboardEvent } from 'react';
import type { CaseSummary, Method } from '../../main/contract/requests/index.ts';
import { tasks, useEngine, useStore, useStored } from '../engine/index.ts';
import { go, location, type PageId } from '../location.ts';
import { Mark } from '../parts/Mark.tsx';
import { useReading } from '../reading/reading.ts';
import { PAGES, type PageDefinition } from './page-definitions.tsx';
import { type Known, pageState, runningState } from './page-states.ts';

/** The seven pages in the order of the work, each with its state. */
export function Navigation({ summary }: { readonly summary: CaseSummary | null | undefined }) {
  const { page } = useStore(location);
  const report = useReading();
  const asked = summary && !summary.broken ? {} : null;
  const { value: overview } = useEngine('case.overview', asked);
  const { value: coverage } = useEngine('seed.coverage', asked);
  return (
    <nav className="nav" aria-label="Pages" data-pane="navigation" onKeyDown={moveBetween}>
      {report ? (
        <div className="nav-entry nav-shown">
          <EndorsedIcon />
          <span className="nav-name">Report</span>
          <span className="nav-line cut">Read-only, no case</span>
        </div>
      ) : summary === undefined ? null : summary ? (
        PAGES.map(each => (
          <Entry key={each.id} page={each} known={{ summary, overview, coverage }} shown={each.id === page} />
        ))
      ) : (
        <div className="nav-entry nav-shown">
          <FolderOpenIcon />
          <span className="nav-name">No case</span>
          <span className="nav-line">Open or create one</span>
        </div>
      )}
      <div className="grow" />
      {summary && !report && (
        <div className="nav-foot">
          <div className="cut">{summary.kit ? `Kit ${summary.kit.id} ${summary.kit.version}` : 'No kit'}</div>
          <div className="cut">{summary.readonly ? 'Open read-only' : `${summary.by}`}</div>
        </div>
      )}
    </nav>
  );
}

/** What a page works at. */
const RUNS: Partial<Record<PageId, Method>> = {
  bundle: 'bundle.import',
  chain: 'replay.run',
  compare: 'compare.reports',
  report: 'report.export',
};

interface EntryProps {
  readonly page: PageDefinition;
  readonly known: Known;
  readonly shown: boolean;
}

function Entry({ page, known, shown }: EntryProps) {
  const running = useStored(tasks, all => all.find(task => task.method === RUNS[page.id]));
  const state = running ? runningState(running) : pageState(page.id, known);
  return (
    <button
      type="button"
      className={`nav-entry${shown ? ' nav-shown' : ''}`}
      aria-current={shown ? 'page' : undefined}
      title={`${page.title}: ${state.line}`}
      onClick={() => go(page.id)}
    >
      {page.icon}
      <span className="nav-name">{page.title}</span>
      <span className="nav-mark">
        {state.mark && <Mark name={state.mark} />}
        {state.says && <span className="unseen">{state.says}</span>}
      </span>
      <span className="nav-line cut">{state.line}</span>
    </button>
  );
}

/** Up and Down go from entry to entry; every entry is also a stop of Tab. */
function moveBetween(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button.nav-entry')];
  const next = entries[entries.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
