import { useEffect, useMemo } from 'react';
import type { Input, Method, Output } from '../../main/contract/requests/index.ts';
import { type Answered, follow, queryFor } from './queries.ts';
import { Store, useStore } from './store.ts';

export interface UseEngineOptions {
  /** True where the answer can never change, so that it is asked for once: the content of an object, a kit. */
  readonly once?: boolean;
}

const NOTHING = new Store<Answered<unknown>>({ value: undefined, problem: undefined, loading: false });

/**
 * The engine's answer to a method, asked for when a component is first drawn and again whenever the log has grown. Answers are
 * shared by all who ask the same. With `null` for parameters nothing is asked.
 */
export function useEngine<M extends Method>(
  method: M,
  params: Input<M> | null,
  options: UseEngineOptions = {},
): Answered<Output<M>> {
  const once = options.once ?? false;
  const key = params === null ? null : JSON.stringify(params);
  const query = useMemo(
    () => (key === null ? null : queryFor(method, JSON.parse(key) as Input<M>, once)),
    [method, key, once],
  );
  useEffect(() => (query ? follow(query) : undefined), [query]);
  return useStore(query?.store ?? NOTHING) as Answered<Output<M>>;
}
