import { type FromEngineMessage, toEngineMessage } from '../../contract/channel.ts';
import { definitionOf, isMethod, type Method } from '../../contract/requests/index.ts';
import { type AssayError, inputError, type Progress } from '../base/index.ts';
import type { Handler } from './handler.ts';
import { HANDLERS } from './methods/index.ts';
import { problemOf } from './problem.ts';
import { Session } from './session.ts';

/** Progress of one request is told at most this often, in milliseconds; a stage's first and last always. */
const PROGRESS_INTERVAL = 100;
/** How often a task's growing log is told, in milliseconds. */
const CHANGES_INTERVAL = 250;

/** The engine behind a channel: takes messages, answers each request once. */
export class EngineService {
  readonly #send: (message: FromEngineMessage) => void;
  readonly #session: Session;
  readonly #running = new Map<number, { readonly stop: AbortController; readonly exclusive: boolean }>();
  readonly #handlers: Readonly<Record<string, Handler<never>>>;

  constructor(
    send: (message: FromEngineMessage) => void,
    handlers: Readonly<Record<string, Handler<never>>> = HANDLERS,
  ) {
    this.#send = send;
    this.#handlers = handlers;
    this.#session = new Session(event => send({ kind: 'event', event }));
  }

  /** Takes one message; whatever is wrong with it is answered, never thrown. */
  async take(raw: unknown): Promise<void> {
    const parsed = toEngineMessage.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'cancel') {
      this.#running.get(message.id)?.stop.abort();
      return;
    }
    const { id, method, params } = message;
    if (this.#running.has(id)) return;
    const timer = setInterval(() => this.#session.tellChanges(), CHANGES_INTERVAL);
    try {
      const value = await this.#run(id, method, params);
      this.#session.tellChanges();
      this.#send({ kind: 'result', id, value });
    } catch (error) {
      this.#session.tellChanges();
      this.#send({ kind: 'error', id, problem: problemOf(error) });
    } finally {
      clearInterval(timer);
      this.#running.delete(id);
    }
  }

  /** Stops what runs and closes the case. */
  async close(): Promise<void> {
    for (const { stop } of this.#running.values()) stop.abort();
    while (this.#running.size > 0) await new Promise(resolve => setTimeout(resolve, 10));
    await this.#session.release();
  }

  async #run(id: number, method: string, raw: unknown): Promise<unknown> {
    if (!isMethod(method)) throw inputError('request.unknown', `'${method}' is not a method of the engine`);
    const definition = definitionOf(method);
    const params = definition.input.safeParse(raw);
    if (!params.success) throw badParams(method, params.error.issues[0]);
    const stop = new AbortController();
    const exclusive = definition.exclusive ?? false;
    if (exclusive && [...this.#running.values()].some(each => each.exclusive)) {
      throw inputError(
        'case.busy',
        'the case is at work on something else',
        undefined,
        'Wait for it or stop it.',
      );
    }
    this.#running.set(id, { stop, exclusive });
    const handler = this.#handlers[method] as Handler<Method> | undefined;
    if (!handler) throw inputError('request.unknown', `'${method}' is not a method of the engine`);
    const value = await handler(params.data as never, {
      session: this.#session,
      signal: stop.signal,
      onProgress: paced(progress => this.#send({ kind: 'progress', id, progress: { ...progress } })),
    });
    return definition.output.parse(value);
  }
}

function badParams(
  method: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): AssayError {
  const field = issue?.path.join('.') ?? '';
  return inputError(
    'request.invalid',
    `${method}: ${field ? `${field}: ` : ''}${issue?.message ?? 'invalid'}`,
  );
}

/** Lets through the first report of each task, the last, and one every {@link PROGRESS_INTERVAL}. */
function paced(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = 0;
  let task = '';
  return progress => {
    const now = performance.now();
    const due = progress.task !== task || progress.done === progress.total || now - last >= PROGRESS_INTERVAL;
    if (!due) return;
    last = now;
    task = progress.task;
    tell(progress);
  };
}
