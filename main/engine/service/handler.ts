import type { Method, Output, Params } from '../../contract/requests/index.ts';
import type { TaskOptions } from '../base/index.ts';
import type { Session } from './session.ts';

/** What a method of the engine works with besides its parameters. */
export interface HandlerContext extends Required<TaskOptions> {
  readonly session: Session;
}

/** Carries out one method. */
export type Handler<M extends Method> = (
  params: Params<M>,
  context: HandlerContext,
) => Promise<Output<M>> | Output<M>;

/** One handler for each of these methods. */
export type Handlers<M extends Method> = { readonly [K in M]: Handler<K> };
