/** Part of a register: the one it is in, how many bits, from which one on. */
interface Part {
  readonly register: string;
  readonly bits: number;
  readonly shift: bigint;
}

const PARTS = new Map<string, Part>();
for (const name of ['ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp', 'sp']) {
  PARTS.set(`r${name}`, { register: name, bits: 64, shift: 0n });
  PARTS.set(`e${name}`, { register: name, bits: 32, shift: 0n });
  PARTS.set(name, { register: name, bits: 16, shift: 0n });
  const byte = name.endsWith('x') ? name.slice(0, 1) : name;
  PARTS.set(`${byte}l`, { register: name, bits: 8, shift: 0n });
  if (name.endsWith('x')) PARTS.set(`${byte}h`, { register: name, bits: 8, shift: 8n });
}
for (let i = 8; i < 16; i += 1) {
  for (const [end, bits] of [
    ['', 64],
    ['d', 32],
    ['w', 16],
    ['b', 8],
  ] as const)
    PARTS.set(`r${i}${end}`, { register: `r${i}`, bits, shift: 0n });
}

/** The full register that a name is part of, for example `ax` for `al` and `rax`; null for what is no general register. */
export function x86Register(name: string): Part | null {
  return PARTS.get(name) ?? null;
}
