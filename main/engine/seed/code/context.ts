import type { State } from './state.ts';

/** Most depths of the stack that are told apart at an instruction. */
const DEPTHS = 4;

/** How control came to a piece of code: the calls that have not come back yet, the innermost first. */
export interface Context {
  /** The call. */
  readonly site: number;
  /** Where it comes back to, as an offset and as an address. */
  readonly behind: number;
  readonly address: bigint;
  readonly parent: Context | null;
  readonly depth: number;
  /** What is known before each instruction, for each depth of the stack apart. */
  readonly known: Map<number, Known[]>;
}

/** What is known before an instruction at one depth of the stack, and how often that changed. */
export interface Known {
  /** Null where it is not known exactly. */
  readonly depth: bigint | null;
  state: State;
  times: number;
}

/** Most contexts, and calls within calls, that are told apart; where there are more, nothing is known within and behind a call. */
const CONTEXTS = 256;
const DEPTH = 12;

/** The contexts of a walk. */
export class Contexts {
  /** Nobody called: control came from the start. */
  readonly root: Context = contextOf(-1, -1, -1n, null);
  /** Somebody called, and nobody knows who. */
  readonly any: Context = contextOf(-1, -1, -1n, null);
  readonly #inner = new Map<Context, Map<number, Context>>();
  #count = 0;

  /** The context of what a call leads to; null when there are too many, or the call is within itself. */
  within(parent: Context, site: number, behind: number, address: bigint): Context | null {
    const known = this.#inner.get(parent)?.get(site);
    if (known) return known;
    if (this.#count >= CONTEXTS || parent.depth >= DEPTH || isWithin(parent, site)) return null;
    const made = contextOf(site, behind, address, parent);
    const inner = this.#inner.get(parent) ?? new Map<number, Context>();
    this.#inner.set(parent, inner.set(site, made));
    this.#count += 1;
    return made;
  }

  /** All of them. */
  all(): Context[] {
    return [this.root, this.any, ...[...this.#inner.values()].flatMap(each => [...each.values()])];
  }
}

function contextOf(site: number, behind: number, address: bigint, parent: Context | null): Context {
  return { site, behind, address, parent, depth: (parent?.depth ?? 0) + 1, known: new Map() };
}

function isWithin(context: Context, site: number): boolean {
  for (let each: Context | null = context; each; each = each.parent) if (each.site === site) return true;
  return false;
}

/** The innermost context that comes back to an address; null when none does. */
export function comesBackTo(context: Context, address: bigint): Context | null {
  for (let each: Context | null = context; each; each = each.parent)
    if (each.parent && each.address === address) return each;
  return null;
}

/** What is known before an instruction at the stack's depth in a state; null when that is new there. Where there are too many, the first. */
export function knownAt({ known }: Context, offset: number, depth: bigint | null): Known | null {
  const all = known.get(offset) ?? [];
  const own = all.find(each => each.depth === depth);
  return own ?? (all.length >= DEPTHS ? (all[0] ?? null) : null);
}
