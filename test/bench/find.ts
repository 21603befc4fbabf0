import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CheckedContents,
  findBytes,
  hexPattern,
  storedObject,
  textPattern,
} from '../../main/engine/bundle/index.ts';
import { createCase } from '../../main/engine/case/index.ts';

/** Size of the object that is searched, in bytes. */
const SIZE = Number(process.env.ASSAY_BENCH_FIND ?? 2 ** 31);

/** One of each kind: known bytes, rare and common, half-known ones, with and without known ones, texts. */
const PATTERNS = {
  'de ad be ef 01': hexPattern('de ad be ef 01'),
  '48 8? ?? C3': hexPattern('48 8? ?? C3'),
  '00 00 00 ff': hexPattern('00 00 00 ff'),
  '4? ?8 c?': hexPattern('4? ?8 c?'),
  '?9 ?? ?? 1?': hexPattern('?9 ?? ?? 1?'),
  'twenty half-known bytes': hexPattern('1? ?2 '.repeat(10)),
  'a text whatever its case': textPattern('not in this file, surely', true),
  'a word whatever its case': textPattern('bootstrapping', true),
  'the same in UTF-16': textPattern('bootstrapping', true, 'utf-16le'),
};

/** Searching a stored object against reading it with `cat` and searching it with `grep`. */
export async function benchFind(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-find-'));
  try {
    using theCase = createCase(join(folder, 'case'), 'bench', '0');
    const { sha256 } = fill(theCase.objects.begin());
    const file = theCase.objects.pathOf(sha256);
    const cat = timed(() => run('cat', [file]));
    const grep = timed(() => run('grep', ['-caP', String.raw`\xde\xad\xbe\xef\x01`, file]));
    const before = process.memoryUsage().rss;
    const checked = new CheckedContents();
    const check = await timedAsync(async () =>
      (await checked.open(storedObject(theCase.objects, sha256)))[Symbol.dispose](),
    );
    using content = await checked.open(storedObject(theCase.objects, sha256));
    const lines: string[] = [];
    for (const [name, pattern] of Object.entries(PATTERNS)) {
      let places = 0;
      const used = process.cpuUsage();
      const took = await timedAsync(async () => {
        places = (await findBytes(content, pattern, { limit: 1000, count: true })).total;
      });
      const { user, system } = process.cpuUsage(used);
      lines.push(
        `${name}: ${rate(took)}, ${rate((user + system) / 1000)} of processor time, ${(took / cat).toFixed(1)} of cat, ${(took / grep).toFixed(2)} of grep, ${places} places`,
      );
    }
    const grown = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
    console.log(
      [
        `find in ${(SIZE / 2 ** 30).toFixed(1)} GiB: cat ${rate(cat)}, grep ${rate(grep)}; checked once ${rate(check)}; memory grew by ${grown} MB`,
        ...lines,
      ].join('\n  '),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Programs, as often as they fit: what people search in. */
function fill(writer: ReturnType<ReturnType<typeof createCase>['objects']['begin']>) {
  const program = readFileSync(process.execPath);
  for (let at = 0; at < SIZE; at += program.length) {
    writer.write(program.subarray(0, Math.min(program.length, SIZE - at)));
  }
  return writer.commit();
}

function run(program: string, args: readonly string[]): void {
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LC_ALL: 'C' } });
}

function timed(act: () => void): number {
  const begin = performance.now();
  act();
  return performance.now() - begin;
}

async function timedAsync(act: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

const rate = (milliseconds: number) => `${(SIZE / milliseconds / 1e6).toFixed(2)} GB/s`;

if (import.meta.main) await benchFind();
