import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from '../../../main/engine/base/index.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'fixtures', 'replay', 'tool.c');

/** Compiles a test program for containers; compiled once for each content of its source. Null without a C compiler. */
export function compileTool(source = SOURCE): string | null {
  const folder = join(
    tmpdir(),
    `assay-test-tool-${sha256Of(readFileSync(source)).slice(0, 16)}-${process.getuid?.()}`,
  );
  const done = join(folder, 'tool');
  if (spawnSync(done, ['nothing']).status === 0) return done;
  mkdirSync(folder, { recursive: true });
  const fresh = join(folder, `tool-${process.pid}`);
  const { status } = spawnSync('gcc', ['-static', '-O1', '-s', '-w', '-o', fresh, source]);
  if (status !== 0) {
    rmSync(fresh, { force: true });
    return null;
  }
  renameSync(fresh, done);
  return done;
}
