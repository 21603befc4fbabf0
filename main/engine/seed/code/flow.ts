import type { CodeMap, ReadInstruction } from './code-map.ts';
import { type SystemCall, UNKNOWN_CALL } from './syscalls.ts';
import { type Start, Walk } from './walk.ts';
import type { Found } from './walk-found.ts';

/** An instruction that control can reach. */
export interface ReachedInstruction extends ReadInstruction {
  /** Offset of the target in the file; null when there is none, or it is not among the code. */
  readonly target: number | null;
  readonly call: SystemCall | null;
  /** In the order in which they were first met. */
  readonly order: number;
}

/** What following control from the start gives. */
export interface Reached {
  readonly instructions: ReadonlyMap<number, ReachedInstruction>;
  /** Instructions whose target a register or memory decides: ways that could not be followed. */
  readonly indirect: readonly number[];
  /** Instructions that lead to where this file has no code. */
  readonly outside: readonly number[];
  /** Where control comes to bytes that are no instruction. */
  readonly undecodable: readonly number[];
}

/**
 * Follows control from `starts`, through both ways of every branch, into every call and back to where it came from. Where ways
 * meet, what is known is what can be on any of them; so a system call is named only when every way agrees. Calls are told
 * apart by where they come from, as far as there are not too many. A way ends where it leaves the code, meets what is no
 * instruction, or ends the program.
 *
 * When a way leads nobody knows where, or the code changes itself, control may come from anywhere with anything: then nothing is said
 * of any system call, and what is reached is found once more, by assuming that every call comes back.
 */
export function follow(map: CodeMap, starts: readonly Start[]): Reached {
  const walk = new Walk(map, true);
  for (const start of starts) walk.from(start);
  const found = walk.found();
  if (found.lost === null) return reachedIn(found, null);
  const plain = new Walk(map, false);
  for (const start of starts) plain.from(start);
  return reachedIn(plain.found(), found.lost);
}

/** As {@link follow}, but what is said of system calls holds on the condition that nothing leads there that was not followed. */
export function followAnyway(map: CodeMap, starts: readonly Start[]): Reached {
  const walk = new Walk(map, true);
  for (const start of starts) walk.from(start);
  return reachedIn(walk.found(), null);
}

function reachedIn(found: Found, withheld: string | null): Reached {
  const instructions = new Map<number, ReachedInstruction>();
  for (const [offset, { read, target, call, order }] of found.instructions) {
    const said = withheld === null || call === null ? call : { ...UNKNOWN_CALL, withheld };
    instructions.set(offset, { ...read, target, call: said, order });
  }
  const ascending = (set: Iterable<number>) => [...set].sort((a, b) => a - b);
  return {
    instructions,
    indirect: ascending(found.indirect),
    outside: ascending(found.outside),
    undecodable: ascending(found.undecodable),
  };
}
