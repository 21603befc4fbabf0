import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import {
  type EngineEvent,
  type EngineProblem,
  fromEngineMessage,
  type RequestProgress,
} from '../../main/contract/channel.ts';
import type { Input, Method, Output } from '../../main/contract/requests/index.ts';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { temporaryFolder } from './folders.ts';

/** An answer that was an error. */
export class EngineError extends Error {
  readonly problem: EngineProblem;

  constructor(problem: EngineProblem) {
    super(`${problem.code}: ${problem.message}`);
    this.problem = problem;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  progress?: ((progress: RequestProgress) => void) | undefined;
}

/** The real engine process, spoken to as the window does. */
export class EngineProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly events: EngineEvent[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  readonly #ended: Promise<void>;

  /** `cache`: where the engine keeps what a user's machine remembers; by default a folder of its own. */
  constructor(cache = temporaryFolder()) {
    this.child = fork(join(INSTALLATION, 'main/engine/service/main.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
    this.child.on('message', raw => this.#take(raw));
    this.#ended = new Promise(resolve => this.child.once('exit', () => resolve()));
    this.child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the engine ended'));
    });
  }

  #take(raw: unknown): void {
    const message = fromEngineMessage.parse(raw);
    if (message.kind === 'event') {
      this.events.push(message.event);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (message.kind === 'progress') {
      waiting?.progress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.value);
    else waiting?.reject(new EngineError(message.problem));
  }

  /** Sends one request; gives its answer and its number. */
  start<M extends Method>(
    method: M,
    params: Input<M>,
    progress?: (progress: RequestProgress) => void,
  ): { id: number; answer: Promise<Output<M>> } {
    const id = this.#next++;
    const answer = new Promise<Output<M>>((resolve, reject) =>
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, progress }),
    );
    this.child.send({ kind: 'request', id, method, params });
    return { id, answer };
  }

  /** Sends one request and waits for its answer. Rejects with {@link EngineError}. */
  ask<M extends Method>(method: M, params: Input<M>): Promise<Output<M>> {
    return this.start(method, params).answer;
  }

  /** Asks that a request stop. */
  cancel(id: number): void {
    this.child.send({ kind: 'cancel', id });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.#ended;
  }
}
