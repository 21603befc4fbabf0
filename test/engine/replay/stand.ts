import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { canonicalBytes, fixedClock } from '../../../main/engine/base/index.ts';
import { type Case, createCase } from '../../../main/engine/case/index.ts';
import { type Plan, planSchema, type Step } from '../../../main/engine/chain/index.ts';
import {
  chooseObserver,
  chooseRuntime,
  type ReplayInput,
  type ReplayOptions,
  type ReplayOutcome,
  runReplay,
  type StepRecord,
  stepRecordSchema,
} from '../../../main/engine/replay/index.ts';
import { type SourceFile, sourcesOf } from './sources.ts';
import { compileTool } from './tool.ts';

/** A step of a test's plan that runs `/tool` with operations. */
export function toolStep(number: number, operations: string[], more: Partial<Step> = {}): Step {
  return {
    ...{ number, id: `step-${number}`, stage: 'all', title: `Step ${number}` },
    ...{ origin: { file: 'plan', line: number }, action: 'run' },
    ...{ argv: ['./tool', ...operations], program: 'tool', cwd: '/', environment: [] },
    ...{ inputs: [], outputs: [], timeoutSeconds: 60, expectedStatus: 0 },
    ...more,
  } as Step;
}

/** A step of a test's plan in which the workstation makes a folder. */
export function folderStep(number: number, path: string): Step {
  const origin = { file: 'plan', line: number };
  return { number, id: `step-${number}`, stage: 'all', title: 'Folder', origin, action: 'mkdir', path };
}

/** A plan of steps. */
export function planOf(steps: Step[], results: string[] = []): Plan {
  return planSchema.parse({
    format: 1,
    reader: 'steps',
    results,
    stages: [{ id: 'all', title: 'All' }],
    steps,
  });
}

const [bubblewrap, unshare] = await Promise.all(
  ['bubblewrap', 'unshare'].map(name => chooseRuntime(name).catch(() => null)),
);
const observer = await chooseObserver();

/** What this machine has: tests that need a thing it lacks are skipped with the reason. */
export const machine = { bubblewrap, unshare, observer, tool: compileTool() };
/** For a test's `skip` option. */
export const lacking: string | false = !machine.tool
  ? 'no C compiler (apt-get install gcc libc6-dev)'
  : !bubblewrap
    ? 'no bubblewrap'
    : !observer
      ? 'no strace'
      : false;

/** A case in a new folder, with a clock that stands still. */
export function newCase(): Case {
  const folder = mkdtempSync(join(tmpdir(), 'assay-replay-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return createCase(join(folder, 'case'), 'test', '0', { clock: fixedClock('2026-11-24T11:15:00Z') });
}

/** What a test replays, with the tool as a seed. */
export function inputOf(
  theCase: Case,
  plan: Plan,
  files: Record<string, SourceFile> = {},
  more: Partial<ReplayInput> = {},
): ReplayInput {
  if (!bubblewrap || !machine.tool) throw new Error('check `lacking` first');
  const seed = theCase.objects.put(readFileSync(machine.tool));
  return {
    ...{ plan, planRef: theCase.objects.put(canonicalBytes(plan)), sources: sourcesOf(files) },
    ...{ seeds: [{ path: 'tool', sha256: seed.sha256 }], runtime: bubblewrap, observer, ...more },
  };
}

/** What a test looks at after a replay. */
export interface Played {
  readonly theCase: Case;
  readonly outcome: ReplayOutcome;
  readonly records: StepRecord[];
  /** What step n printed on standard output. */
  printed(number: number): string;
}

/** Replays steps in a new case. */
export async function play(
  steps: Step[],
  files: Record<string, SourceFile> = {},
  more: Partial<ReplayInput> & { results?: string[]; options?: ReplayOptions } = {},
): Promise<Played> {
  const { results, options, ...input } = more;
  const theCase = newCase();
  const outcome = await runReplay(theCase, inputOf(theCase, planOf(steps, results), files, input), options);
  const records = recordsIn(theCase);
  const printed = (number: number) => {
    const log = records[number - 1]?.stdout;
    return log ? theCase.objects.read(log.sha256).toString('utf8') : '';
  };
  return { theCase, outcome, records, printed };
}

/** The step records of a case. */
export function recordsIn(theCase: Case): StepRecord[] {
  return theCase.log
    .of('step-finished')
    .map(event =>
      stepRecordSchema.parse(JSON.parse(theCase.objects.read(event.record.sha256).toString('utf8'))),
    );
}
