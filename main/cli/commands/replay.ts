import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import {
  appliedKit,
  askToStop,
  type Case,
  endText,
  inputError,
  openCase,
  plural,
  type RerunComparison,
  recheckSeeds,
  replayCase,
  replayStatus,
  rerunCaseStep,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { modeOf } from '../common.ts';
import { addContainerOptions, type ContainerOptions, containerSettings } from '../container-options.ts';
import { makeOutput, type Output } from '../output.ts';
import { failedStepText, takenText } from '../summary.ts';
import { stopOnSignals } from '../tasks.ts';
import { bundleOf } from './case.ts';

interface ReplayOptions extends CaseOptions, ContainerOptions {
  readonly mode: string;
  readonly again?: boolean;
  readonly resume?: boolean;
  readonly stop?: boolean;
  readonly only?: string;
  readonly of?: string;
}

/** `assay replay CASE`: replays the chain, goes on where a replay stopped, or runs one step alone. */
export function replayCommand(program: Command): void {
  const command = program
    .command('replay')
    .description('replay the chain of a case, or go on where a replay stopped')
    .argument('<case>', 'folder of the case')
    .option('--mode <mode>', 'stepped, unaided (the chain drives itself), or both, compared', 'stepped')
    .option('--again', 'replay once more although a replay has finished')
    .option(
      '--resume',
      'go on where the newest replay stopped or failed, as it was run; a failed one by a new replay that takes over what its steps gave',
    )
    .option('--stop', 'ask the replay of the case that runs elsewhere to end after the step that runs now')
    .option(
      '--only <step>',
      'run the step of this number again on its inputs, record nothing, show what it prints and whether it gave the same',
    )
    .option('--of <replay>', 'with --only: the replay whose step it is; by default the newest of steps')
    .option(...BY)
    .option(...DATE)
    .action(replay);
  addContainerOptions(command);
}

async function replay(folder: string, options: ReplayOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  if (options.stop) {
    stopElsewhere(folder, output);
    return;
  }
  using theCase = openCase(folder, opening(options));
  const kit = appliedKit(theCase);
  using bundle = await bundleOf(theCase, kit);
  recheckSeeds(theCase, kit, bundle);
  const runtime = options.runtime === undefined ? {} : { runtime: options.runtime };
  const signal = stopOnSignals(output.note);
  if (options.only !== undefined) {
    const of = options.of === undefined ? {} : { replay: Number(options.of) };
    await runOnly(theCase, Number(options.only), { json: output.json, signal, ...runtime, ...of });
    return;
  }
  if (options.of !== undefined) throw inputError('usage.wrong', '--of belongs to --only');
  if (options.resume && (options.again || options.reuse))
    throw inputError('usage.wrong', '--resume does not go with --again or --reuse');
  const outcome = await replayCase(theCase, kit, bundle, {
    ...containerSettings(options),
    signal,
    onProgress: output.onProgress,
    mode: modeOf(options.mode),
    again: options.again ?? false,
    resume: options.resume ?? false,
  });
  const status = replayStatus(theCase);
  output.result(status, () =>
    outcome.failure
      ? failedStepText(outcome.failure)
      : `Replay ${status?.number} finished, ${plural(status?.steps ?? 0, 'step')}${status ? takenText(status) : ''}`,
  );
  process.exitCode = outcome.failure ? 1 : 0;
}

function stopElsewhere(folder: string, output: Output): void {
  using theCase = openCase(folder, { readonly: true });
  askToStop(theCase);
  const status = replayStatus(theCase);
  output.result(status, () => `Replay ${status?.number} ends after the step that runs; go on with --resume`);
}

interface OnlyOptions {
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly runtime?: string;
  readonly replay?: number;
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
