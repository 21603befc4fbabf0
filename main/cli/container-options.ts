import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ReplayCaseOptions, RUNTIMES } from '../engine/index.ts';

/** What the user said about containers. */
export interface ContainerOptions {
  readonly runtime?: string;
  readonly observer: 'on' | 'off';
  readonly reuse?: boolean;
  readonly stepMemory?: number;
  readonly stepProcesses?: number;
  readonly stepOutput?: number;
  readonly jobs?: number;
}

/** Adds to a command the options that tell how steps are run. */
export function addContainerOptions(command: Command): Command {
  const names = RUNTIMES.map(runtime => runtime.name).join(', ');
  return command
    .option('--runtime <name>', `one of ${names}; by default the first that works here`)
    .addOption(
      new Option('--observer <on|off>', 'whether to watch what runs; without it nothing is proved of closure')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option(
      '--reuse',
      'take over what an earlier replay of the case recorded of a step, where all that it used is the same; the report says so',
    )
    .option(
      '--jobs <n>',
      'steps that may run at once, where they say what they read and write; the evidence is the same',
      positive,
    )
    .option('--step-memory <GiB>', 'memory that a step may take, by default 16', positive)
    .option('--step-processes <n>', 'processes that a step may have at once, by default 10000', positive)
    .option(
      '--step-output <MiB>',
      'standard output that a step may print, and as much standard error, by default 16',
      positive,
    );
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1_000_000)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** What the options mean to the engine. */
export function containerSettings(
  options: ContainerOptions,
): Pick<ReplayCaseOptions, 'runtime' | 'observe' | 'reuse' | 'jobs' | 'stepLimits'> {
  const { runtime, observer, reuse, jobs = 1, stepMemory, stepProcesses, stepOutput } = options;
  return {
    ...(runtime !== undefined && { runtime }),
    observe: observer === 'on',
    reuse: reuse ?? false,
    jobs: Math.max(1, Math.round(jobs)),
    stepLimits: {
      ...(stepMemory !== undefined && { memory: Math.round(stepMemory * 2 ** 30) }),
      ...(stepProcesses !== undefined && { processes: Math.round(stepProcesses) }),
      ...(stepOutput !== undefined && { output: Math.round(stepOutput * 2 ** 20) }),
    },
  };
}
