import { z } from 'zod';
import { engineEventSchema, problemSchema, requestMessage } from './channel.ts';
import { grantSchema } from './grants.ts';
import { caseSummary } from './requests/case.ts';
import { nothing } from './requests/common.ts';
import { request } from './requests/define.ts';

/** Requests that the main process answers itself: dialogs, preferences, the window, the state of engine and network. */

/** Width or place of a pane in CSS pixels, by the name that the page gives it. */
const panes = z
  .record(z.string().max(60), z.int().min(0).max(10_000))
  .refine(each => Object.keys(each).length <= 200, 'too many panes');

/** What a person has set; kept on this machine, no part of any case. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  zoom: z.number().min(0.5).max(3),
  /** Who works here: written beside every event. Null until somebody said so. */
  person: z
    .strictObject({
      name: z.string().trim().min(1).max(200),
      role: z.enum(['auditor', 'reviewer', 'compliance']),
    })
    .nullable(),
  panes,
  /** Whether single keys (U, N, R, …) act. */
  singleKeys: z.boolean(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const windowState = z.strictObject({
  maximized: z.boolean(),
  fullscreen: z.boolean(),
  focused: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

/** One thing that was tried about the network, and how it came out. `passed` means that nothing got through. */
const networkCheck = z.strictObject({
  part: z.enum(['window', 'engine']),
  name: z.string(),
  passed: z.boolean(),
  detail: z.string(),
  at: z.string().describe('When it was tried, RFC 3339, UTC.'),
});

/** The network as measured. */
export const networkState = z.strictObject({
  at: z.string(),
  /** Whether every check of the window passed: nothing of the page or of Chromium reached anything. */
  windowIsolated: z.boolean(),
  /** Whether the engine's process has no way out at all. Null while no engine runs. */
  engineIsolated: z.boolean().nullable(),
  /** Why the engine has the network of the machine, in one sentence. Null when it has not. */
  engineReason: z.string().nullable(),
  checks: z.array(networkCheck),
});
export type NetworkState = z.infer<typeof networkState>;

/** Where the engine's process stands. */
export const engineState = z.strictObject({
  state: z.enum(['starting', 'ready', 'restarting', 'stopped']),
  /** Why it is not ready, or what happened before it was started again. */
  problem: problemSchema.nullable(),
  /** The case that was opened again after a restart. */
  reopened: caseSummary.nullable(),
});
export type EngineState = z.infer<typeof engineState>;

export const appInfo = z.strictObject({
  assay: z.string(),
  electron: z.string(),
  chromium: z.string(),
  /** Node of the main process, and the one that runs the engine. */
  node: z.string(),
  engineNode: z.string(),
  packaged: z.boolean(),
  /** Why this is a development build, in one sentence each; empty for a release. */
  development: z.array(z.string()),
  platform: z.string(),
});
export type AppInfo = z.infer<typeof appInfo>;

const recentCase = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Id of its kit; null in a case without one. */
  kit: z.string().nullable(),
  /** Folder, to show. */
  label: z.string(),
  opened: z.string().describe('When it was last opened here, RFC 3339, UTC.'),
  there: z.boolean().describe('Whether the folder is still there.'),
});
export type RecentCase = z.infer<typeof recentCase>;

const fileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'a plain file name');

const chosen = grantSchema.nullable().describe('Null when the person cancelled.');

/** Every request that the main process answers itself. */
export const DESKTOP_REQUESTS = {
  'choose.bundle': request({ input: z.strictObject({ as: z.enum(['file', 'folder']) }), output: chosen }),
  /** Several files to import together, as a package's sources often come. Empty when the person cancelled. */
  'choose.bundle-files': request({ input: nothing, output: z.array(grantSchema).max(10_000) }),
  /** Seeds or other binaries to review, each with its source if there is one. Empty when the person cancelled. */
  'choose.seeds': request({ input: nothing, output: z.array(grantSchema).max(100) }),
  'choose.case': request({ input: nothing, output: chosen }),
  /** Where a new case is to lie: a folder that is not there yet. */
  'choose.new-case': request({ input: z.strictObject({ name: fileName }), output: chosen }),
  'choose.folder': request({ input: nothing, output: chosen }),
  'choose.kit': request({ input: nothing, output: chosen }),
  'choose.key': request({ input: nothing, output: chosen }),
  /** A list of signers as `ssh-keygen -Y verify` reads it. */
  'choose.signers': request({ input: nothing, output: chosen }),
  /** A file that `seed.export` wrote; its signature is looked for beside it. */
  'choose.annotations': request({ input: nothing, output: chosen }),
  'choose.reports': request({
    input: z.strictObject({ several: z.boolean() }),
    output: z.array(grantSchema).describe('Empty when the person cancelled.'),
  }),
  /** A file whose bytes are compared with others. */
  'choose.compared': request({ input: nothing, output: chosen }),
  /** Where a file is to be written. */
  'choose.target': request({ input: z.strictObject({ name: fileName }), output: chosen }),

  'preferences.get': request({ input: nothing, output: preferencesSchema }),
  /** Changes what is named and keeps the rest. `panes` is merged by name. */
  'preferences.set': request({ input: preferencesSchema.partial(), output: preferencesSchema }),

  'recent.list': request({ input: nothing, output: z.array(recentCase) }),
  /** Leave to open a recent case; null when its folder is gone. */
  'recent.grant': request({ input: z.strictObject({ id: z.string().max(100) }), output: chosen }),
  'recent.forget': request({ input: z.strictObject({ id: z.string().max(100) }), output: nothing }),

  'window.state': request({ input: nothing, output: windowState }),
  'window.minimize': request({ input: nothing, output: nothing }),
  'window.toggle-maximize': request({ input: nothing, output: nothing }),
  'window.toggle-fullscreen': request({ input: nothing, output: nothing }),
  'window.close': request({ input: nothing, output: nothing }),

  'clipboard.write': request({ input: z.strictObject({ text: z.string().max(16 << 20) }), output: nothing }),

  'app.info': request({ input: nothing, output: appInfo }),
  'engine.state': request({ input: nothing, output: engineState }),
  /** Starts the engine again after it was given up. */
  'engine.restart': request({ input: nothing, output: nothing }),
  /** The last measurement of the network, or a new one. */
  'network.state': request({ input: z.strictObject({ measure: z.boolean() }), output: networkState }),
};

export type DesktopMethod = keyof typeof DESKTOP_REQUESTS;
export type DesktopInput<M extends DesktopMethod> = z.input<(typeof DESKTOP_REQUESTS)[M]['input']>;
export type DesktopParams<M extends DesktopMethod> = z.output<(typeof DESKTOP_REQUESTS)[M]['input']>;
export type DesktopOutput<M extends DesktopMethod> = z.output<(typeof DESKTOP_REQUESTS)[M]['output']>;

/** What the renderer is told without asking. */
export const bridgeEventSchema = z.discriminatedUnion('type', [
  ...engineEventSchema.options,
  z.strictObject({ type: z.literal('engine-state'), engine: engineState }),
  z.strictObject({ type: z.literal('network'), network: networkState }),
  z.strictObject({ type: z.literal('window-state'), window: windowState }),
  z.strictObject({ type: z.literal('preferences'), preferences: preferencesSchema }),
]);
export type BridgeEvent = z.infer<typeof bridgeEventSchema>;

/** Names a request under way, chosen by the renderer. */
export const taskName = z.string().min(1).max(100);

/** What the preload may send: a request to the engine, one to the main process, or a stop. */
export const engineCall = z.strictObject({
  method: requestMessage.shape.method,
  params: z.unknown(),
  task: taskName.nullable(),
});
export const desktopCall = z.strictObject({ method: z.string().max(100), params: z.unknown() });
export const stopCall = z.strictObject({ task: taskName });
