import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputError } from '../base/index.ts';
import type { Case } from './case.ts';
import { hold, isHeld } from './hold.ts';

/** The file that is held while a replay of a case runs. */
const REPLAYING = 'replaying.db';
/** The file by which another process asks that the replay ends after its running step. */
const STOP = 'stop-after-step';
/** For so long a look at whether a replay runs is waited for, in milliseconds. */
const LOOK = 5000;

type Folder = Pick<Case, 'folder'>;

/** A replay that runs, as other processes see it. */
export interface Replaying {
  /** Whether somebody asked that it ends after the running step. */
  stopAsked(): boolean;
  end(): void;
}

/** Says that a replay of a case runs, until its end or that of the process. */
export function beginReplaying({ folder }: Folder): Replaying {
  const [held, stop] = [join(folder, REPLAYING), join(folder, STOP)];
  const release = hold(held, LOOK);
  rmSync(stop, { force: true });
  return {
    stopAsked: () => existsSync(stop),
    end() {
      release?.();
      for (const path of [held, stop]) rmSync(path, { force: true });
    },
  };
}

/** Whether a replay of a case runs, in this process or another. */
export function isReplaying({ folder }: Folder): boolean {
  return isHeld(join(folder, REPLAYING));
}

/** Asks the replay that runs, in whatever process, to end after its running step. Throws `replay.not-running`. */
export function askToStop(theCase: Folder): void {
  if (!isReplaying(theCase))
    throw inputError('replay.not-running', 'no replay of the case runs', { file: theCase.folder });
  writeFileSync(join(theCase.folder, STOP), '');
}
