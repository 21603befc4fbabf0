import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLATION } from '../../main/engine/base/index.ts';

const CLI = join(INSTALLATION, 'main', 'cli', 'main.ts');
const FLAGS = ['--disable-warning=ExperimentalWarning', CLI];

/** What a run of the command line left. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `assay` to its end, in its own process, as a user does. */
export function assay(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...FLAGS, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return { status, stdout, stderr };
}

/** Starts `assay` and leaves it running. */
export function startAssay(args: readonly string[]) {
  return spawn(process.execPath, [...FLAGS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Makes an Ed25519 key as users do. */
export function makeKey(path: string, passphrase = ''): void {
  const { status, stderr } = spawnSync('ssh-keygen', [
    '-q',
    '-t',
    'ed25519',
    '-N',
    passphrase,
    '-C',
    'ines@example.org',
    '-f',
    path,
  ]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr}`);
}

/** A date for runs that must give the same bytes. */
export const DATE = '2026-11-24T11:15:00Z';

/** Copies the embedded kit into a folder and changes its kit.toml. */
export function copyKit(folder: string, change: (toml: string) => string): string {
  cpSync(join(INSTALLATION, 'audit-kits', 'bedrock-amd64'), folder, { recursive: true });
  const file = join(folder, 'kit.toml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}
