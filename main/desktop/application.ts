import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, type Session, session } from 'electron';
import type { NetworkState } from '../contract/desktop.ts';
import type { CaseSummary, Method, Output } from '../contract/requests/index.ts';
import { type Build, readBuild } from './build.ts';
import { Closing } from './closing.ts';
import { chooseLaunch, type Launch, shared, startEngine } from './engine-launch.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { Gate } from './gate.ts';
import { Grants } from './grants.ts';
import { desktopHandlers } from './handlers.ts';
import type { JsonFile } from './json-file.ts';
import { probeWindow } from './network.ts';
import { networkState } from './network-state.ts';
import { denyAll } from './no-network.ts';
import { PageFiles } from './page-files.ts';
import { type Place, PreferencesFile, placeFile, RecentCases } from './preferences.ts';
import { applyPreferences, createWindow, showPage, stateOf } from './window.ts';

/** So often may a crashed page be loaded again within a minute. */
const RELOADS = 2;

/** The running application. */
export class Application {
  readonly #build: Build = readBuild();
  /** In memory only: nothing of a case is left in a browser's cache. */
  readonly #session: Session = session.fromPartition('assay');
  readonly #preferences = new PreferencesFile(app.getPath('userData'));
  readonly #recent = new RecentCases(app.getPath('userData'));
  readonly #place: JsonFile<Place | null> = placeFile(app.getPath('userData'));
  readonly #engine: EngineSupervisor;
  readonly #gate: Gate;
  #launch: Launch = chooseLaunch();
  #window: BrowserWindow | null = null;
  #network: NetworkState | null = null;

  constructor() {
    this.#engine = new EngineSupervisor(() => startEngine(this.#build.engine, this.#launch), {
      event: event => this.#gate.tell(event),
      state: engine => {
        this.#gate.tell({ type: 'engine-state', engine });
        if (engine.state === 'ready') void this.#measure();
      },
    });
    const grants = new Grants();
    const handlers = desktopHandlers({
      window: () => this.#theWindow(),
      grants,
      preferences: this.#preferences,
      tell: event => this.#gate.tell(event),
      recent: this.#recent,
      engine: this.#engine,
      info: this.#build.info,
      network: measure => (measure || !this.#network ? this.#measure() : this.#network),
    });
    this.#gate = new Gate({
      engine: this.#engine,
      grants,
      handlers,
      done: (method, params, value) => this.#remember(method, params, value),
    });
  }

  /** Opens the window and starts the engine. To be called when Electron is ready. */
  async start(): Promise<void> {
    Menu.setApplicationMenu(null);
    const files = new PageFiles(join(import.meta.dirname, 'renderer'));
    this.#session.protocol.handle('app', request => files.answer(request.method, request.url));
    await denyAll(this.#session);
    await denyAll(session.defaultSession);
    const window = createWindow(this.#session, this.#place, !app.isPackaged);
    this.#window = window;
    this.#gate.admit(window.webContents);
    this.#watch(window);
    applyPreferences(window, this.#preferences.value);
    this.#engine.start();
    await showPage(window);
    await this.#checkLaunch();
  }

  #theWindow(): BrowserWindow {
    if (this.#window) return this.#window;
    throw new Error('there is no window');
  }

  #watch(window: BrowserWindow): void {
    const tell = () => this.#gate.tell({ type: 'window-state', window: stateOf(window) });
    for (const name of ['maximize', 'unmaximize', 'focus', 'blur'] as const) window.on(name as 'focus', tell);
    window.on('enter-full-screen', tell);
    window.on('leave-full-screen', tell);
    new Closing(window, this.#engine);
    this.#reloadAfterCrash(window);
    app.on('second-instance', () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    });
    app.on('window-all-closed', () => app.quit());
    app.on('will-quit', event => {
      event.preventDefault();
      void this.#engine.close().finally(() => app.exit(0));
    });
  }

  #reloadAfterCrash(window: BrowserWindow): void {
    let crashes: number[] = [];
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      const now = performance.now();
      crashes = [...crashes.filter(at => now - at < 60_000), now];
      if (reason === 'clean-exit') return;
      if (crashes.length <= RELOADS) return void showPage(window);
      dialog.showErrorBox('Assay', `The window ended unexpectedly (${reason}). The case is whole.`);
      app.quit();
    });
  }

  #remember(method: Method, params: Readonly<Record<string, unknown>>, value: unknown): void {
    if (method !== 'case.create' && method !== 'case.open') return;
    const { id, name, kit } = value as CaseSummary;
    this.#recent.opened(id, name, String(params.location), kit?.id ?? null);
  }

  async #measure(): Promise<NetworkState> {
    const window = await probeWindow(this.#session, this.#theWindow().webContents);
    const engine =
      this.#engine.state.state === 'ready'
        ? ((await this.#engine
            .request('machine.network', {})
            .catch(() => null)) as Output<'machine.network'> | null)
        : null;
    this.#network = networkState(window, engine, this.#launch);
    this.#gate.tell({ type: 'network', network: this.#network });
    return this.#network;
  }

  /**
   * A user's container runtimes may not work inside a namespace of that user. Where none does, and one does outside, the engine
   * keeps the network of the machine, and the network state says why.
   */
  async #checkLaunch(): Promise<void> {
    if (!this.#launch.isolated || process.getuid?.() === 0 || (await this.#runtimeWorks())) return;
    const isolated = this.#launch;
    this.#launch = shared('no container runtime works in a network namespace of this user');
    await this.#engine.replace();
    if (await this.#runtimeWorks()) return;
    this.#launch = isolated;
    await this.#engine.replace();
  }

  async #runtimeWorks(): Promise<boolean> {
    const machine = (await this.#engine.request('machine.describe', {})) as Output<'machine.describe'>;
    return machine.runtimes.some(runtime => runtime.works && !runtime.weaker);
  }
}
