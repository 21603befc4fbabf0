import type { Input, Method, Output } from '../../main/contract/requests/index.ts';
import { ask } from './client.ts';

/** Asks only for what changed of an answer. Gives the old one when nothing did, undefined when all has to be asked for anew. */
type AskChanges<M extends Method> = (params: Input<M>, old: Output<M>) => Promise<Output<M> | undefined>;

/** Methods whose answer is large and of which the engine tells what changed. */
const CHANGES: { readonly [M in Method]?: AskChanges<M> } = {
  async 'chain.plan'(params, old) {
    if (old === null) return undefined;
    const changes = await ask('chain.plan-changes', { ...params, since: old.event }, { quiet: true });
    if (changes === null) return undefined;
    const { event, outcome, seconds } = changes;
    if (changes.steps.length === 0) {
      const same = outcome === old.outcome && seconds === old.seconds;
      return same ? old : { ...old, event, outcome, seconds };
    }
    const steps = [...old.steps];
    for (const step of changes.steps) steps[step.number - 1] = step;
    return { ...old, event, outcome, seconds, steps };
  },
};

/** Whether the engine tells what changed of a method's answer. */
export function tellsChanges(method: Method): boolean {
  return CHANGES[method] !== undefined;
}

/** Asks for an answer; only for what changed where an old one is at hand and the engine tells. */
export async function askAgain<M extends Method>(
  method: M,
  params: Input<M>,
  old: unknown,
): Promise<Output<M>> {
  const changes = CHANGES[method] as AskChanges<M> | undefined;
  const known = old === undefined ? undefined : await changes?.(params, old as Output<M>);
  return known ?? ask(method, params, { quiet: true });
}
