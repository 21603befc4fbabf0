import type { SourceSyntax } from '../../case/index.ts';
import type { Processor } from '../structure/index.ts';

/** How a reference to a label is stored. */
export interface Stored {
  /** Bytes it takes up; 0 for one that is mixed into the bytes that follow. */
  readonly size: number;
  /** What it gives: bits to be stored low byte first, or to be combined with the next four bytes. Null when they cannot hold it. */
  readonly bits: number | null;
}

/** What a reference is worked out from. Places are addresses. */
export interface Reference {
  readonly sigil: string;
  /** The place of the label. */
  readonly target: number;
  /** The place of another label to count from; null to count from here. */
  readonly base: number | null;
  /** Where it stands. */
  readonly here: number;
  /** The place of the first byte. */
  readonly first: number;
  /** Whether `^` stood before it. */
  readonly counted: boolean;
}

const isRiscv = (machine: Processor | null) => machine === 'riscv32' || machine === 'riscv64';

/** Bytes that a reference takes up. */
export function sizeOf(sigil: string, syntax: SourceSyntax, machine: Processor | null): number {
  if (syntax.startsWith('bedrock')) return sigil === '~' ? 1 : 4;
  if (isRiscv(machine) && '!@$~'.includes(sigil)) return 0;
  return { '!': 1, '@': 2, $: 2, '~': 3 }[sigil] ?? 4;
}

/** What a reference gives in a language, for a machine. */
export function storedOf(reference: Reference, syntax: SourceSyntax, machine: Processor | null): Stored {
  const { sigil, target, here, first } = reference;
  const size = sizeOf(sigil, syntax, machine);
  if (syntax.startsWith('bedrock')) {
    if (sigil === '&') return whole(target, 4, true);
    return sigil === '$' ? whole(target - first, 4, true) : whole(target - here - size, size, false);
  }
  if (size === 0) return { size, bits: mixed(sigil, target - here) };
  if (sigil === '&' || sigil === '$') return whole(target, size, true);
  return whole(distance(reference, here + size, machine), size, false);
}

/** Four bytes hold whatever they hold; fewer must hold the number. */
function whole(value: number, size: number, absolute: boolean): Stored {
  const most = 2 ** (8 * size);
  const [low, high] = absolute ? [0, most] : [-most / 2, most / 2];
  return { size, bits: size === 4 || (value >= low && value < high) ? value >>> 0 : null };
}

/**
 * The distance to a label as hex2 of mescc-tools counts it. `end` is where the reference ends. ARM counts from two instructions
 * further on than x86, and `^` counts instructions.
 */
function distance({ target, base, counted }: Reference, end: number, machine: Processor | null): number {
  if (base !== null) return target - base;
  if (machine === 'aarch64') return counted ? (target - (end & ~3)) >> 2 : target - end - 8 + (end & 3);
  if (machine === 'arm')
    return counted ? ((target - end + (end & 3)) >> 2) - 2 : target - end - 8 + (end & 3);
  return target - end;
}

/** An immediate of RISC-V, in the bits where its format has it: I, B, J or U. */
function mixed(sigil: string, value: number): number | null {
  if (sigil === '!') return ((value + 4) & 0xfff) << 20;
  if (sigil === '~') {
    const upper = value & 0xfffff000;
    return (value & 0xfff) < 0x800 ? upper : upper + 0x1000;
  }
  if (value & 1) return null;
  if (sigil === '@') {
    if (value < -0x1000 || value > 0xfff) return null;
    return (
      ((value & 0x1e) << 7) | ((value & 0x7e0) << 20) | ((value & 0x800) >> 4) | ((value & 0x1000) << 19)
    );
  }
  if (value < -0x100000 || value > 0xfffff) return null;
  return ((value & 0x7fe) << 20) | ((value & 0x800) << 9) | (value & 0xff000) | ((value & 0x100000) << 11);
}
