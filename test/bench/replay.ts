import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalBytes } from '../../main/engine/base/index.ts';
import { type Case, createCase } from '../../main/engine/case/index.ts';
import { type Kit, loadKit, type Plan, readSteps } from '../../main/engine/chain/index.ts';
import { runContained } from '../../main/engine/replay/contained.ts';
import {
  chooseObserver,
  chooseRuntime,
  type ReadyObserver,
  type ReadyRuntime,
  runReplay,
  type SourceTree,
} from '../../main/engine/replay/index.ts';
import { type SourceFile, sourcesOf } from '../engine/replay/sources.ts';
import { compileTool } from '../engine/replay/tool.ts';

const RUNS = 5;

/**
 * Replays the chain of the embedded kit, observed, recorded and hashed, against the same steps run bare in one container of
 * the same runtime. Prints `replay: X s, bare: Y s, ratio Z`, the medians of several runs taken in turn.
 */
export async function benchReplay(): Promise<void> {
  const kit = loadKit('bedrock-amd64');
  const plan = readSteps(kit);
  const sources = sourcesOf(filesBelow(kit.bundleFolder ?? ''));
  const runtime = await chooseRuntime();
  const observer = await chooseObserver(runtime);
  const driver = compileTool();
  if (!observer || !driver) {
    console.log(`replay: not measured, no ${observer ? 'C compiler' : 'observer'}`);
    return;
  }
  const replays: number[] = [];
  const bares: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    replays.push(await timeReplay(kit, plan, sources, runtime, observer));
    bares.push(await timeBare(plan, sources, runtime, driver));
  }
  const [replay, bare] = [median(replays), median(bares)];
  console.log(
    `replay: ${replay.toFixed(3)} s, bare: ${bare.toFixed(3)} s, ratio ${(replay / bare).toFixed(2)} (${plan.steps.length} steps)`,
  );
}

function filesBelow(folder: string): Record<string, SourceFile> {
  const files: Record<string, SourceFile> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path);
    const stat = statSync(file);
    if (stat.isFile()) files[path] = { content: readFileSync(file), mode: stat.mode & 0o777 };
  }
  return files;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function timeReplay(
  kit: Kit,
  plan: Plan,
  sources: SourceTree,
  runtime: ReadyRuntime,
  observer: ReadyObserver,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  let theCase: Case | undefined;
  try {
    theCase = createCase(join(folder, 'case'), 'bench', '0');
    const planRef = theCase.objects.put(canonicalBytes(plan));
    const seeds = kit.description.seed.map(({ path, sha256 }) => ({ path, sha256 }));
    for (const { path } of seeds) theCase.objects.put(readFileSync(join(kit.bundleFolder ?? '', path)));
    const started = performance.now();
    const { failure } = await runReplay(theCase, { plan, planRef, sources, seeds, runtime, observer });
    if (failure) throw new Error(`step ${failure.step}: ${failure.reason}: ${failure.logTail.join('\n')}`);
    return (performance.now() - started) / 1000;
  } finally {
    theCase?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unpacking is part of it, as it is of a replay. A small program in the container starts one step after the other. */
async function timeBare(
  plan: Plan,
  sources: SourceTree,
  runtime: ReadyRuntime,
  driver: string,
): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const started = performance.now();
    await sources.unpack(root, {});
    const words = plan.steps.flatMap(step => {
      if (step.action === 'mkdir') return ['mkdir', step.path, ';'];
      return step.action === 'run' ? ['strict', ...step.argv, ';'] : [];
    });
    copyFileSync(driver, join(root, 'driver'));
    const command = runtime.runtime.command(runtime.tool, {
      ...{ argv: ['/driver', ...words], start: '/driver', root, cwd: '/', environment: [] },
      scratch: mkdtempSync(join(tmpdir(), 'assay-bench-')),
    });
    const sink = { write: () => {} };
    const end = await runContained(
      command,
      { seconds: 600, output: 1 << 30 },
      { stdout: sink, stderr: sink },
    );
    if (end.status !== 0) throw new Error(`the bare run ended with status ${end.status}`);
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await benchReplay();
