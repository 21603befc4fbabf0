import type { Architecture } from './look.ts';

/** What a small ELF file says of itself. */
export interface ElfLook {
  readonly architecture: Architecture | null;
  /** Whether it is an executable file (ET_EXEC, or ET_DYN with an entry). */
  readonly isProgram: boolean;
  /** Whether it names no program interpreter. */
  readonly isStatic: boolean;
}

const PT_INTERP = 3;

/**
 * Reads the headers of an ELF file (System V ABI, "ELF Header" and "Program Header"); null when they are not whole. Seeds overlap
 * their headers and leave fields out that the kernel does not look at, so nothing else is asked.
 */
export function readElf(bytes: Buffer): ElfLook | null {
  if (bytes.length < 52 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[5] !== 1) return null;
  const wide = bytes[4] === 2;
  if (wide && bytes.length < 64) return null;
  const type = bytes.readUInt16LE(16);
  const at = wide ? Number(bytes.readBigUInt64LE(32)) : bytes.readUInt32LE(28);
  const [size, count] = [bytes.readUInt16LE(wide ? 54 : 42), bytes.readUInt16LE(wide ? 56 : 44)];
  let isStatic = true;
  for (let i = 0; i < count; i += 1) {
    const header = at + i * size;
    if (header + 4 > bytes.length) return null;
    if (bytes.readUInt32LE(header) === PT_INTERP) isStatic = false;
  }
  return {
    architecture: architectureOf(bytes.readUInt16LE(18), wide),
    isProgram: type === 2 || type === 3,
    isStatic,
  };
}

/** By e_machine, of the registry of the System V ABI. */
function architectureOf(machine: number, wide: boolean): Architecture | null {
  if (machine === 3) return 'x86';
  if (machine === 62) return 'amd64';
  if (machine === 183) return 'aarch64';
  if (machine === 243) return wide ? 'riscv64' : 'riscv32';
  return null;
}
