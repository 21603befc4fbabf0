import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Processor } from '../../../../../main/engine/seed/index.ts';

/** Machines whose programs are really run, and what runs them one instruction at a time. */
export const EMULATORS = {
  amd64: '/usr/bin/qemu-x86_64-static',
  x86: '/usr/bin/qemu-i386-static',
  aarch64: '/usr/bin/qemu-aarch64-static',
  arm: '/usr/bin/qemu-arm-static',
  riscv64: '/usr/bin/qemu-riscv64-static',
  riscv32: '/usr/bin/qemu-riscv32-static',
} as const satisfies Partial<Record<Processor, string>>;
export type Emulated = keyof typeof EMULATORS;

/** Why a machine's programs cannot be run here; false when they can. */
export const notHere = (machine: Emulated) =>
  existsSync(EMULATORS[machine]) ? false : `${EMULATORS[machine]} is not installed`;

/** All registers before an instruction, by the names that the disassembler uses. */
export interface Moment {
  readonly pc: bigint;
  readonly registers: ReadonlyMap<string, bigint>;
}

/** Runs a program to its end, at most for a few seconds, and gives the registers before each instruction. */
export function run(machine: Emulated, program: Uint8Array, args: readonly string[] = []): Moment[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-executed-'));
  try {
    const [file, log] = [join(folder, 'program'), join(folder, 'log')];
    writeFileSync(file, program);
    chmodSync(file, 0o755);
    const asked = ['-singlestep', '-d', 'cpu,nochain', '-D', log, file, ...args];
    spawnSync(EMULATORS[machine], asked, { cwd: folder, stdio: 'ignore', timeout: 10_000, env: {} });
    return existsSync(log) ? momentsIn(readFileSync(log, 'latin1')) : [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function momentsIn(log: string): Moment[] {
  return log.split(/^(?=RAX=|EAX=| PC=| pc {2}|R00=)/m).flatMap(block => {
    const registers = new Map<string, bigint>();
    const found = block.matchAll(
      /(?:^|\s)(?:[a-z0-9]+\/)?([A-Za-z0-9]+) *(?:=| {2}) *([0-9a-f]{8,16})(?=\s|$)/gm,
    );
    for (const [, name = '', digits = ''] of found) registers.set(nameOf(name), BigInt(`0x${digits}`));
    const pc = ['rip', 'eip', 'pc', 'r15'].map(name => registers.get(name)).find(each => each !== undefined);
    return pc === undefined
      ? []
      : [
          {
            pc: block.startsWith('R00')
              ? (registers.get('r15') ?? pc)
              : block.startsWith('RAX')
                ? (registers.get('rip') ?? pc)
                : pc,
            registers,
          },
        ];
  });
}

/** `X08` is `x8`, `R07` is `r7`. */
const nameOf = (name: string) => name.toLowerCase().replace(/^([xr])0(\d)$/, '$1$2');

/** A program with nothing but code, which is read and run and not written. */
export function elfOf(machine: Emulated, code: Uint8Array): Buffer {
  const wide = machine !== 'x86' && machine !== 'arm' && machine !== 'riscv32';
  const number = { amd64: 62, x86: 3, aarch64: 183, arm: 40, riscv64: 243, riscv32: 243 }[machine];
  const headers = wide ? 120 : 84;
  const base = 0x400000;
  const file = Buffer.alloc(headers);
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, 1, 1]);
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(number, 18);
  file.writeUInt32LE(1, 20);
  const word = (value: number, at: number) =>
    wide ? file.writeBigUInt64LE(BigInt(value), at) : file.writeUInt32LE(value, at);
  word(base + headers, 24);
  word(wide ? 64 : 52, wide ? 32 : 28);
  const flags = wide ? 48 : 36;
  if (machine === 'arm') file.writeUInt32LE(0x5000200, flags);
  file.writeUInt16LE(wide ? 64 : 52, flags + 4);
  file.writeUInt16LE(wide ? 56 : 32, flags + 6);
  file.writeUInt16LE(1, flags + 8);
  const program = wide ? 64 : 52;
  const size = headers + code.length;
  file.writeUInt32LE(1, program);
  file.writeUInt32LE(5, program + (wide ? 4 : 24));
  for (const [i, value] of [0, base, base, size, size].entries())
    word(value, program + (wide ? 8 : 4) + i * (wide ? 8 : 4));
  if (wide) word(0x1000, program + 48);
  else file.writeUInt32LE(0x1000, program + 28);
  return Buffer.concat([file, code]);
}
