import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importBundle } from '../../main/engine/bundle/index.ts';
import { createCase } from '../../main/engine/case/index.ts';
import { END, file, folder } from '../engine/bundle/tar-maker.ts';

const FILES = Number(process.env.ASSAY_BENCH_FILES ?? 40_000);
/** Mean size of a file in bytes. */
const MEAN = Number(process.env.ASSAY_BENCH_MEAN ?? 4_000);
const PER_FOLDER = 100;

/** Import against what an auditor does by hand: unpack, then hash every file. Prints one line. */
export async function benchImport(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'assay-bench-import-'));
  try {
    const archive = join(work, 'bundle.tar');
    makeArchive(archive);
    execFileSync('sh', ['-c', `cat '${archive}' > /dev/null`]);
    const child = execFileSync(process.execPath, [import.meta.filename, '--child', work, archive]);
    const { seconds, peak } = JSON.parse(child.toString()) as { seconds: number; peak: number };
    const tree = join(work, 'tree');
    mkdirSync(tree);
    const begin = performance.now();
    execFileSync('tar', ['xf', archive, '-C', tree]);
    execFileSync('sh', ['-c', `cd '${tree}' && find . -type f -print0 | xargs -0 sha256sum > ../sums`]);
    const byHand = (performance.now() - begin) / 1000;
    const ratio = (byHand / seconds).toFixed(1);
    console.log(
      `import: ${seconds.toFixed(2)} s, tar x + sha256sum: ${byHand.toFixed(2)} s, ratio ${ratio}, peak memory of the import ${peak} MB`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An archive that looks like source code and is the same each time. */
function makeArchive(path: string): void {
  const fd = openSync(path, 'w');
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const line = () => `\t${'x'.repeat(Math.floor(random() * 40))} = ${seed};\n`;
  const text = Buffer.from(Array.from({ length: 100_000 }, line).join(''));
  for (let i = 0; i < FILES; i += 1) {
    const name = `tree/part-${Math.floor(i / PER_FOLDER)}`;
    if (i % PER_FOLDER === 0) writeSync(fd, folder(`${name}/`));
    const size = Math.floor(random() * 2 * MEAN);
    const at = Math.floor(random() * Math.max(1, text.length - size));
    writeSync(
      fd,
      file(`${name}/file-${i}.c`, Buffer.concat([Buffer.from(`${i}\n`), text.subarray(at, at + size)])),
    );
  }
  writeSync(fd, END);
  closeSync(fd);
}

/** The import alone, so that the memory that is measured is its own. */
async function child(work: string, archive: string): Promise<void> {
  using theCase = createCase(join(work, 'case'), 'bench', 'bench');
  const begin = performance.now();
  await importBundle(theCase, archive);
  const seconds = (performance.now() - begin) / 1000;
  console.log(JSON.stringify({ seconds, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

const [, script, mode, work, archive] = process.argv;
if (script && import.meta.url === pathToFileURL(script).href) {
  if (mode === '--child' && work && archive) await child(work, archive);
  else await benchImport();
}
