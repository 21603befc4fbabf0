import { spawn } from 'node:child_process';
import { AssayError, inputError, systemCode, throwIfStopped } from '../../base/index.ts';
import { visible } from './problem.ts';
import { ARMOR_LIMIT } from './sshsig.ts';

/** How `ssh-keygen` is called. */
export interface ExternalOptions {
  readonly signal?: AbortSignal;
  /** The program to run; `ssh-keygen` from PATH unless given. */
  readonly sshKeygen?: string;
  /** Hears what the program says while it works, for example that the key must be touched. */
  readonly onNotice?: (text: string) => void;
}

const STDERR_LIMIT = 16_384;

/**
 * Lets `ssh-keygen -Y sign` sign: it finds the private part in an agent, in the file itself or beside the public key,
 * and asks for touch or passphrase by its own means. Throws `key.no-ssh-keygen` or `key.signing-failed`.
 */
export async function signExternally(
  keyFile: string,
  namespace: string,
  message: Uint8Array,
  options: ExternalOptions = {},
): Promise<string> {
  throwIfStopped(options.signal);
  const child = spawn(options.sshKeygen ?? 'ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', keyFile], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
    ...(options.signal && { signal: options.signal }),
  });
  let armored = '';
  let said = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    if (armored.length <= ARMOR_LIMIT) armored += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length <= STDERR_LIMIT) said += text;
    options.onNotice?.(text);
  });
  // A program that ends before it has read everything says why on stderr; the broken pipe adds nothing.
  child.stdin.on('error', () => {});
  child.stdin.end(message);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', error => reject(startError(error, options.signal)));
    child.on('close', resolve);
  });
  if (status === 0) return armored;
  const reason = said.trim().split('\n').at(-1) ?? '';
  throw inputError(
    'key.signing-failed',
    `ssh-keygen did not sign: ${visible(reason) || `it ended with status ${status}`}`,
    { file: keyFile },
    'Put the private key beside the public key, or load it into the agent with ssh-add.',
  );
}

function startError(cause: Error, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) {
    return new AssayError({
      kind: 'interrupted',
      code: 'task.stopped',
      message: 'stopped on request',
      cause,
    });
  }
  if (systemCode(cause) !== 'ENOENT') return cause;
  return new AssayError({
    kind: 'machine',
    code: 'key.no-ssh-keygen',
    message: 'this key needs the program ssh-keygen, which is not on this machine',
    cure: 'Install the OpenSSH client, or sign with an Ed25519 private key file.',
    cause,
  });
}
