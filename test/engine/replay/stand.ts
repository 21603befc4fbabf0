import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { canonicalBytes, fixedClock, sha256Of } from '../../../main/engine/base/index.ts';
import { type BundleEntry, type Case, createCase } from '../../../main/engine/case/index.ts';
import type { Plan, Step } from '../../../main/engine/chain/index.ts';
import {
  chooseObserver,
  chooseRuntime,
  type ReplayInput,
  type ReplayOptions,
  type ReplayOutcome,
  runReplay,
  type SourceTree,
  type StepRecord,
  stepRecordSchema,
} from '../../../main/engine/replay/index.ts';
import { compileTool } from './tool.ts';

/** A file of a source tree that lives in memory. */
export type SourceFile = { content: Buffer | string; mode?: number } | { target: string };

/** Sources for a replay from a list of files. */
export function sourcesOf(files: Record<string, SourceFile>): SourceTree {
  const folders = new Set<string>();
  for (const path of Object.keys(files)) {
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(at);
  }
  const common = { offset: 0, kind: 'binary', flags: [] } as const;
  const entries: BundleEntry[] = [...folders].map(path => ({
    ...{ ...common, path, type: 'directory', mode: 0o755 },
    ...{ size: 0, sha256: null, target: null },
  }));
  for (const [path, file] of Object.entries(files)) {
    if ('target' in file) {
      entries.push({
        ...common,
        path,
        type: 'symlink',
        mode: 0o777,
        size: 0,
        sha256: null,
        target: file.target,
      });
    } else {
      const size = Buffer.byteLength(file.content);
      const mode = file.mode ?? 0o644;
      entries.push({
        ...common,
        path,
        type: 'file',
        mode,
        size,
        sha256: sha256Of(file.content),
        target: null,
      });
    }
  }
  return {
    entries: () => entries,
    async unpack(folder) {
      for (const [path, file] of Object.entries(files)) {
        const to = join(folder, path);
        mkdirSync(dirname(to), { recursive: true });
        if ('target' in file) symlinkSync(file.target, to);
        else {
          writeFileSync(to, file.content);
          chmodSync(to, file.mode ?? 0o644);
        }
      }
    },
  };
}

/** A step of a test's plan that runs `/tool` with operations. */
export function toolStep(number: number, operations: string[], more: Partial<Step> = {}): Step {
  return {
    ...{ number, id: `step-${number}`, stage: 'all', title: `Step ${number}` },
    ...{ origin: { file: 'plan', line: number }, action: 'run' },
    ...{ argv: ['./tool', ...operations], program: 'tool', cwd: '/', environment: [] },
    ...{ inputs: [], outputs: [], timeoutSeconds: 60 },
    ...more,
  } as Step;
}

/** A plan of steps. */
export function planOf(steps: Step[], results: string[] = []): Plan {
  return { format: 1, reader: 'steps', results, stages: [{ id: 'all', title: 'All' }], steps };
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
