import { NO_MEMORY } from './memory.ts';
import { CALLER, heldIn, NOTHING, type State } from './state.ts';
import { STACK } from './term.ts';
import { ALL, nameOf, same, type Value } from './value.ts';

/** What is known where calls are not told apart: only what it rests on. */
export function nothing({ conditions }: State): State {
  return { ...NOTHING, conditions };
}

/** Whether control goes back to whoever began the program. */
export function isGone(target: Value): boolean {
  const name = nameOf(target);
  return name !== null && (name === CALLER || name.startsWith('arg'));
}

/** What still holds of what changed too often: only what did not change. */
export function steady(before: State, met: State): State {
  const registers = new Map([...met.registers].filter(([name, value]) => same(value, heldIn(before, name))));
  return { ...met, registers, memory: met.memory === before.memory ? met.memory : NO_MEMORY };
}

/** How deep the stack is, from where it was at the entry; null where that is not known exactly. */
export function depthOf(state: State): bigint | null {
  const { terms } = heldIn(state, 'sp');
  const [term] = terms;
  return terms.length === 1 && term?.symbol === STACK && term.known === ALL ? term.bits : null;
}

/** The state without what lies below the stack: whoever comes back from a call has no use for it. */
export function withoutDead(state: State): State {
  const depth = depthOf(state);
  return depth === null ? state : { ...state, memory: state.memory.withoutBelow(BigInt.asIntN(64, depth)) };
}
