import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { find } from '../../support/programs.ts';

/** A display of its own, that nobody sees. */
export class Display implements AsyncDisposable {
  readonly name: string;
  readonly #server: ChildProcess;

  private constructor(name: string, server: ChildProcess) {
    this.name = name;
    this.#server = server;
  }

  /** Starts an Xvfb with a free number. */
  static async start(size = '1920x1200'): Promise<Display> {
    const options = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
    const server = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const numbers = server.stdio[3] as Readable;
    const [number] = await Promise.race([once(numbers, 'data'), failed(server)]);
    return new Display(`:${String(number).trim()}`, server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#server, 'exit');
    this.#server.kill();
    await ended;
  }
}

async function failed(server: ChildProcess): Promise<never> {
  const [reason] = await once(server, 'exit');
  throw new Error(`Xvfb ended: ${reason}`);
}

/** Why this machine has no display for tests; null when it has. */
export function noDisplay(): string | null {
  if (process.platform !== 'linux') return 'windows are tested on Linux';
  return find('Xvfb') ? null : 'Xvfb is not installed';
}
