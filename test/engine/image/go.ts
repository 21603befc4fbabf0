import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** The first Go whose compress/flate gives other bytes. */
const CHANGED = 27;

const version = /go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];

/** Why nothing can be compared with Go here; false when it can. */
export const noGo: string | false =
  version === undefined
    ? 'no Go (apt-get install golang-go)'
    : Number(version) >= CHANGED
      ? `Go 1.${version} compresses in another way`
      : false;

/** Builds a Go program from its text and gives what runs it: its standard output for a standard input. */
export function goProgram(text: string): (input: Uint8Array, ...args: string[]) => Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'assay-go-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'main.go'), text);
  const env = {
    ...process.env,
    HOME: folder,
    GOCACHE: join(folder, 'cache'),
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
  };
  const built = spawnSync('go', ['build', '-o', 'main', 'main.go'], { cwd: folder, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  return (input, ...args) => {
    const run = spawnSync(join(folder, 'main'), args, { input, maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(run.stderr.toString());
    return run.stdout;
  };
}
