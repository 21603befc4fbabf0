/** The engine as the pages see it: asking, following answers, tasks, problems, and what the main process tells. */
export { type AskOptions, ask, attempt, desktop } from './client.ts';
export { liveReplay, stopReplay, type ToldReplay } from './live.ts';
export {
  asProblem,
  dismissProblem,
  type Problem,
  type ProblemFix,
  problems,
  showProblem,
} from './problems.ts';
export { type Answered, refreshMethod } from './queries.ts';
export {
  appInfo,
  beginSession,
  caseChanged,
  engineState,
  measureNetwork,
  networkState,
  preferences,
  printed,
  setPreferences,
  windowState,
} from './session.ts';
export { Store, useStore, useStored } from './store.ts';
export { type FinishedPart, fractionOf, secondsLeft, stopTask, type Task, tasks } from './tasks.ts';
export { useEngine } from './use-engine.ts';
