import { Button } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import type { RequestProgress } from '../../main/contract/channel.ts';
import { fractionOf, secondsLeft, stopTask, type Task } from '../engine/index.ts';
import { bytes, duration, number, remaining } from '../parts/format.ts';
import { Inert } from '../parts/Inert.tsx';
import { Mark, type MarkName } from '../parts/Mark.tsx';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { PageHead } from '../shell/PageHead.tsx';
import { MainPane, Panes } from '../shell/Panes.tsx';
import { useSeconds } from '../shell/RunningTask.tsx';

/** An import while it runs: only what was measured. */
export function Importing({ task }: { readonly task: Task }) {
  const now = useSeconds(true);
  const fraction = fractionOf(task);
  const left = secondsLeft(task, now);
  const { progress } = task;
  return (
    <>
      <PageHead
        title="Bundle"
        subject={progress?.detail && <Inert text={progress.detail} cut />}
        actions={
          <Button
            size="small"
            icon={<CrossIcon />}
            disabled={task.stopping}
            onClick={() => stopTask(task.name)}
          >
            {task.stopping ? 'Cancelling' : 'Cancel import'}
          </Button>
        }
      />
      <Panes>
        <MainPane label="Import">
          <div className="scroll import">
            <div className="import-head">
              <h2 className="verdict-sentence">
                {fraction === null ? 'Importing' : `Importing, ${Math.floor(fraction * 100)} %`}
              </h2>
              <span className="t2">{left === null ? 'time not known yet' : `about ${remaining(left)}`}</span>
            </div>
            <ProgressBar fraction={fraction} label="Import" />
            <dl className="tiles">
              <Tile name="Done" value={progress ? amountOf(progress) : '0'} />
              <Tile name="Speed" value={speedOf(task, now)} />
              <Tile name="Elapsed" value={duration((now - task.started) / 1000)} />
            </dl>
            <Parts task={task} now={now} />
            <p className="t2">{task.leaves}</p>
          </div>
        </MainPane>
      </Panes>
    </>
  );
}

function Tile({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What is over and what runs. */
function Parts({ task, now }: { readonly task: Task; readonly now: number }) {
  return (
    <table className="table import-parts">
      <thead>
        <tr>
          <th className="table-mark">
            <span className="unseen">State</span>
          </th>
          <th>What</th>
          <th className="num">Done</th>
          <th className="num">Time</th>
        </tr>
      </thead>
      <tbody>
        {task.finished.map(part => (
          <Part key={part.progress.task} mark="done" progress={part.progress} seconds={part.seconds} />
        ))}
        {task.progress && (
          <Part mark="running" progress={task.progress} seconds={(now - task.partStarted) / 1000} />
        )}
      </tbody>
    </table>
  );
}

interface PartProps {
  readonly mark: MarkName;
  readonly progress: RequestProgress;
  readonly seconds: number;
}

function Part({ mark, progress, seconds }: PartProps) {
  return (
    <tr className={mark === 'running' ? 'table-now' : undefined}>
      <td className="table-mark">
        <span className={`mark-${mark}`}>
          <Mark name={mark} />
          <span className="unseen">{mark}</span>
        </span>
      </td>
      <td>{progress.task}</td>
      <td className="num">{amountOf(progress)}</td>
      <td className="num">{duration(seconds)}</td>
    </tr>
  );
}

/** `794 MB of 1.37 GB` */
function amountOf({ done, total, unit }: RequestProgress): string {
  const amount = (value: number) => (unit === 'bytes' ? bytes(value) : number(value));
  return total === undefined ? amount(done) : `${amount(done)} of ${amount(total)}`;
}

/** The measured rate of the part that runs; nothing in its first second. */
function speedOf({ progress, partStarted, partFrom }: Task, now: number): string {
  const seconds = (now - partStarted) / 1000;
  if (!progress || seconds < 1) return 'not measured yet';
  const rate = (progress.done - partFrom) / seconds;
  return progress.unit === 'bytes' ? `${bytes(rate)}/s` : `${number(Math.round(rate))} ${progress.unit}/s`;
}
