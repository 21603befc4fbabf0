import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a program that must succeed, and gives its standard output. */
export function run(program: string, args: readonly string[], input: Uint8Array | string = ''): Buffer {
  return execFileSync(program, args, { input, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Whether a program succeeds. */
export function succeeds(program: string, args: readonly string[], input: Uint8Array | string = ''): boolean {
  return spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/** Makes a key pair with ssh-keygen and gives the path of the private part. */
export function sshKey(folder: string, name: string, ...args: string[]): string {
  const path = join(folder, name);
  run('ssh-keygen', [
    '-q',
    '-C',
    'a comment',
    '-f',
    path,
    ...(args.includes('-N') ? [] : ['-N', '']),
    ...args,
  ]);
  return path;
}

/** Signs with ssh-keygen. */
export function sshSign(key: string, namespace: string, message: Uint8Array | string): string {
  return run('ssh-keygen', ['-Y', 'sign', '-q', '-n', namespace, '-f', key], message).toString();
}

/** Whether ssh-keygen accepts a signature. */
export function sshVerify(
  folder: string,
  allowed: string,
  identity: string,
  namespace: string,
  signature: string,
  message: Uint8Array | string,
  ...more: string[]
): boolean {
  const [signers, armored] = [join(folder, 'allowed_signers'), join(folder, 'signature')];
  writeFileSync(signers, allowed);
  writeFileSync(armored, signature);
  const args = ['-Y', 'verify', '-f', signers, '-I', identity, '-n', namespace, '-s', armored, ...more];
  return succeeds('ssh-keygen', args, message);
}
