import { afterCall } from './after-call.ts';
import { afterArm } from './arm-effects.ts';
import type { CodeMap, ReadInstruction } from './code-map.ts';
import { type Context, Contexts, comesBackTo, knownAt } from './context.ts';
import { FACTS } from './machine.ts';
import { refined } from './refine.ts';
import { afterRiscv } from './riscv-effects.ts';
import {
  forget,
  lost,
  meetStates,
  NOTHING,
  type Place,
  type State,
  withCondition,
  withRegisters,
} from './state.ts';
import { callIn } from './syscalls.ts';
import { constant, numbersIn, RESTS, resting, type Value } from './value.ts';
import { type Found, type Met, overwrittenCode, type Written } from './walk-found.ts';
import { depthOf, isGone, nothing, steady, withoutDead } from './walk-states.ts';
import { linkOf, wayOf } from './ways.ts';
import { X86Effects } from './x86-effects.ts';

/** Most instructions that are taken, each as often as something new is known before it. */
const STEPS = 200_000;
/** How often what is known before an instruction may change before nothing is held that changes. */
const CHANGES = 24;

interface Todo {
  readonly context: Context;
  readonly offset: number;
  readonly state: State;
}

/** Where to begin, and what is known there. */
export interface Start {
  readonly offset: number;
  readonly state: State;
}

/** Following control through code. */
export class Walk {
  readonly #map: CodeMap;
  /** Whether values are followed, and calls told apart. */
  readonly #values: boolean;
  readonly #x86: X86Effects;
  readonly #contexts = new Contexts();
  readonly #order = new Map<number, number>();
  readonly #todo: Todo[] = [];
  readonly #outside = new Set<number>();
  readonly #undecodable = new Set<number>();
  readonly #indirect = new Set<number>();
  readonly #targets = new Map<number, number>();
  readonly #written = new Map<bigint, Written>();
  #leavingFrom: readonly number[] = [];
  #steps = 0;
  #lost: string | null = null;

  constructor(map: CodeMap, values: boolean) {
    this.#map = map;
    this.#values = values;
    this.#x86 = new X86Effects(FACTS[map.machine].word);
  }

  from({ offset, state }: Start): void {
    this.#todo.push({ context: this.#contexts.root, offset, state: this.#values ? state : NOTHING });
    for (let next = this.#todo.pop(); next; next = this.#todo.pop()) {
      let at: Todo | null = next;
      while (at && this.#goesOn()) at = this.#step(at);
    }
  }

  #goesOn(): boolean {
    this.#steps += 1;
    if (!this.#values) return true;
    if (this.#steps > STEPS) this.#lost ??= 'the code has too many ways to follow';
    return this.#lost === null;
  }

  /** What is known before an instruction with one more way to it; null when that is nothing new. */
  #known({ context, offset, state }: Todo): State | null {
    const depth = depthOf(state);
    const known = knownAt(context, offset, depth);
    if (!known) {
      const others = context.known.get(offset) ?? [];
      context.known.set(offset, [...others, { depth, state, times: 1 }]);
      return state;
    }
    const met = meetStates(known.state, state, this.#file);
    if (met === known.state) return null;
    known.state = known.times < CHANGES ? met : steady(known.state, met);
    known.times += 1;
    return known.state;
  }

  readonly #file = (address: bigint, size: number): Value | null => {
    const number = this.#map.numberAt(address, size);
    return number === null ? null : constant(number);
  };

  #place(offset: number, length: number): Place {
    const address = this.#map.addressOf(offset);
    return {
      offset,
      address,
      next: address + BigInt(length),
      word: FACTS[this.#map.machine].word,
      file: this.#file,
      wrote: (at, size) => {
        const before = this.#written.get(at);
        const most = size === null || before?.size === null ? null : Math.max(size, before?.size ?? 0);
        this.#written.set(at, { size: most, by: before?.by ?? offset });
      },
    };
  }

  /** Takes one instruction; gives where control goes on behind it, or null when it does not or nothing new is known there. */
  #step(todo: Todo): Todo | null {
    const { context, offset } = todo;
    const here = this.#known(todo);
    const found = here ? this.#at(offset) : null;
    if (!here || !found) return null;
    const { decoded, flow } = found;
    const place = this.#place(offset, decoded.length);
    const behind = (state: State) => this.#behind(context, offset, offset + decoded.length, state);
    switch (flow.kind) {
      case 'conditional': {
        // A loop counts before it looks.
        const counted = /^loop/.test(decoded.mnemonic) ? forget(here, 'cx') : here;
        const ways = refined(counted, decoded, flow, this.#map.machine, place);
        this.#branch(context, found, ways.taken, place);
        return behind(ways.through);
      }
      case 'jump':
      case 'return':
        this.#branch(context, found, here, place);
        return null;
      case 'call':
        return this.#call(context, found, here, place);
      case 'trap':
        return this.#comesBack(found) ? behind(here) : null;
      case 'syscall': {
        const call = callIn(here, this.#map.machine, decoded);
        const next = afterCall(here, this.#map.machine, call, decoded, place);
        return (
          next &&
          behind(decoded.mnemonic === 'svc' || !/^svc/.test(decoded.mnemonic) ? next : lost(next, place))
        );
      }
      default:
        return behind(this.#values ? this.#after(here, found, place) : NOTHING);
    }
  }

  /** Breakpoints come back; in real mode so does an interrupt that was waited for. */
  #comesBack({ decoded: { mnemonic } }: ReadInstruction): boolean {
    if (/^(int|int1|int3|into|brk|bkpt|ebreak)$/.test(mnemonic)) return true;
    return this.#map.machine === 'x86-16' && mnemonic === 'hlt';
  }

  #after(state: State, { decoded }: ReadInstruction, place: Place): State {
    const { machine } = this.#map;
    if (machine === 'aarch64' || machine === 'arm') return afterArm(state, decoded, place);
    if (machine === 'riscv32' || machine === 'riscv64') return afterRiscv(state, decoded, place);
    return this.#x86.after(state, decoded, place);
  }

  /** Goes into a call, which comes back by itself; where calls are not told apart, also on behind it, where nothing is known. */
  #call(context: Context, found: ReadInstruction, state: State, place: Place): Todo | null {
    const { decoded, flow } = found;
    const { offset } = place;
    const behind = offset + decoded.length;
    const on = () => this.#behind(context, offset, behind, withCondition(nothing(state), 'return', offset));
    const way = flow.target === null ? this.#decided(state, found, place) : [flow.target];
    if (!this.#values || way === null || way.length === 0) {
      if (flow.target === null) this.#unknown(offset);
      else this.#branch(context, found, NOTHING, place);
      return on();
    }
    if (FACTS[this.#map.machine].link !== null && /^bl\w\w$/.test(decoded.mnemonic))
      this.#go({ context, offset: behind, state });
    const inner = this.#contexts.within(context, offset, behind, place.next);
    const linked = this.#linked(state, found, place);
    for (const address of way) {
      const target = this.#map.offsetOf(address);
      if (target === null) this.#leaves(offset);
      else
        this.#go({
          context: inner ?? this.#contexts.any,
          offset: target,
          state: inner ? linked : nothing(linked),
        });
    }
    const comesBack = inner !== null && way.every(address => this.#map.offsetOf(address) !== null);
    return comesBack ? null : on();
  }

  /** The state with the place to come back to where the machine leaves it. */
  #linked(state: State, { decoded }: ReadInstruction, place: Place): State {
    const { link } = FACTS[this.#map.machine];
    const back = resting(constant(place.next), place.offset);
    if (link === null) return { ...this.#x86.push(state, back, place), compared: null };
    return { ...withRegisters(state, [[linkOf(decoded, this.#map.machine, link), back]]), compared: null };
  }

  #at(offset: number): ReadInstruction | null {
    const found = this.#map.at(offset);
    if (!found) this.#undecodable.add(offset);
    else if (!this.#order.has(offset)) this.#order.set(offset, this.#order.size);
    return found;
  }

  #behind(context: Context, from: number, offset: number, state: State): Todo | null {
    const piece = this.#map.pieceAt(from);
    if (piece && offset < piece.offset + piece.length) return { context, offset, state };
    this.#leaves(from);
    return null;
  }

  #go(todo: Todo): void {
    this.#todo.push(todo);
  }

  #leaves(offset: number): void {
    this.#outside.add(offset);
  }

  /** A way that leads nobody knows where. */
  #unknown(offset: number): void {
    this.#indirect.add(offset);
    this.#lost ??= `what 0x${offset.toString(16)} leads to is not known, and may come here`;
  }

  /** Where an instruction leads that a register or memory decides; null when that is not known. */
  #decided(state: State, found: ReadInstruction, place: Place): readonly bigint[] | null {
    if (!this.#values) return null;
    const { machine } = this.#map;
    return numbersIn(wayOf(state, found.decoded, machine, place, this.#x86).target, FACTS[machine].word * 8);
  }

  #branch(context: Context, found: ReadInstruction, state: State, place: Place): void {
    const { flow, decoded } = found;
    const { machine } = this.#map;
    if (flow.target !== null) {
      this.#lead(context, flow.target, state, place);
      return;
    }
    if (!this.#values) {
      if (flow.kind !== 'return') this.#indirect.add(place.offset);
      return;
    }
    const way = wayOf(state, decoded, machine, place, this.#x86);
    const addresses = numbersIn(way.target, FACTS[machine].word * 8);
    if (addresses) for (const address of addresses) this.#leadBack(context, address, way.state, place);
    else if (isGone(way.target)) this.#leaves(place.offset);
    else if (context === this.#contexts.any && flow.kind === 'return') return;
    else if (context.parent && flow.kind === 'return')
      this.#go({
        context: context.parent,
        offset: context.behind,
        state: withCondition(way.state, 'return', place.offset),
      });
    else this.#unknown(place.offset);
  }

  /** To an address that a register or memory gave: back from a call when it is the place behind one. */
  #leadBack(context: Context, address: bigint, state: State, place: Place): void {
    const back = comesBackTo(context, address);
    if (back?.parent) this.#go({ context: back.parent, offset: back.behind, state: withoutDead(state) });
    else this.#lead(context, address, state, place);
    const target = this.#map.offsetOf(address);
    if (!back && target !== null) this.#targets.set(place.offset, target);
  }

  #lead(context: Context, address: bigint, state: State, { offset }: Place): void {
    const target = this.#map.offsetOf(address);
    if (target === null) this.#leaves(offset);
    else this.#go({ context, offset: target, state });
  }

  found(): Found {
    this.#leavingFrom = [...this.#outside].sort((a, b) => a - b).slice(0, RESTS + 1);
    const instructions = new Map<number, Met>();
    const states = this.#states();
    for (const [offset, order] of this.#order) {
      const read = this.#map.at(offset);
      if (!read) continue;
      const { target } = read.flow;
      const own = target === null ? (this.#targets.get(offset) ?? null) : this.#map.offsetOf(target);
      const state = states.get(offset);
      const call = state ? callIn(this.#leaving(state), this.#map.machine, read.decoded) : null;
      instructions.set(offset, { read, target: own, call, order });
    }
    const { indirect, outside, undecodable } = {
      indirect: this.#indirect,
      outside: this.#outside,
      undecodable: this.#undecodable,
    };
    return {
      instructions,
      indirect,
      outside,
      undecodable,
      lost: this.#lost ?? overwrittenCode(this.#map, this.#order, this.#written),
    };
  }

  /** What is known before each system call, from wherever it is called. */
  #states(): Map<number, State> {
    const states = new Map<number, State>();
    for (const { known } of this.#contexts.all()) {
      for (const [offset, all] of known) {
        if (this.#map.at(offset)?.flow.kind !== 'syscall') continue;
        for (const { state } of all) {
          const before = states.get(offset);
          states.set(offset, before ? meetStates(before, state, this.#file) : state);
        }
      }
    }
    return states;
  }

  /** Whatever lies outside the file could come back in, with anything. */
  #leaving(state: State): State {
    return this.#leavingFrom.reduce((all, offset) => withCondition(all, 'outside', offset), state);
  }
}
