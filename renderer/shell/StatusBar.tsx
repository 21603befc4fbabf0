import { CubeIcon, HistoryIcon } from '@blueprintjs/icons';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { networkState, useEngine, useStore } from '../engine/index.ts';
import { number } from '../parts/format.ts';
import { Hash } from '../parts/Hash.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { NetworkIcon } from '../parts/NetworkIcon.tsx';
import { clockSeconds } from '../parts/time.ts';
import { openDialog } from './dialogs.ts';
import { networkWords } from './network.ts';

/** The network as measured, what replays run in, the log's head and its check, two hints. */
export function StatusBar({ summary }: { readonly summary: CaseSummary | null | undefined }) {
  const network = useStore(networkState);
  const words = networkWords(network);
  return (
    <footer className="statusbar">
      <span className={`network-${words.level}`}>
        <NetworkIcon open={words.level === 'window-open' || words.level === 'engine-open'} />
        <span className="cut">
          Network: {words.short.toLowerCase()}
          {network && `, measured ${clockSeconds(network.at)}`}
        </span>
      </span>
      <Runtime />
      {summary && (
        <span>
          <HistoryIcon />
          <span className="cut">
            Log {number(summary.events)} events, head <Hash value={summary.logHead} />
            {summary.broken ? `, broken at event ${summary.broken.seq}` : ', checked'}
          </span>
        </span>
      )}
      <span className="grow" />
      <span className="statusbar-hint">
        <Kbd keys="F6" /> next pane
      </span>
      <button type="button" className="statusbar-hint" onClick={() => openDialog('shortcuts')}>
        <Kbd keys="?" /> shortcuts
      </button>
    </footer>
  );
}

/** The runtime that a replay would use, and the observer, as they were tried. */
function Runtime() {
  const { value: machine, problem } = useEngine('machine.describe', {}, { once: true });
  const runtime = machine?.runtimes.find(each => each.works);
  const words = problem
    ? 'This machine could not be tried'
    : !machine
      ? 'Trying this machine'
      : [
          runtime ? [runtime.name, runtime.version].filter(Boolean).join(' ') : 'No container runtime works',
          machine.observer.works
            ? ['strace', machine.observer.version].filter(Boolean).join(' ')
            : 'no observer',
        ].join(', ');
  return (
    <span>
      <CubeIcon />
      <span className="cut">{words}</span>
    </span>
  );
}
