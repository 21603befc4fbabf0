import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { inputError, type TaskOptions } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { buildTree } from './build-tree.ts';
import type { Sink } from './contained.ts';
import type { End } from './record.ts';
import { REPLAY_LIMITS, type ReplayInput, recordsOf } from './replay.ts';
import { runProgram } from './run-program.ts';
import { removeFolder } from './tree-folder.ts';

/** Where the output of a step that is run alone goes. */
export interface RerunOptions extends TaskOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/**
 * Runs one step of the newest replay alone, on the tree as it was before it, and records nothing. Throws `replay.none`,
 * `replay.no-such-step`, and `replay.not-reached` when the replay did not come that far.
 */
export async function rerunStep(
  theCase: Case,
  number: number,
  input: ReplayInput,
  options: RerunOptions,
): Promise<End> {
  const { plan, runtime, sources, seeds } = input;
  const replay = theCase.log.last('replay-started')?.replay;
  if (replay === undefined) {
    throw inputError('replay.none', 'the case has no replay', undefined, 'Start one with: assay replay CASE');
  }
  const step = plan.steps.find(each => each.number === number);
  if (step?.action !== 'run') {
    throw inputError('replay.no-such-step', `step ${number} is no program of the plan`);
  }
  const records = recordsOf(theCase, replay).filter(record => record.number < number);
  if (records.length < number - 1) {
    throw inputError('replay.not-reached', `replay ${replay} stopped before step ${number}`, {
      step: step.id,
    });
  }
  const scratch = join(theCase.scratch, `only-${number}`);
  removeFolder(scratch);
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  try {
    const root = join(realpathSync(scratch), 'root');
    const tree = await buildTree({ root, objects: theCase.objects, sources, seeds, records }, options);
    const setting = { tree, runtime, observer: null, scratch, signal: options.signal };
    return (await runProgram(step, { ...setting, limits: REPLAY_LIMITS }, options)).end;
  } finally {
    removeFolder(scratch);
  }
}
