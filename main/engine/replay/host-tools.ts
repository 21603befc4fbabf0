import { spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type Sha256, sha256OfFile } from '../base/index.ts';

/** Where programs of this machine are looked for. The caller's PATH is not trusted with this. */
const FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin'];

/** What the host's own tools get as environment, so that nothing of the caller's reaches a container. */
export const HOST_ENVIRONMENT: Readonly<Record<string, string>> = { PATH: FOLDERS.join(':'), LC_ALL: 'C' };

/** A program of this machine that Assay uses. */
export interface HostTool {
  /** Absolute path, links resolved. */
  readonly path: string;
  readonly version: string;
  readonly sha256: Sha256;
}

/** Finds a program of this machine, or undefined. The answer is an absolute path with links resolved. */
export function findTool(name: string): string | undefined {
  for (const folder of FOLDERS) {
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return realpathSync(path);
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Identifies a program by the first line it prints for `--version`, reduced to what `pattern` captures, and its sha256. */
export function identifyTool(path: string, pattern: RegExp): HostTool {
  const run = spawnSync(path, ['--version'], {
    env: HOST_ENVIRONMENT,
    encoding: 'utf8',
    timeout: 10_000,
    maxBuffer: 1 << 20,
  });
  const version = pattern.exec(`${run.stdout ?? ''}`)?.[1] ?? 'unknown';
  return { path, version, sha256: sha256OfFile(path).sha256 };
}
