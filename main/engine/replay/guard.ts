import { type ChildProcess, spawn } from 'node:child_process';

/** Ends at the word `done`; else, and when Assay dies without a word, it runs the command it was given. */
const SCRIPT = 'read -r word || sleep 1; [ "$word" = done ] || "$@"';

/**
 * Stands by a container whose processes are not Assay's children, or that leaves something behind when they are killed. It
 * takes the container away on demand, and also when Assay itself is killed.
 */
export class Guard {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(remove: readonly string[], environment: Readonly<Record<string, string>>) {
    this.#process = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...remove], {
      ...{ env: { ...environment }, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    });
    this.#process.stdin?.on('error', () => {});
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#process.once('error', () => resolve());
    this.#process.once('close', () => resolve());
    this.#ended = promise;
  }

  /** The container took itself away. */
  async dismiss(): Promise<void> {
    this.#process.stdin?.end('done\n');
    await this.#ended;
  }

  /** Takes the container away, with all that runs in it. */
  async remove(): Promise<void> {
    this.#process.stdin?.end('now\n');
    await this.#ended;
  }
}
