import { existsSync } from 'node:fs';
import { type BrowserWindow, clipboard } from 'electron';
import type { AppInfo, BridgeEvent, NetworkState } from '../contract/desktop.ts';
import { dialogHandlers } from './dialogs.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { DesktopHandlers } from './gate.ts';
import type { Grants } from './grants.ts';
import type { PreferencesFile, RecentCases } from './preferences.ts';
import { applyPreferences, stateOf } from './window.ts';

/** What the main process answers from. */
export interface Desk {
  readonly window: () => BrowserWindow;
  readonly grants: Grants;
  readonly preferences: PreferencesFile;
  /** Tells the page something that it did not ask for. */
  readonly tell: (event: BridgeEvent) => void;
  readonly recent: RecentCases;
  readonly engine: EngineSupervisor;
  readonly info: () => AppInfo;
  readonly network: (measure: boolean) => NetworkState | Promise<NetworkState>;
}

/** One handler for each request that the main process answers itself. */
export function desktopHandlers(desk: Desk): DesktopHandlers {
  return {
    ...dialogHandlers(desk.window, desk.grants),
    ...settingHandlers(desk),
    ...windowHandlers(desk),
    'clipboard.write': ({ text }) => {
      clipboard.writeText(text);
      return {};
    },
    'app.info': () => desk.info(),
    'engine.state': () => desk.engine.state,
    'engine.restart': () => {
      desk.engine.start();
      return {};
    },
    'network.state': ({ measure }) => desk.network(measure),
  };
}

function settingHandlers({ window, grants, preferences, recent, tell }: Desk) {
  return {
    'preferences.get': () => preferences.value,
    'preferences.set': changes => {
      const value = preferences.change(changes);
      applyPreferences(window(), value);
      tell({ type: 'preferences', preferences: value });
      return value;
    },
    'recent.list': () =>
      recent.value.map(({ id, name, folder, opened, kit }) => ({
        id,
        name,
        kit,
        label: folder,
        opened,
        there: existsSync(folder),
      })),
    'recent.grant': ({ id }) => {
      const known = recent.value.find(each => each.id === id);
      return known && existsSync(known.folder) ? grants.give('case', known.folder) : null;
    },
    'recent.forget': ({ id }) => {
      recent.forget(id);
      return {};
    },
  } satisfies Partial<DesktopHandlers>;
}

function windowHandlers({ window }: Desk) {
  const done = (act: () => void) => () => {
    act();
    return {};
  };
  return {
    'window.state': () => stateOf(window()),
    'window.minimize': done(() => window().minimize()),
    'window.toggle-maximize': done(() =>
      window().isMaximized() ? window().unmaximize() : window().maximize(),
    ),
    'window.toggle-fullscreen': done(() => window().setFullScreen(!window().isFullScreen())),
    'window.close': done(() => window().close()),
  } satisfies Partial<DesktopHandlers>;
}
