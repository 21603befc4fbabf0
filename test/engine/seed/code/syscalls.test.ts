import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Processor } from '../../../../main/engine/seed/index.ts';
import { callsOf, codeOf } from './sample.ts';

/** Code, and what its system calls say. */
const CASES: readonly [string, Processor, string, readonly string[]][] = [
  ['mov', 'amd64', 'b83c000000 bf07000000 0f05', ['exit(7)']],
  ['push and pop', 'amd64', '6a3c 58 31ff 0f05', ['exit(0)']],
  ['xor, then the low byte', 'amd64', '31c0 b03c 31ff 0f05', ['exit(0)']],
  ['the low byte alone', 'amd64', 'b03c 0f05', ['number not known, its low byte is 60']],
  [
    'lea and add from what is known',
    'amd64',
    '31c0 8d7803 83c001 0f05',
    ['write(3, buf = rsi, count = rdx)'],
  ],
  ['a number of no call', 'amd64', 'b8ff0f0000 0f05', ['number 4095, no name known']],
  [
    'a result is no number',
    'amd64',
    '31c0 0f05 0f05',
    ['read(fd = rdi, buf = rsi, count = rdx)', 'number not known'],
  ],
  ['what a call leaves alone stays', 'amd64', 'b83c000000 e802000000 0f05 c3', ['exit(status = rdi)']],
  ['equal after a branch', 'amd64', '85c0 7504 b03c 0f05 c3', ['exit(status = rdi)']],
  ['not equal after a branch', 'amd64', '85c0 7404 b03c 0f05 c3', ['number not known, its low byte is 60']],
  // Two ways to one gate: 60 on one, 231 on the other.
  [
    'two ways that differ',
    'amd64',
    '85db 7407 b83c000000 eb05 b8e7000000 0f05',
    ['exit (60) or exit_group (231)'],
  ],
  ['two ways that agree', 'amd64', '85db 7407 b83c000000 eb05 b83c000000 0f05', ['exit(status = rdi)']],
  ['what is not modelled', 'amd64', 'b83c000000 0fc7f0 0f05', ['number not known']],
  ['unaligned writes to memory', 'amd64', '6a3c 48890c24 58 0f05', ['number not known']],
  ['int 0x80', 'x86', '6a05 58 31c9 cd80', ['open(pathname = ebx, O_RDONLY)']],
  ['unlink', 'x86', 'b80a000000 cd80', ['unlink(pathname = ebx)']],
  ['another interrupt', 'x86', 'cd03', []],
  ['movz', 'aarch64', '080780d2 600c8092 020080d2 010000d4', ['openat(AT_FDCWD, pathname = x1, O_RDONLY)']],
  ['w registers, movk', 'aarch64', 'a80b8052 00008052 2000a0f2 010000d4', ['exit(65536)']],
  ['movw', 'arm', '0170a0e3 0000a0e3 000000ef', ['exit(0)']],
  ['addi', 'riscv64', '9308d005 13057000 73000000', ['exit(7)']],
  ['compressed li', 'riscv64', '9308d005 1d45 73000000', ['exit(7)']],
  [
    'its own numbers',
    'riscv32',
    '9308e003 73000000',
    ['_llseek(fd = a0, offset_high = a1, offset_low = a2, result = a3, whence = a4)'],
  ],
  ['firmware', 'x86-16', 'b402 cd13', ['disk: read sectors']],
  ['firmware not known', 'x86-16', '88c4 cd13', ['number not known']],
];

for (const [what, machine, hex, expected] of CASES) {
  test(`${machine}, ${what}: ${expected.join(', ') || 'no call'}`, async () => {
    assert.deepEqual(callsOf(await codeOf(hex, machine)), expected);
  });
}

test('a program ends at exit, so what stands behind it is not reached from there', async () => {
  const listing = await codeOf('b83c000000 0f05 90909090', 'amd64');
  assert.deepEqual(listing.flow?.unreached, [{ offset: 7, length: 4 }]);
});
