import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type {
  DesktopInput,
  DesktopMethod,
  DesktopOutput,
  EngineState,
} from '../../../main/contract/desktop.ts';
import type { Input, Method, Output } from '../../../main/contract/requests/index.ts';
import { APP, buildApp } from '../../../scripts/build.ts';
import { electronRuntime } from '../../../scripts/electron-runtime.ts';
import { Display, noDisplay } from './display.ts';

/** How a window is opened. */
export interface WindowOptions {
  /** A folder that stays, to open a second window over the same settings. */
  readonly home?: string;
  readonly display?: Display;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** A program that starts Electron, as `strace -f …` does. */
  readonly executable?: string;
}

/** Why the window cannot be tested here, for a test's `skip`; false when it can. */
export async function noWindow(): Promise<string | false> {
  const reason = noDisplay();
  if (reason) return reason;
  try {
    await electronRuntime();
    return false;
  } catch (error) {
    return `no Electron: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Arguments of Electron that every test needs: root has no sandbox, a machine for tests no GPU. */
export function electronArguments(): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'];
}

/** The environment of a user with nothing set up, whose files all lie in one folder. */
export function environment(home: string, display: Display): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env;
  return {
    PATH,
    LANG,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DISPLAY: display.name,
    // A session bus of the machine has no part in a test.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    NO_AT_BRIDGE: '1',
  };
}

/** Starts the application named behind it, held back until Playwright is connected. */
export const HELD_APP = join(import.meta.dirname, 'held-app');

/** How long a window may take to come, in milliseconds. */
const LAUNCH_LIMIT = 60_000;

/** The real application on a display and with settings of its own, driven from outside. */
export class TestWindow implements AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  readonly display: Display;
  /** What the page wrote to its console as an error, except refusals by its policy that a test provoked. */
  readonly errors: string[] = [];
  readonly #own: AsyncDisposable[];
  readonly #process: ChildProcess;

  private constructor(
    app: ElectronApplication,
    page: Page,
    home: string,
    display: Display,
    own: AsyncDisposable[],
  ) {
    [this.app, this.page, this.home, this.display, this.#own] = [app, page, home, display, own];
    this.#process = app.process();
    page.on('pageerror', error => this.errors.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** Opens the application and waits for its page and its engine. */
  static async open(options: WindowOptions = {}): Promise<TestWindow> {
    const runtime = await electronRuntime();
    await buildApp();
    const own: AsyncDisposable[] = [];
    try {
      return await TestWindow.#start(runtime.program, options, own);
    } catch (error) {
      // What was begun for a window that did not come would keep the test from ending.
      for (const each of own) await each[Symbol.asyncDispose]();
      throw error;
    }
  }

  static async #start(program: string, options: WindowOptions, own: AsyncDisposable[]): Promise<TestWindow> {
    const display = options.display ?? (await Display.start());
    if (!options.display) own.push(display);
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'assay-window-')));
    if (!options.home) own.push({ [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) });
    await mkdir(join(home, 'Documents'), { recursive: true });
    const app = await _electron.launch({
      executablePath: options.executable ?? program,
      args: [...(options.args ?? []), ...electronArguments(), HELD_APP, APP],
      env: { ...environment(home, display), ...options.env },
      timeout: LAUNCH_LIMIT,
      // The theme is the application's own doing.
      colorScheme: null,
    });
    const page = await app.firstWindow();
    await page.waitForLoadState();
    const window = new TestWindow(app, page, home, display, own);
    await window.engineReady();
    return window;
  }

  /** Waits until the engine takes requests, or until what is wanted of its state; gives it. */
  async engineReady(wanted: (state: EngineState) => boolean = () => true): Promise<EngineState> {
    for (;;) {
      const state = await this.desktop('engine.state', {});
      if (state.state === 'ready' && wanted(state)) return state;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** Asks the engine as the page would. Rejects with {@link BridgeError}. */
  ask<M extends Method>(method: M, params: Input<M>, task?: string): Promise<Output<M>> {
    return this.#through({ part: 'request', method, params, task }) as Promise<Output<M>>;
  }

  /** Asks the main process as the page would. Rejects with {@link BridgeError}. */
  desktop<M extends DesktopMethod>(method: M, params: DesktopInput<M>): Promise<DesktopOutput<M>> {
    return this.#through({ part: 'desktop', method, params }) as Promise<DesktopOutput<M>>;
  }

  async #through(call: {
    part: 'request' | 'desktop';
    method: string;
    params: unknown;
    task?: string | undefined;
  }) {
    const answer = await this.page.evaluate(async ({ part, method, params, task }) => {
      const { assay } = globalThis as unknown as Window;
      const ask = assay[part] as (method: string, params: unknown, task?: string) => Promise<unknown>;
      return ask(method, params, task).then(
        value => ({ value }),
        problem => ({ problem }),
      );
    }, call);
    if ('problem' in answer) throw new BridgeError(answer.problem as EngineProblem);
    return call.part === 'request' ? JSON.parse(answer.value as string) : answer.value;
  }

  /** Makes the next dialogs give these paths, as if a person had chosen them; none means that the person cancelled. */
  async choose(...paths: string[]): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      const canceled = chosen.length === 0;
      dialog.showOpenDialog = async () => ({ canceled, filePaths: chosen });
      dialog.showSaveDialog = async () => ({ canceled, filePath: chosen[0] ?? '' });
    }, paths);
  }

  /** What axe finds wrong on the page as it is, as `rule: element` lines. Rules as WCAG 2.2 AA. */
  async accessibility(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`));
  }

  /** Does something and gives how long each frame took meanwhile, in milliseconds. */
  frames(act: () => Promise<void>): Promise<number[]> {
    return framesOf(this.page, act);
  }

  /** The process of the engine that the window started. */
  enginePid(): number {
    const own = this.#process.pid;
    const children = readFileSync(`/proc/${own}/task/${own}/children`, 'utf8').trim().split(' ').map(Number);
    const engine = children.find(pid => commandLine(pid).includes('main/engine/service/main.ts'));
    if (engine === undefined) throw new Error('no engine runs');
    return engine;
  }

  /** Quits, as closing the window does; kills what does not end. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const late = setTimeout(() => this.#process.kill('SIGKILL'), 15_000);
    await this.app.close();
    clearTimeout(late);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    for (const each of this.#own) await each[Symbol.asyncDispose]();
  }
}

/** Does something and gives how long each frame of a page took meanwhile, in milliseconds. */
export async function framesOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(FRAMES_START);
  await act();
  return (await page.evaluate(FRAMES_END)) as number[];
}

/** An answer over the bridge that was a problem. */
export class BridgeError extends Error {
  readonly problem: EngineProblem;

  constructor(problem: EngineProblem) {
    super(`${problem.code}: ${problem.message}`);
    this.problem = problem;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const FRAMES_START = `(() => {
  const frames = [];
  let last = performance.now();
  const each = now => { frames.push(now - last); last = now; window.assayFrames.next = requestAnimationFrame(each); };
  window.assayFrames = { frames, next: requestAnimationFrame(each) };
})()`;
const FRAMES_END = `(() => {
  cancelAnimationFrame(window.assayFrames.next);
  return window.assayFrames.frames;
})()`;
