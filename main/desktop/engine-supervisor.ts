import type { ChildProcess } from 'node:child_process';
import type { EngineEvent, RequestProgress } from '../contract/channel.ts';
import type { EngineState } from '../contract/desktop.ts';
import { definitionOf, type Method, type Output } from '../contract/requests/index.ts';
import { EngineLink } from './engine-link.ts';
import { DesktopProblem, problemOf } from './problem.ts';

/** How patient the supervisor is, in milliseconds. */
export interface Patience {
  /** From start to `ready`. */
  readonly ready: number;
  /** For closing the case at the end. */
  readonly close: number;
  /** Before the first and the second new start after a death. */
  readonly again: readonly number[];
  /** Deaths count together within this time; one more than `again` has places gives up. */
  readonly window: number;
}

const PATIENCE: Patience = { ready: 20_000, close: 3_000, again: [200, 2_000], window: 60_000 };

/** Whom the supervisor tells. */
export interface SupervisorListener {
  event(event: EngineEvent): void;
  state(state: EngineState): void;
}

interface Task {
  readonly link: EngineLink;
  readonly id: number;
}

/**
 * Keeps one engine running: starts it, starts it again when it dies, opens the last case in it again, and gives up when it keeps
 * dying. Requests wait while one is on its way; what an engine had not answered when it died is rejected.
 */
export class EngineSupervisor {
  readonly #start: () => ChildProcess;
  readonly #listener: SupervisorListener;
  readonly #patience: Patience;
  readonly #tasks = new Map<string, Task>();
  #state: EngineState = { state: 'starting', problem: null, reopened: null };
  #link: EngineLink | null = null;
  #ready = readiness();
  #deaths: number[] = [];
  #lastCase: { readonly location: string; readonly by: string } | null = null;
  readonly #exclusive: Method[] = [];
  readonly #idle: (() => void)[] = [];
  #closing = false;

  /** `start` starts one process with an IPC channel and stderr as a pipe. */
  constructor(start: () => ChildProcess, listener: SupervisorListener, patience: Patience = PATIENCE) {
    this.#start = start;
    this.#listener = listener;
    this.#patience = patience;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Whether work is under way that a person would miss when it were stopped: import, replay, sealing. */
  get busy(): boolean {
    return this.#exclusive.length > 0;
  }

  /** Whether such work is carrying out this method. */
  worksAt(method: Method): boolean {
    return this.#exclusive.includes(method);
  }

  /** Resolves when no such work is under way. */
  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise(resolve => this.#idle.push(resolve));
  }

  /** Starts the engine, also after it was given up. Does nothing while one runs or is on its way. */
  start(): void {
    if (this.#link || this.#closing || this.#state.state === 'restarting') return;
    if (this.#state.state === 'stopped') this.#ready = readiness();
    this.#deaths = [];
    this.#launch({ state: 'starting', problem: null, reopened: null });
  }

  /** Asks the engine, once it is ready. `params` are checked and hold paths, not grants. */
  async request(
    method: Method,
    params: Readonly<Record<string, unknown>>,
    task: string | null = null,
    progress?: (progress: RequestProgress) => void,
  ): Promise<unknown> {
    if (task !== null && this.#tasks.has(task)) {
      throw new DesktopProblem({
        kind: 'input',
        code: 'task.exists',
        message: `'${task}' is under way already`,
      });
    }
    const link = await this.#ready.promise;
    const { id, answer } = link.request(method, params, progress);
    const exclusive = definitionOf(method).exclusive ?? false;
    if (exclusive) this.#exclusive.push(method);
    if (task !== null) this.#tasks.set(task, { link, id });
    try {
      const value = await answer;
      this.#note(method, params);
      return value;
    } finally {
      if (exclusive) this.#ended(method);
      if (task !== null) this.#tasks.delete(task);
    }
  }

  #ended(method: Method): void {
    this.#exclusive.splice(this.#exclusive.indexOf(method), 1);
    if (!this.busy) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Asks that a task stop. */
  cancel(task: string): void {
    const known = this.#tasks.get(task);
    known?.link.cancel(known.id);
  }

  /** Lets the engine close the case and end. No request is taken any more. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#link?.close(this.#patience.close);
  }

  /** Ends the engine that runs and starts another at once; the case is opened again. For a change of how it is started. */
  async replace(): Promise<void> {
    const link = this.#link;
    if (!link) return;
    this.#ready = readiness();
    this.#link = null;
    await link.close(this.#patience.close);
    this.#launch({ state: 'starting', problem: null, reopened: null });
  }

  #note(method: Method, params: Readonly<Record<string, unknown>>): void {
    if (method === 'case.create' || method === 'case.open')
      this.#lastCase = { location: String(params.location), by: String(params.by) };
    if (method === 'case.close') this.#lastCase = null;
  }

  #launch(state: EngineState): void {
    this.#tell(state);
    const link: EngineLink = new EngineLink(this.#start(), {
      event: event => (event.type === 'ready' ? becameReady() : this.#listener.event(event)),
      ended: how => {
        clearTimeout(late);
        if (this.#link === link) this.#died(how);
      },
    });
    const late = setTimeout(() => link.kill(), this.#patience.ready);
    const becameReady = () => {
      clearTimeout(late);
      void this.#becameReady(link, state);
    };
    this.#link = link;
  }

  async #becameReady(link: EngineLink, state: EngineState): Promise<void> {
    const { reopened, problem } = await this.#reopen(link);
    if (this.#link !== link) return;
    this.#tell({ state: 'ready', problem: problem ?? state.problem, reopened });
    this.#ready.resolve(link);
  }

  async #reopen(link: EngineLink): Promise<Pick<EngineState, 'reopened' | 'problem'>> {
    if (!this.#lastCase) return { reopened: null, problem: null };
    try {
      const answer = (await link.request('case.open', this.#lastCase).answer) as Output<'case.open'>;
      return { reopened: answer, problem: null };
    } catch (error) {
      this.#lastCase = null;
      return { reopened: null, problem: problemOf(error) };
    }
  }

  #died(how: string): void {
    this.#link = null;
    if (this.#closing) return;
    if (this.#state.state === 'ready') this.#ready = readiness();
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter(at => now - at < this.#patience.window), now];
    const pause = this.#patience.again[this.#deaths.length - 1];
    if (pause === undefined) {
      this.#giveUp(how);
      return;
    }
    const state = { state: 'restarting', problem: diedProblem(how), reopened: null } as const;
    this.#tell(state);
    setTimeout(() => {
      if (!this.#closing) this.#launch(state);
    }, pause);
  }

  #giveUp(how: string): void {
    const problem = {
      ...diedProblem(how),
      code: 'engine.stopped',
      message: `the engine ended ${this.#deaths.length} times within a minute (${how}) and is not started again by itself`,
      cure: 'The case is whole as far as it came. Start the engine again, or quit and look at the machine: memory, disk.',
    };
    this.#tell({ state: 'stopped', problem, reopened: null });
    this.#ready.reject(new DesktopProblem(problem));
  }

  #tell(state: EngineState): void {
    this.#state = state;
    this.#listener.state(state);
  }
}

/** An engine that is to come. Nobody may be waiting when it does not. */
function readiness() {
  const ready = Promise.withResolvers<EngineLink>();
  ready.promise.catch(() => {});
  return ready;
}

function diedProblem(how: string) {
  return {
    kind: 'internal',
    code: 'engine.died',
    message: `the engine ended unexpectedly (${how})`,
    cure: 'It is started again. Everything up to the running step is in the case; what was under way can be continued.',
  } as const;
}
