import { Button } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { attempt, desktop, engineState, networkState, useStore } from '../engine/index.ts';
import { sentenceOf } from '../parts/format.ts';
import { Inert } from '../parts/Inert.tsx';
import { Mark } from '../parts/Mark.tsx';
import { NetworkIcon } from '../parts/NetworkIcon.tsx';
import { openDialog } from './dialogs.ts';
import { networkWords } from './network.ts';

/** What must not be overlooked: it stands under the title bar for as long as it is so. */
export function Alarms({ summary }: { readonly summary: CaseSummary | null | undefined }) {
  return (
    <>
      <NetworkAlarm />
      <EngineAlarm />
      {summary?.broken && <BrokenLogAlarm broken={summary.broken} />}
    </>
  );
}

interface AlarmProps {
  readonly grave: boolean;
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

function Alarm({ grave, icon, title, children, actions }: AlarmProps) {
  return (
    <div className={`alarm${grave ? ' alarm-grave' : ''}`} role="alert">
      {icon}
      <strong>{title}</strong>
      <span className="grow selectable">{children}</span>
      {actions}
    </div>
  );
}

/** Assay promises that nothing leaves the machine: where that was measured to be untrue, nothing says it more quietly. */
function NetworkAlarm() {
  const { level, sentence } = networkWords(useStore(networkState));
  if (level === 'isolated' || level === 'unknown') return null;
  return (
    <Alarm
      grave
      icon={<NetworkIcon open />}
      title="Network not isolated"
      actions={
        <Button size="small" onClick={() => openDialog('network')}>
          What was measured
        </Button>
      }
    >
      {sentence}
    </Alarm>
  );
}

/** The engine ended: what that did, and that nothing was lost. */
function EngineAlarm() {
  const engine = useStore(engineState);
  if (!engine || engine.state === 'ready' || engine.state === 'starting') return null;
  if (engine.state === 'restarting') {
    return (
      <Alarm grave={false} icon={<Mark name="running" />} title="The engine ended and is started again">
        Every event up to then is in the log; a replay resumes at the step it was in.
      </Alarm>
    );
  }
  return (
    <Alarm
      grave
      icon={<Mark name="failed" />}
      title="The engine does not run"
      actions={
        <Button
          size="small"
          onClick={() => void attempt('The engine was not started', () => desktop('engine.restart', {}))}
        >
          Start it again
        </Button>
      }
    >
      <Inert text={sentenceOf(engine.problem?.message ?? 'it ended several times in a row')} prose />. The
      case on disk is whole; nothing can be read or changed until the engine runs.
    </Alarm>
  );
}

/** A log that is not whole is shown as it is and never repaired. */
function BrokenLogAlarm({ broken }: { readonly broken: NonNullable<CaseSummary['broken']> }) {
  return (
    <Alarm grave icon={<Mark name="failed" />} title={`The log is broken at event ${broken.seq}`}>
      <Inert text={sentenceOf(broken.problem)} prose />. The case is open read-only: what is shown up to event{' '}
      {Math.max(0, broken.seq - 1)} was checked, nothing after it. Nothing is repaired; restore the folder
      from a copy.
    </Alarm>
  );
}
