import {
  type IpcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  type WebContents,
} from 'electron';
import type { z } from 'zod';
import { type Answer, CHANNELS } from '../contract/bridge.ts';
import {
  type BridgeEvent,
  DESKTOP_REQUESTS,
  type DesktopMethod,
  type DesktopOutput,
  type DesktopParams,
  desktopCall,
  engineCall,
  stopCall,
} from '../contract/desktop.ts';
import { definitionOf, isMethod, type Method } from '../contract/requests/index.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { Grants } from './grants.ts';
import { PAGE_URL } from './page-files.ts';
import { inputProblem, invalidRequest, problemOf } from './problem.ts';

/** Carries out what the main process answers itself. */
export type DesktopHandlers = {
  readonly [M in DesktopMethod]: (params: DesktopParams<M>) => DesktopOutput<M> | Promise<DesktopOutput<M>>;
};

/** What stands behind the gate. */
export interface Behind {
  readonly engine: EngineSupervisor;
  readonly grants: Grants;
  readonly handlers: DesktopHandlers;
  /** Hears of every request that the engine carried out, with paths in place of grants. */
  readonly done: (method: Method, params: Readonly<Record<string, unknown>>, value: unknown) => void;
}

/**
 * The one way from the page into this process. Every message must come from the page itself, in the window's own frame, and have
 * its shape; whatever is wrong is answered with a problem.
 */
export class Gate {
  readonly #behind: Behind;
  #page: WebContents | null = null;

  constructor(behind: Behind, ipc: IpcMain = ipcMain) {
    this.#behind = behind;
    ipc.handle(CHANNELS.request, (event, raw) => this.#answer(event, () => this.#askEngine(raw)));
    ipc.handle(CHANNELS.desktop, (event, raw) => this.#answer(event, () => this.#askDesktop(raw)));
    ipc.on(CHANNELS.cancel, (event, raw) => {
      const call = stopCall.safeParse(raw);
      if (this.#isPage(event) && call.success) behind.engine.cancel(call.data.task);
    });
  }

  /** Names the page that may speak; no other may. */
  admit(page: WebContents): void {
    this.#page = page;
  }

  /** Tells the page something. */
  tell(event: BridgeEvent): void {
    this.#send(CHANNELS.event, event);
  }

  #send(channel: string, ...message: unknown[]): void {
    if (this.#page && !this.#page.isDestroyed()) this.#page.send(channel, ...message);
  }

  #isPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    return (
      event.sender === this.#page &&
      frame !== null &&
      frame.parent === null &&
      frame.url.split('#')[0] === PAGE_URL
    );
  }

  async #answer(event: IpcMainInvokeEvent, ask: () => Promise<unknown>): Promise<Answer> {
    try {
      if (!this.#isPage(event)) throw inputProblem('request.sender', 'only the page of the window may ask');
      return { ok: true, value: await ask() };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  async #askEngine(raw: unknown): Promise<string> {
    const { method, params: rawParams, task } = parsed('request', engineCall, raw);
    if (!isMethod(method)) throw inputProblem('request.unknown', 'there is no such method of the engine');
    const params = parsed(method, definitionOf(method).input, rawParams);
    const withPaths = this.#behind.grants.resolve(method, params);
    const value = await this.#behind.engine.request(method, withPaths, task, progress => {
      if (task !== null) this.#send(CHANNELS.progress, task, progress);
    });
    this.#behind.done(method, withPaths, value);
    return JSON.stringify(value ?? null);
  }

  async #askDesktop(raw: unknown): Promise<unknown> {
    const { method, params } = parsed('request', desktopCall, raw);
    if (!Object.hasOwn(DESKTOP_REQUESTS, method))
      throw inputProblem('request.unknown', 'there is no such method of the window');
    const known = method as DesktopMethod;
    const handler = this.#behind.handlers[known] as (params: unknown) => unknown;
    return handler(parsed(known, DESKTOP_REQUESTS[known].input, params));
  }
}

function parsed<T extends z.ZodType>(method: string, schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw);
  if (!result.success) throw invalidRequest(method, result.error.issues[0]);
  return result.data;
}
