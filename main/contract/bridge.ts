import type { EngineProblem, RequestProgress } from './channel.ts';
import type { BridgeEvent, DesktopInput, DesktopMethod, DesktopOutput } from './desktop.ts';
import type { Input, Method } from './requests/index.ts';

/**
 * The one thing that the preload gives the renderer, as `window.assay`. Promises reject with an {@link EngineProblem}, a plain
 * object. Besides the codes of the engine those are `engine.gone` (it ended before it answered), `engine.not-ready`, `grant.invalid`
 * (a path or a grant that is not good here) and `request.invalid`.
 */
export interface AssayBridge {
  /**
   * Asks the engine. Where a definition lists `grants`, the field holds the `grant` that a `choose.…` request gave.
   * With `task`, a name of the caller's choosing that no other request under way has, progress is told and
   * {@link cancel} works. The answer is the JSON text of a method's output: a text crosses at once, a structure piece by piece, which
   * took 58 ms of the page's thread for the places of 5,000 boxes.
   */
  request<M extends Method>(method: M, params: Input<M>, task?: string): Promise<string>;
  /** Asks that a request stop; it then rejects with `task.stopped`. A name that is not under way changes nothing. */
  cancel(task: string): void;
  /** Asks the main process itself. */
  desktop<M extends DesktopMethod>(method: M, params: DesktopInput<M>): Promise<DesktopOutput<M>>;
  /** Hears what the engine and the main process tell. Gives a function that ends it. */
  onEvent(listener: (event: BridgeEvent) => void): () => void;
  /** Hears how far requests with a task name are. Gives a function that ends it. */
  onProgress(listener: (task: string, progress: RequestProgress) => void): () => void;
}

/** The channels of Electron that the bridge is made of. */
export const CHANNELS = {
  request: 'assay:request',
  cancel: 'assay:cancel',
  desktop: 'assay:desktop',
  event: 'assay:event',
  progress: 'assay:progress',
} as const;

/** How an answer crosses from the main process to the preload. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: EngineProblem };

declare global {
  interface Window {
    readonly assay: AssayBridge;
  }
}
