import type {
  AppInfo,
  BridgeEvent,
  EngineState,
  NetworkState,
  Preferences,
  WindowState,
} from '../../main/contract/desktop.ts';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { bridge } from './bridge.ts';
import { ask, attempt, desktop, followProgress } from './client.ts';
import { takeLive } from './live.ts';
import { showProblem } from './problems.ts';
import { forgetAll, refreshAll, setEngineReady, takeAnswer } from './queries.ts';
import { Store } from './store.ts';

/** Where the engine's process stands; null until the main process said so. */
export const engineState = new Store<EngineState | null>(null);
/** The network as measured last; null until it was. */
export const networkState = new Store<NetworkState | null>(null);
export const preferences = new Store<Preferences | null>(null);
export const windowState = new Store<WindowState | null>(null);
export const appInfo = new Store<AppInfo | null>(null);
/** How much the steps of the running replay have printed. */
export interface Printed {
  readonly lines: number;
  readonly bytes: number;
}

/** The same as it was told last; null when nobody told yet. */
export const printed = new Store<Printed | null>(null);

/** Follows what the engine and the main process tell, and asks what they told before. Gives a function that ends it. */
export function beginSession(): () => void {
  const ends = [bridge().onEvent(take), followProgress()];
  void attempt('Start failed', async () => {
    const [engine, chosen, shown, info] = await Promise.all([
      desktop('engine.state', {}),
      desktop('preferences.get', {}),
      desktop('window.state', {}),
      desktop('app.info', {}),
    ]);
    preferences.set(chosen);
    windowState.set(shown);
    appInfo.set(info);
    takeEngineState(engine);
  });
  void measureNetwork(false);
  return () => {
    for (const end of ends) end();
  };
}

/** Asks for the network as measured last, or measures it now. */
export async function measureNetwork(measure: boolean): Promise<void> {
  await attempt('Measuring the network failed', async () => {
    networkState.set(await desktop('network.state', { measure }));
  });
}

/** Changes what a person set on this machine. */
export async function setPreferences(change: Partial<Preferences>): Promise<void> {
  preferences.set(old => old && { ...old, ...change, panes: { ...old.panes, ...change.panes } });
  await attempt('Preferences were not kept', async () => {
    preferences.set(await desktop('preferences.set', change));
  });
}

/** Another case is open, or none: everything that was known is asked for again. */
export function caseChanged(summary: CaseSummary | null): void {
  forgetAll();
  takeAnswer('case.summary', {}, summary);
}

function take(event: BridgeEvent): void {
  if (event.type === 'case-changed') refreshAll();
  else if (event.type === 'output-grew') printed.set(event);
  else if (event.type === 'replay-live') takeLive(event.live);
  else if (event.type === 'engine-state') takeEngineState(event.engine);
  else if (event.type === 'network') networkState.set(event.network);
  else if (event.type === 'window-state') windowState.set(event.window);
  else if (event.type === 'preferences') preferences.set(event.preferences);
}

function takeEngineState(engine: EngineState): void {
  const before = engineState.get()?.state;
  engineState.set(engine);
  setEngineReady(engine.state === 'ready');
  // One that was begun by a page before this one runs on; one in an engine that ended does not.
  if (engine.state !== 'ready') takeLive(null);
  else if (before !== 'ready') void attempt('The replay is not known', findLive);
  const again = engine.state === 'ready' && before !== undefined && before !== 'ready';
  if (again && engine.problem) {
    showProblem(
      engine.reopened
        ? 'The engine ended; it was started again with the case'
        : 'The engine ended and was started again',
      engine.problem,
    );
  }
}

async function findLive(): Promise<void> {
  takeLive(await ask('replay.live', {}, { quiet: true }));
}
