/** The engine behind a channel, for the window. */
export type { Handler, HandlerContext, Handlers } from './handler.ts';
export { problemOf } from './problem.ts';
export { EngineService } from './service.ts';
export { Session } from './session.ts';
