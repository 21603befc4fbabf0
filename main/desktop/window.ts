import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import type { Preferences, WindowState } from '../contract/desktop.ts';
import type { JsonFile } from './json-file.ts';
import { PAGE_URL } from './page-files.ts';
import type { Place } from './preferences.ts';

/** The surface colours of the two themes, so that the first frame has the right one. */
const GROUND = { light: '#ffffff', dark: '#1e2328' };
const SMALLEST = { width: 1024, height: 640 };

/** The place where the window stood last, if that is still on a screen. */
function lastPlace(place: Place | null): Partial<Electron.Rectangle> {
  if (!place) return { width: 1440, height: 900 };
  const { workArea } = screen.getDisplayMatching(place);
  const overlaps =
    place.x < workArea.x + workArea.width &&
    place.x + place.width > workArea.x &&
    place.y < workArea.y + workArea.height &&
    place.y + place.height > workArea.y;
  const size = {
    width: Math.min(place.width, workArea.width),
    height: Math.min(place.height, workArea.height),
  };
  return overlaps ? { x: place.x, y: place.y, ...size } : size;
}

/** Makes the one window, locked to the one page. It shows when its first frame is there. */
export function createWindow(
  session: Session,
  place: JsonFile<Place | null>,
  development: boolean,
): BrowserWindow {
  const window = new BrowserWindow({
    ...lastPlace(place.value),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    frame: false,
    show: false,
    title: 'Assay',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      devTools: development,
    },
  });
  if (place.value?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => place.set({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  return window;
}

/** Refuses whatever would lead a page away from itself. To be called before any page exists. */
export function lockContents(contents: Electron.WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', event => event.preventDefault());
  contents.on('will-frame-navigate', event => event.preventDefault());
  contents.on('will-redirect', event => event.preventDefault());
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Shows the page. */
export async function showPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(PAGE_URL);
}

export function stateOf(window: BrowserWindow): WindowState {
  return {
    maximized: window.isMaximized(),
    fullscreen: window.isFullScreen(),
    focused: window.isFocused(),
  };
}

/** Brings what a person has set into effect. */
export function applyPreferences(window: BrowserWindow, preferences: Preferences): void {
  nativeTheme.themeSource = preferences.theme;
  window.webContents.setZoomFactor(preferences.zoom);
}
