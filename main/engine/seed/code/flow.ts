import type { Decoded } from './capstone.ts';
import type { CodeMap, ReadInstruction } from './code-map.ts';
import type { Flow } from './jumps.ts';
import { FACTS } from './machine.ts';
import { refined } from './refine.ts';
import { afterArm, afterRiscv } from './risc-effects.ts';
import { meetStates, NOTHING, type State } from './state.ts';
import { afterCall, callIn, endsProgram, type SystemCall } from './syscalls.ts';
import { UNKNOWN } from './value.ts';
import { X86Effects } from './x86-effects.ts';

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
 * Follows control from `starts`, through both ways of every branch, into every call and on behind it. Where ways meet, what is known
 * of the registers is what holds on all of them; so a system call is named only when every way that was found agrees. A
 * way ends where it returns, leaves the code, meets what is no instruction, or ends the program.
 */
export function follow(
  map: CodeMap,
  starts: readonly { readonly offset: number; readonly state: State }[],
): Reached {
  const walk = new Walk(map);
  for (const { offset, state } of starts) walk.from(offset, state);
  return walk.reached();
}

class Walk {
  readonly #map: CodeMap;
  readonly #x86: X86Effects;
  readonly #states = new Map<number, State>();
  readonly #order = new Map<number, number>();
  readonly #todo: { readonly offset: number; readonly state: State }[] = [];
  readonly #outside = new Set<number>();
  readonly #undecodable = new Set<number>();

  constructor(map: CodeMap) {
    this.#map = map;
    this.#x86 = new X86Effects(FACTS[map.machine].word);
  }

  from(offset: number, state: State): void {
    this.#todo.push({ offset, state });
    for (let next = this.#todo.pop(); next; next = this.#todo.pop()) {
      let at: { offset: number; state: State } | null = next;
      while (at) at = this.#step(at.offset, at.state);
    }
  }

  /** Takes one instruction; gives where control goes on behind it, or null when it does not or nothing new is known there. */
  #step(offset: number, state: State): { offset: number; state: State } | null {
    const known = this.#states.get(offset);
    const here = known ? meetStates(known, state) : state;
    if (here === known) return null;
    this.#states.set(offset, here);
    const found = this.#at(offset);
    if (!found) return null;
    const { decoded, flow } = found;
    const behind = offset + decoded.length;
    const ways = refined(here, decoded, flow, this.#map.machine);
    if (flow.kind === 'conditional') this.#branch(offset, flow, ways.taken);
    if (flow.kind === 'jump' || flow.kind === 'return') {
      this.#branch(offset, flow, here);
      return null;
    }
    if (flow.kind === 'call') {
      const stack = FACTS[this.#map.machine].longest === 15 ? [UNKNOWN, ...here.stack] : here.stack;
      this.#branch(offset, flow, { ...here, stack, compared: null });
      return this.#behind(offset, behind, NOTHING);
    }
    if (flow.kind === 'trap' && !this.#goesOn(decoded)) return null;
    if (flow.kind === 'syscall') {
      const call = callIn(here, this.#map.machine, decoded.operands);
      if (endsProgram(call)) return null;
      return this.#behind(
        offset,
        behind,
        afterCall(here, this.#map.machine, call, `0x${offset.toString(16)}`),
      );
    }
    return this.#behind(
      offset,
      behind,
      flow.kind === 'conditional' ? ways.through : this.#after(here, decoded),
    );
  }

  /** Breakpoints come back; in real mode so does an interrupt that was waited for. */
  #goesOn({ mnemonic }: Decoded): boolean {
    if (/^(int|int1|int3|into|brk|bkpt|ebreak)$/.test(mnemonic)) return true;
    return this.#map.machine === 'x86-16' && mnemonic === 'hlt';
  }

  #after(state: State, decoded: Decoded): State {
    switch (this.#map.machine) {
      case 'aarch64':
        return afterArm(state, decoded, 8);
      case 'arm':
        return afterArm(state, decoded, 4);
      case 'riscv32':
        return afterRiscv(state, decoded, 32);
      case 'riscv64':
        return afterRiscv(state, decoded, 64);
      default:
        return this.#x86.after(state, decoded);
    }
  }

  #at(offset: number): ReadInstruction | null {
    const found = this.#map.at(offset);
    if (!found) this.#undecodable.add(offset);
    else if (!this.#order.has(offset)) this.#order.set(offset, this.#order.size);
    return found;
  }

  #behind(from: number, offset: number, state: State): { offset: number; state: State } | null {
    const piece = this.#map.pieceAt(from);
    if (piece && offset < piece.offset + piece.length) return { offset, state };
    this.#outside.add(from);
    return null;
  }

  #branch(offset: number, { target }: Flow, state: State): void {
    if (target === null) return;
    const place = this.#map.offsetOf(target);
    if (place === null) this.#outside.add(offset);
    else this.#todo.push({ offset: place, state });
  }

  reached(): Reached {
    const instructions = new Map<number, ReachedInstruction>();
    const indirect: number[] = [];
    for (const [offset, order] of this.#order) {
      const found = this.#map.at(offset);
      if (!found) continue;
      const { decoded, flow } = found;
      const target = flow.target === null ? null : this.#map.offsetOf(flow.target);
      const state = this.#states.get(offset) ?? NOTHING;
      const call = flow.kind === 'syscall' ? callIn(state, this.#map.machine, decoded.operands) : null;
      instructions.set(offset, { decoded, flow, target, call, order });
      if (
        flow.target === null &&
        (flow.kind === 'jump' || flow.kind === 'call' || flow.kind === 'conditional')
      )
        indirect.push(offset);
    }
    const ascending = (set: Iterable<number>) => [...set].sort((a, b) => a - b);
    return {
      instructions,
      indirect: ascending(indirect),
      outside: ascending(this.#outside),
      undecodable: ascending(this.#undecodable),
    };
  }
}
