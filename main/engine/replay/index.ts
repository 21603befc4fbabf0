/** Container runtimes, observer, runner. */
export type { PlacedSeed, SourceTree } from './build-tree.ts';
export { runContained } from './contained.ts';
export { endText, failureOf, type StepFailure } from './failure.ts';
export { chooseRuntimeFor, probeForeign } from './foreign.ts';
export { findTool, HOST_ENVIRONMENT, identifyTool } from './host-tools.ts';
export { describeMachine } from './machine.ts';
export { chooseObserver, probeObserver, type ReadyObserver } from './observer.ts';
export { chooseRuntime, probeRuntimes, RUNTIMES } from './probe.ts';
export * from './record.ts';
export {
  type BegunReplay,
  REPLAY_LIMITS,
  type ReplayInput,
  type ReplayLimits,
  type ReplayMode,
  type ReplayOptions,
  type ReplayOutcome,
  type ReplayWatcher,
  runReplay,
} from './replay.ts';
export { type Rerun, type RerunComparison, type RerunOptions, rerunStep } from './rerun.ts';
export { requestOf } from './reuse.ts';
export type { ReadyRuntime, Runtime, RuntimeProbe } from './runtime.ts';
export type { OnOutput } from './step.ts';
export { compareBytes } from './tree-state.ts';
export { recordsOf } from './which-replay.ts';
