/** The engine behind a channel, for the window. */
export type { Handler, HandlerContext, Handlers } from './handler.ts';
export { EngineService, problemOf } from './service.ts';
export { Session } from './session.ts';
