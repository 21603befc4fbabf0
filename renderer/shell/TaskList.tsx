import { Button } from '@blueprintjs/core';
import type { RequestProgress } from '../../main/contract/channel.ts';
import { fractionOf, stopTask, type Task, tasks, useStore } from '../engine/index.ts';
import { bytes, duration, number } from '../parts/format.ts';
import { Inert } from '../parts/Inert.tsx';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { taskState, useSeconds } from './RunningTask.tsx';

/** The tray: each task with its part, how much is done, how long it may take yet, and what stopping it leaves. */
export function TaskList() {
  const all = useStore(tasks);
  const now = useSeconds(all.length > 0);
  if (all.length === 0) return <p className="t2 tasks-none">Nothing runs.</p>;
  return (
    <ul className="tasks">
      {all.map(task => (
        <TaskRow key={task.name} task={task} now={now} />
      ))}
    </ul>
  );
}

function TaskRow({ task, now }: { readonly task: Task; readonly now: number }) {
  const { progress } = task;
  return (
    <li>
      <div className="task-head">
        <strong className="cut">{task.title}</strong>
        <span className="grow" />
        <span className="t2">{taskState(task, now)}</span>
        <Button size="small" disabled={task.stopping} onClick={() => stopTask(task.name)}>
          Cancel
        </Button>
      </div>
      <ProgressBar fraction={fractionOf(task)} label={task.title} />
      <div className="task-foot t2">
        {progress && <span>{amountDone(progress)}</span>}
        {progress?.detail && <Inert text={progress.detail} cut />}
        <span className="grow" />
        <span>{duration((now - task.started) / 1000)}</span>
      </div>
      <p className="t3">{task.leaves}</p>
    </li>
  );
}

/** `hashing: 794 MB of 1.37 GB` */
function amountDone({ task, done, total, unit }: RequestProgress): string {
  const amount = (value: number) => (unit === 'bytes' ? bytes(value) : number(value));
  const of = total === undefined ? '' : ` of ${amount(total)}`;
  return `${task}: ${amount(done)}${of}${unit === 'bytes' ? '' : ` ${unit}`}`;
}
