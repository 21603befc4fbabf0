import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyReport } from '../../main/engine/index.ts';
import { assay } from '../support/assay.ts';

const RUNS = 7;

/**
 * Checks a report of the embedded kit in full against `tar x` and `sha256sum -c` on the same file. Prints
 * `verify: X s, tar x + sha256sum -c: Y s, ratio Z`, medians.
 */
export async function benchVerify(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const report = join(folder, 'report.tar');
    const { status, stderr } = assay(['audit', '--case', join(folder, 'case'), '--report', report]);
    if (status !== 0) throw new Error(stderr);
    const own: number[] = [];
    const pipeline: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      own.push(time(() => verifyReport(report)));
      pipeline.push(time(() => checkByHand(report, join(folder, `unpacked-${run}`))));
    }
    const [verify, hand] = [median(own), median(pipeline)];
    const size = (statSync(report).size / 1000).toFixed(0);
    console.log(
      `verify: ${verify.toFixed(3)} s, tar x + sha256sum -c: ${hand.toFixed(3)} s, ratio ${(verify / hand).toFixed(2)} (${size} kB)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkByHand(report: string, folder: string): void {
  spawnSync('mkdir', [folder]);
  spawnSync('tar', ['-xf', report, '-C', folder]);
  const [name = ''] = readdirSync(folder);
  const { status } = spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: join(folder, name) });
  if (status !== 0) throw new Error('sha256sum found a difference');
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) await benchVerify();
