import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  demonstrationSigning,
  loadKit,
  openCase,
  runAudit,
  systemClock,
  verifyReport,
} from '../../main/engine/index.ts';

const STEPS = Number(process.env.ASSAY_BENCH_STEPS ?? 1000);
const FILES = Number(process.env.ASSAY_BENCH_TREE_FILES ?? 10_000);
/** Size of each of those files in bytes. */
const SIZE = Number(process.env.ASSAY_BENCH_TREE_SIZE ?? 2_000);
const PER_FOLDER = 200;

/** What an audit of a generated chain took, in seconds and megabytes. */
interface Taken {
  /** Milliseconds for a step: the median of the first tenth, and of the last. */
  readonly first: number;
  readonly last: number;
  readonly audit: number;
  readonly replay: number;
  readonly verify: number;
  /** What is kept in memory when the last step has ended. */
  readonly kept: number;
  /** Peak memory of the whole audit, and of the verification by itself. */
  readonly auditMemory: number;
  readonly verifyMemory: number;
}

/**
 * Audits a generated chain: few steps, many steps, and few steps over a large tree. Prints how the cost of a step, memory and
 * the check of the report grow with each.
 */
export function benchScale(): void {
  const work = mkdtempSync(join(tmpdir(), 'assay-bench-scale-'));
  try {
    const few = audit(join(work, 'few'), STEPS / 10, 0);
    const many = audit(join(work, 'many'), STEPS, 0);
    const large = audit(join(work, 'large'), STEPS / 10, FILES);
    const ratio = (a: number, b: number) => (a / b).toFixed(2);
    console.log(
      [
        `scale: ${STEPS} steps for ${STEPS / 10}: a step late ${ratio(many.last, many.first)} of one early (${many.last.toFixed(1)} ms)`,
        `memory kept until the last step ${ratio(many.kept, few.kept)} (${many.kept} MB), memory ${ratio(many.auditMemory, few.auditMemory)} with the report (${many.auditMemory} MB), verify ${ratio(many.verify, few.verify)} (${many.verify.toFixed(2)} s, ${many.verifyMemory} MB)`,
        `a tree of ${FILES} more files: a step ${ratio(large.last, few.last)}, memory ${ratio(large.auditMemory, few.auditMemory)}`,
      ].join('; '),
    );
    if (process.env.ASSAY_BENCH_DETAIL) console.log(JSON.stringify({ few, many, large }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function audit(folder: string, steps: number, files: number): Taken {
  makeKit(folder, steps, files);
  const run = (mode: string) =>
    JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', import.meta.filename, mode, folder], {
        encoding: 'utf8',
      }),
    );
  return { ...run('--audit'), ...run('--verify') };
}

/** The first tools of the embedded chain, then steps that each join a source to what the step before wrote. */
function makeKit(folder: string, steps: number, files: number): void {
  const { bundleFolder } = loadKit('bedrock-amd64');
  mkdirSync(folder);
  cpSync(join(bundleFolder ?? '', '../kit.toml'), join(folder, 'kit.toml'));
  cpSync(bundleFolder ?? '', join(folder, 'bundle'), { recursive: true });
  const whole = readFileSync(join(folder, 'kit.toml'), 'utf8');
  const head = whole.slice(0, whole.indexOf('[[plan.step]]\nid = "hex2-join"'));
  const step = (i: number) => {
    const output = `tmp/made-${i}`;
    const inputs = ['src/elf.hex1', ...(i % 10 === 0 ? [] : [`tmp/made-${i - 1}`])];
    return `[[plan.step]]\nid = "s${i}"\nstage = "hex2"\ntitle = "Step ${i}"\nargv = ${JSON.stringify(['bin/cat', output, ...inputs])}\ninputs = ${JSON.stringify(inputs)}\noutputs = ["${output}"]\ntimeout = 30\n`;
  };
  const expectation = '[[expectation]]\npath = "src/elf.hex1"\nsha256 = "';
  const plan = Array.from({ length: steps }, (_, i) => step(i)).join('\n');
  writeFileSync(join(folder, 'kit.toml'), `${head}${plan}\n${expectation}${'0'.repeat(64)}"\n`);
  for (let i = 0; i < files; i += 1) {
    const into = join(folder, 'bundle/more', `${Math.floor(i / PER_FOLDER)}`);
    if (i % PER_FOLDER === 0) mkdirSync(into, { recursive: true });
    writeFileSync(join(into, `${i}`), `${i}\n`.padEnd(SIZE, 'x'));
  }
}

async function auditAlone(folder: string): Promise<void> {
  const clock = systemClock;
  let kept = 0;
  const started = performance.now();
  const { replaySeconds } = await runAudit({
    kit: folder,
    bundle: { tree: join(folder, 'bundle'), files: [] },
    seeds: [],
    caseFolder: join(folder, 'case'),
    caseName: 'bench',
    clock,
    by: 'bench',
    signing: demonstrationSigning,
    report: join(folder, 'report.tar'),
    onProgress: ({ task, done, total }) => {
      if (task === 'Replaying' && done === total) kept = keptMemory();
    },
  });
  const audit = (performance.now() - started) / 1000;
  using theCase = openCase(join(folder, 'case'), { clock, by: 'bench' });
  const seconds = theCase.database
    .prepare<[], { seconds: number }>('SELECT seconds FROM timing ORDER BY number')
    .all()
    .map(row => row.seconds * 1000);
  const tenth = Math.ceil(seconds.length / 10);
  const [first, last] = [median(seconds.slice(5, 5 + tenth)), median(seconds.slice(-tenth))];
  console.log(JSON.stringify({ first, last, audit, replay: replaySeconds, kept, auditMemory: peak() }));
}

function verifyAlone(folder: string): void {
  const started = performance.now();
  const { problems } = verifyReport(join(folder, 'report.tar'));
  if (problems.length > 0) throw new Error(JSON.stringify(problems.slice(0, 3)));
  console.log(JSON.stringify({ verify: (performance.now() - started) / 1000, verifyMemory: peak() }));
}

/** Memory in use after what is not needed was taken away, in megabytes. */
function keptMemory(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

/** Most memory that this process had, in megabytes. */
function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) {
  const [, , mode, folder] = process.argv;
  if (mode === '--audit' && folder) await auditAlone(folder);
  else if (mode === '--verify' && folder) verifyAlone(folder);
  else benchScale();
}
