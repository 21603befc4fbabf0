import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CALL_NUMBERS } from '../../../../main/engine/seed/code/syscall-numbers.ts';
import type { Processor } from '../../../../main/engine/seed/index.ts';

/** Where Debian puts the kernel's headers of each machine (`linux-libc-dev`, `linux-libc-dev-…-cross`), and what a compiler for it defines. */
const HEADERS: Readonly<Partial<Record<Processor, readonly [folder: string, ...defined: string[]]>>> = {
  amd64: ['x86_64-linux-gnu', '__x86_64__', '__SIZEOF_POINTER__=8'],
  x86: ['x86_64-linux-gnu', '__i386__', '__SIZEOF_POINTER__=4'],
  arm: ['arm-linux-gnueabihf', '__arm__', '__ARM_EABI__', '__SIZEOF_POINTER__=4'],
  aarch64: ['aarch64-linux-gnu', '__aarch64__', '__SIZEOF_POINTER__=8'],
  riscv64: ['riscv64-linux-gnu', '__riscv', '__LP64__', '__SIZEOF_POINTER__=8'],
  riscv32: ['riscv64-linux-gnu', '__riscv', '__SIZEOF_POINTER__=4'],
};
/** What two calls of 32-bit x86 are called here, since later ones took their names. */
const RENAMED: Readonly<Record<string, string>> = { old_mmap: 'mmap', old_select: 'select' };
const COMPILER = '/usr/bin/cc';

function folderOf(triplet: string): string | null {
  const folders = [join('/usr/include', triplet), join('/usr', triplet, 'include')];
  return folders.find(each => existsSync(join(each, 'asm/unistd.h'))) ?? null;
}

function numbersIn(folder: string, defined: readonly string[]): Map<string, bigint> {
  const asked = ['-E', '-dM', '-nostdinc', '-undef', ...defined.map(each => `-D${each}`), '-I', folder];
  const all = [...asked, '-I', '/usr/include', '-include', 'asm/unistd.h', '-x', 'c', '/dev/null'];
  const { stdout } = spawnSync(COMPILER, all, { encoding: 'utf8', maxBuffer: 1 << 26 });
  const raw = new Map(
    [...stdout.matchAll(/^#define (__(?:ARM_)?NR\w*) (.*)$/gm)].map(([, name = '', text = '']) => [
      name,
      text,
    ]),
  );
  const worth = (text: string): number =>
    text
      .replace(/[()]/g, '')
      .split('+')
      .reduce(
        (sum, term) => sum + (raw.has(term.trim()) ? worth(raw.get(term.trim()) ?? '') : Number(term)),
        0,
      );
  const numbers = new Map<string, bigint>();
  for (const [name, text] of raw) {
    const number = worth(text);
    if (/^__(ARM_)?NR_[a-z_]/.test(name) && Number.isInteger(number))
      numbers.set(name.replace(/^__(ARM_)?NR_/, ''), BigInt(number));
  }
  return numbers;
}

for (const [machine, [triplet = '', ...defined] = []] of Object.entries(HEADERS)) {
  const folder = folderOf(triplet);
  const skip =
    folder === null
      ? `no kernel headers for ${triplet}: linux-libc-dev, or linux-libc-dev-…-cross`
      : existsSync(COMPILER)
        ? false
        : 'no C preprocessor';
  test(`${machine}: numbers of system calls are those of the kernel's headers`, { skip }, () => {
    const theirs = numbersIn(folder ?? '', defined);
    const own = CALL_NUMBERS[machine as Processor];
    assert.ok(theirs.size > 250, `${theirs.size} names`);
    let [compared, newer] = [0, 0];
    for (const [number, name] of own) {
      const there = theirs.get(RENAMED[name] ?? name);
      // Headers that are older than the table lack some.
      if (there === undefined) newer += 1;
      else {
        assert.equal(there, number, name);
        compared += 1;
      }
    }
    assert.ok(compared > 250 && newer < 60, `${compared} compared, ${newer} not there`);
  });
}
