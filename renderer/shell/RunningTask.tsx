import { useEffect, useRef, useState } from 'react';
import { fractionOf, secondsLeft, stopTask, type Task, tasks, useStore } from '../engine/index.ts';
import { number, remaining } from '../parts/format.ts';
import { Mark } from '../parts/Mark.tsx';
import { openDialog } from './dialogs.ts';

/** The time now, renewed once a second while something runs, so that figures do not flicker. */
export function useSeconds(running: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** How far a task is, in few words: `29 s left`, `58 %`, nothing where nobody knows. */
export function taskState(task: Task, now: number): string {
  if (task.stopping) return 'stopping';
  const left = secondsLeft(task, now);
  if (left !== null) return remaining(left);
  const fraction = fractionOf(task);
  const { told, progress } = task;
  if (told && progress?.unit === 'steps') {
    const step = Math.min(progress.done + 1, progress.total ?? progress.done + 1);
    return `step ${number(step)} of ${number(progress.total ?? step)}`;
  }
  return fraction === null ? 'time unknown' : `${Math.floor(fraction * 100)} %`;
}

/** The oldest task under way, in the title bar: what, how long yet, Stop. */
export function RunningTask() {
  const all = useStore(tasks);
  const now = useSeconds(all.length > 0);
  const task = all[0];
  const spoken = useSpoken(task ? `${task.title}, ${taskState(task, now)}` : '');
  return (
    <>
      <span className="unseen" role="status">
        {spoken}
      </span>
      {task && (
        <span className="titlebar-task">
          <button type="button" className="titlebar-button" onClick={() => openDialog('tasks')}>
            <Mark name="running" />
            <span className="cut">
              {task.title}, {taskState(task, now)}
              {all.length > 1 && `, ${all.length - 1} more`}
            </span>
          </button>
          {!task.stopping && (
            <button
              type="button"
              className="titlebar-stop"
              title={task.leaves}
              onClick={() => stopTask(task.name)}
            >
              Stop
            </button>
          )}
        </span>
      )}
    </>
  );
}

/** What readers of the screen are told: changes of the task at once, its time every ten seconds. */
function useSpoken(words: string): string {
  const [spoken, setSpoken] = useState('');
  const latest = useRef(words);
  latest.current = words;
  const title = words.split(',')[0];
  useEffect(() => {
    setSpoken(latest.current);
    if (!title) return undefined;
    const timer = setInterval(() => setSpoken(latest.current), 10_000);
    return () => clearInterval(timer);
  }, [title]);
  return spoken;
}
