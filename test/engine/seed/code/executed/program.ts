import fc from 'fast-check';
import type { Encoder } from './encoders.ts';

/** Registers of a program, 0 to 5; the first is the one with the number of a system call. */
export type Item =
  | { readonly kind: 'set' | 'addi'; readonly to: number; readonly value: number }
  | { readonly kind: 'copy' | 'add' | 'sub' | 'xor' | 'and'; readonly to: number; readonly from: number }
  | { readonly kind: 'push' | 'pop'; readonly to: number }
  | { readonly kind: 'load' | 'store'; readonly to: number; readonly value: number }
  | { readonly kind: 'call'; readonly value: number }
  /** Passes over its items when a register is zero. */
  | { readonly kind: 'skip'; readonly to: number; readonly items: readonly Item[] }
  | { readonly kind: 'loop'; readonly value: number; readonly items: readonly Item[] }
  /** Sets the number last, to one that does no harm with any arguments. */
  | { readonly kind: 'ask'; readonly value: number };

const register = fc.integer({ min: 0, max: 5 });
const small = fc.integer({ min: 0, max: 100 });

const simple: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ kind: fc.constantFrom('set' as const, 'addi' as const), to: register, value: small }),
  fc.record({
    kind: fc.constantFrom('copy' as const, 'add' as const, 'sub' as const, 'xor' as const, 'and' as const),
    to: register,
    from: register,
  }),
  fc.record({ kind: fc.constantFrom('push' as const, 'pop' as const), to: register }),
  fc.record({
    kind: fc.constantFrom('load' as const, 'store' as const),
    to: register,
    value: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ kind: fc.constant('call' as const), value: fc.integer({ min: 0, max: 1 }) }),
  // Twice, since this is what it is about, and more often those that have arguments.
  fc.record({ kind: fc.constant('ask' as const), value: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant('ask' as const), value: fc.constantFrom(0, 1, 3) }),
);
const nested = (items: fc.Arbitrary<Item[]>): fc.Arbitrary<Item> =>
  fc.oneof(
    fc.record({ kind: fc.constant('skip' as const), to: register, items }),
    fc.record({ kind: fc.constant('loop' as const), value: fc.integer({ min: 1, max: 3 }), items }),
  );
const flat = fc.array(simple, { maxLength: 5 });
const item = fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: nested(flat) });

/** The main part of a program and the two functions that it may call; a function calls none. */
export interface Program {
  readonly main: readonly Item[];
  readonly functions: readonly (readonly Item[])[];
}
const noCall = (items: readonly Item[]): Item[] => items.filter(({ kind }) => kind !== 'call');

export const programs: fc.Arbitrary<Program> = fc.record({
  main: fc.array(item, { minLength: 4, maxLength: 14 }),
  functions: fc.tuple(flat.map(noCall), flat.map(noCall)),
});

/** The code of a program: the main part, the end of the program, the functions. */
export function codeOf({ main, functions }: Program, to: Encoder): Buffer {
  const end: Item[] = [{ kind: 'ask', value: END }];
  const build = (places: readonly number[]) => {
    const parts = [[...compile([...main, ...end], 0, places, to)]];
    const starts: number[] = [];
    for (const body of functions) {
      const at = parts.flat().length;
      starts.push(at);
      const inner = compile(body, at + to.enter.length, places, to);
      parts.push([...to.enter, ...inner, ...to.leave]);
    }
    return { bytes: Buffer.from(parts.flat()), starts };
  };
  return build(build([0, 0]).starts).bytes;
}

/** Stands for the number of exit. */
export const END = 99;

function compile(items: readonly Item[], at: number, places: readonly number[], to: Encoder): number[] {
  const bytes: number[] = [];
  for (const each of items) {
    const here = at + bytes.length;
    if (each.kind === 'skip') {
      const inner = compile(each.items, here + to.skip(each.to, 0).length, places, to);
      bytes.push(...to.skip(each.to, inner.length), ...inner);
    } else if (each.kind === 'loop') {
      const before = to.count(each.value);
      const inner = compile(each.items, here + before.length, places, to);
      bytes.push(...before, ...inner, ...to.again(inner.length));
    } else if (each.kind === 'call') bytes.push(...to.call((places[each.value] ?? 0) - here));
    else bytes.push(...to.plain(each));
  }
  return bytes;
}
