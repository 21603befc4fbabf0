import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Answer, type AssayBridge, CHANNELS } from '../main/contract/bridge.ts';
import type { RequestProgress } from '../main/contract/channel.ts';
import type { BridgeEvent } from '../main/contract/desktop.ts';

/** Asks the main process and gives its answer, or rejects with its problem. */
async function ask(channel: string, message: unknown): Promise<unknown> {
  const answer = (await ipcRenderer.invoke(channel, message)) as Answer;
  if (answer.ok) return answer.value;
  throw answer.problem;
}

/** Hears one channel; gives what ends it. Electron's own event object never reaches the page. */
function hear(channel: string, listener: (...message: never[]) => void): () => void {
  const relay = (_event: IpcRendererEvent, ...message: unknown[]) => listener(...(message as never[]));
  ipcRenderer.on(channel, relay);
  return () => void ipcRenderer.removeListener(channel, relay);
}

const bridge = {
  request: (method: string, params: unknown, task?: string) =>
    ask(CHANNELS.request, { method, params, task: task ?? null }),
  cancel: (task: string) => ipcRenderer.send(CHANNELS.cancel, { task }),
  desktop: (method: string, params: unknown) => ask(CHANNELS.desktop, { method, params }),
  onEvent: (listener: (event: BridgeEvent) => void) => hear(CHANNELS.event, listener),
  onProgress: (listener: (task: string, progress: RequestProgress) => void) =>
    hear(CHANNELS.progress, listener),
};

contextBridge.exposeInMainWorld('assay', bridge satisfies Record<keyof AssayBridge, unknown>);
