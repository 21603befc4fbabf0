/** Reads bytes of a file at an offset; fewer come back when the file ends. */
export type ReadAt = (offset: number, size: number) => Buffer;

/** Another program that the kernel starts to run a file. */
export interface Interpreter {
  readonly via: 'interpreter' | 'loader';
  /** As written in the file, one character a byte. */
  readonly path: string;
  /** The argument on a `#!` line; null when there is none. */
  readonly argument: string | null;
}

/** Linux reads this much of a file to find out how to run it (BINPRM_BUF_SIZE). */
const HEAD = 256;
const PT_INTERP = 3;
const PATH_MAX = 4096;

/** Whether Linux would take the file for a program at all. */
export function isProgram(readAt: ReadAt): boolean {
  const head = readAt(0, 4).toString('latin1');
  return head === '\x7fELF' || head.startsWith('#!');
}

/** ET_EXEC and ET_DYN of elf(5). */
const RUNNABLE = new Set([2, 3]);

/** Whether it is an ELF program or a shared object for one of some processors, by their numbers in an ELF header; null for any. */
export function runsOn(readAt: ReadAt, machines: ReadonlySet<number> | null): boolean {
  const head = readAt(0, 20);
  if (head.length < 20 || head.toString('latin1', 0, 4) !== '\x7fELF') return false;
  if (head[5] !== 1) return machines === null;
  return RUNNABLE.has(head.readUInt16LE(16)) && (machines?.has(head.readUInt16LE(18)) ?? true);
}

/** The program that Linux starts to run this one (execve(2), elf(5)); null when it runs by itself. */
export function interpreterOf(readAt: ReadAt): Interpreter | null {
  const head = readAt(0, HEAD);
  if (head.toString('latin1', 0, 2) === '#!') return ofScript(head.toString('latin1', 2));
  if (head.toString('latin1', 0, 4) === '\x7fELF') return ofElf(head, readAt);
  return null;
}

function ofScript(text: string): Interpreter | null {
  const line = text.split(/[\n\0]/, 1)[0]?.replace(/^[ \t]+|[ \t]+$/g, '') ?? '';
  const [, path, argument] = /^([^ \t]+)(?:[ \t]+(.+))?$/.exec(line) ?? [];
  return path === undefined ? null : { via: 'interpreter', path, argument: argument ?? null };
}

function ofElf(head: Buffer, readAt: ReadAt): Interpreter | null {
  const wide = head[4] === 2;
  if (head.length < 64 || head[5] !== 1) return null;
  const tableAt = wide ? Number(head.readBigUInt64LE(32)) : head.readUInt32LE(28);
  const size = head.readUInt16LE(wide ? 54 : 42);
  const count = head.readUInt16LE(wide ? 56 : 44);
  if (size < (wide ? 56 : 32) || !Number.isSafeInteger(tableAt)) return null;
  const table = readAt(tableAt, Math.min(size * count, 65_536));
  for (let at = 0; at + size <= table.length; at += size) {
    if (table.readUInt32LE(at) !== PT_INTERP) continue;
    const offset = wide ? Number(table.readBigUInt64LE(at + 8)) : table.readUInt32LE(at + 4);
    const length = wide ? Number(table.readBigUInt64LE(at + 32)) : table.readUInt32LE(at + 16);
    if (!Number.isSafeInteger(offset)) return null;
    const path = readAt(offset, Math.min(length, PATH_MAX)).toString('latin1').split('\0', 1)[0] ?? '';
    return { via: 'loader', path, argument: null };
  }
  return null;
}
