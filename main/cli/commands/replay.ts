import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import {
  appliedKit,
  type Case,
  checkSeeds,
  endText,
  openCase,
  plural,
  type RerunComparison,
  replayCase,
  replayStatus,
  rerunCaseStep,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { modeOf } from '../common.ts';
import { addContainerOptions, type ContainerOptions, containerSettings } from '../container-options.ts';
import { makeOutput } from '../output.ts';
import { failedStepText } from '../summary.ts';
import { stopOnSignals } from '../tasks.ts';
import { bundleOf } from './case.ts';

interface ReplayOptions extends CaseOptions, ContainerOptions {
  readonly mode: string;
  readonly again?: boolean;
  readonly only?: string;
}

/** `assay replay CASE`: replays the chain, goes on where a replay stopped, or runs one step alone. */
export function replayCommand(program: Command): void {
  const command = program
    .command('replay')
    .description('replay the chain of a case, or go on where a replay stopped')
    .argument('<case>', 'folder of the case')
    .option('--mode <mode>', 'stepped, unaided (the chain drives itself), or both, compared', 'stepped')
    .option('--again', 'replay once more although a replay has finished')
    .option('--only <step>', 'run the step of this number alone, record nothing, show what it prints')
    .option(...BY)
    .option(...DATE)
    .action(replay);
  addContainerOptions(command);
}

async function replay(folder: string, options: ReplayOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  using theCase = openCase(folder, opening(options));
  const kit = appliedKit(theCase);
  using bundle = await bundleOf(theCase, kit);
  if (theCase.log.of('seed-checked').length === 0) checkSeeds(theCase, kit, bundle, []);
  const runtime = options.runtime === undefined ? {} : { runtime: options.runtime };
  const signal = stopOnSignals(output.note);
  if (options.only !== undefined) {
    await runOnly(theCase, Number(options.only), { json: output.json, signal, ...runtime });
    return;
  }
  const outcome = await replayCase(theCase, kit, bundle, {
    ...containerSettings(options),
    signal,
    onProgress: output.onProgress,
    mode: modeOf(options.mode),
    again: options.again ?? false,
  });
  const status = replayStatus(theCase);
  output.result(status, () =>
    outcome.failure
      ? failedStepText(outcome.failure)
      : `Replay ${status?.number} finished, ${status?.steps} steps`,
  );
  process.exitCode = outcome.failure ? 1 : 0;
}

interface OnlyOptions {
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly runtime?: string;
}

async function runOnly(theCase: Case, number: number, { json, ...options }: OnlyOptions): Promise<void> {
  const kit = appliedKit(theCase);
  using bundle = await bundleOf(theCase, kit);
  const { stdout, stderr } = process;
  const sinks = { stdout: json ? stderr : stdout, stderr };
  const { end, compared } = await rerunCaseStep(theCase, kit, bundle, number, { ...options, ...sinks });
  makeOutput(json).result({ step: number, end, compared }, () =>
    [`Step ${number}: ${endText(end)}`, ...(compared ? [rerunText(compared)] : [])].join('\n'),
  );
  process.exitCode = end.how === 'exited' && end.status === 0 ? 0 : 1;
}

/** What of a step that was run alone is as it was recorded. */
function rerunText({ end, stdout, stderr, same, different }: RerunComparison): string {
  const others = [!end && 'how it ended', !stdout && 'its output', !stderr && 'its errors'].filter(Boolean);
  if (others.length + different.length === 0) return `As recorded: ${plural(same, 'file')}, end and output`;
  return ['Not as recorded:', ...others, ...different.map(inertText)].join('\n  ');
}
