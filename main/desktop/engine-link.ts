import type { ChildProcess } from 'node:child_process';
import {
  type EngineEvent,
  type EngineProblem,
  type FromEngineMessage,
  fromEngineMessage,
  type RequestProgress,
} from '../contract/channel.ts';
import { definitionOf, type Method } from '../contract/requests/index.ts';
import { DesktopProblem } from './problem.ts';

/** So much of what the engine last wrote to stderr is kept for its post-mortem, in characters. */
const STDERR_KEPT = 4_000;

/** What one engine process tells. */
export interface LinkListener {
  event(event: EngineEvent): void;
  /** It has ended, however that came. */
  ended(how: string): void;
}

interface Waiting {
  readonly method: Method;
  readonly progress: (progress: RequestProgress) => void;
  resolve(value: unknown): void;
  reject(error: DesktopProblem): void;
}

/**
 * The channel to one engine process. What comes over it is checked: the engine reads hostile input, and one that stops
 * speaking the contract is ended.
 */
export class EngineLink {
  readonly #child: ChildProcess;
  readonly #listener: LinkListener;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #next = 1;
  #stderr = '';

  /** Takes a child that was started with an IPC channel and stderr as a pipe. */
  constructor(child: ChildProcess, listener: LinkListener) {
    this.#child = child;
    this.#listener = listener;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    child.on('message', raw => this.#take(raw));
    this.#ended = new Promise(resolve => {
      let over = false;
      const end = (how: string) => {
        if (over) return;
        over = true;
        this.#fail();
        resolve();
        this.#listener.ended(how);
      };
      child.once('error', error => end(error.message));
      child.once('exit', (code, signal) => end(this.#postMortem(code, signal)));
    });
  }

  /** Sends one request. Rejects with the engine's problem, or `engine.gone` when it ends first. */
  request(
    method: Method,
    params: unknown,
    progress: (progress: RequestProgress) => void = () => {},
  ): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = this.#next++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { method, progress, resolve, reject });
      this.#child.send({ kind: 'request', id, method, params }, error => {
        if (error) this.#take({ kind: 'error', id, problem: gone() });
      });
    });
    return { id, answer };
  }

  cancel(id: number): void {
    if (this.#child.connected) this.#child.send({ kind: 'cancel', id });
  }

  /** Lets the engine close its case and end; kills it when that takes longer than `patience` milliseconds. */
  async close(patience: number): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.kill(), patience);
    await this.#ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #take(raw: unknown): void {
    const parsed = fromEngineMessage.safeParse(raw);
    if (!parsed.success) {
      this.kill();
      return;
    }
    const message = parsed.data;
    if (message.kind === 'event') this.#listener.event(message.event);
    else if (message.kind === 'progress') this.#waiting.get(message.id)?.progress(message.progress);
    else this.#settle(message);
  }

  #settle(message: Extract<FromEngineMessage, { kind: 'result' | 'error' }>): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    this.#waiting.delete(message.id);
    if (message.kind === 'error') {
      waiting.reject(new DesktopProblem(message.problem));
      return;
    }
    const value = definitionOf(waiting.method).output.safeParse(message.value);
    if (value.success) waiting.resolve(value.data);
    else waiting.reject(noAnswer(waiting.method));
  }

  #fail(): void {
    for (const { reject } of this.#waiting.values()) reject(new DesktopProblem(gone()));
    this.#waiting.clear();
  }

  #postMortem(code: number | null, signal: string | null): string {
    const how = signal ? `signal ${signal}` : `exit status ${code}`;
    const [line] = this.#stderr.match(/^.*(?:Error|FATAL|fatal|error).*$/m) ?? [];
    return line ? `${how}; ${line.trim()}` : how;
  }
}

function noAnswer(method: Method): DesktopProblem {
  return new DesktopProblem({
    kind: 'internal',
    code: 'engine.answer',
    message: `the engine's answer to ${method} does not have its shape`,
  });
}

function gone(): EngineProblem {
  return {
    kind: 'internal',
    code: 'engine.gone',
    message: 'the engine ended before it had answered',
    cure: 'It is started again and the case is opened again; do it once more then.',
  };
}
