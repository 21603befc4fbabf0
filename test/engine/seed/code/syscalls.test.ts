import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionsOf, type Processor, restsText } from '../../../../main/engine/seed/index.ts';
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
    ['llseek(fd = a0, offset_high = a1, offset_low = a2, result = a3, whence = a4)'],
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

/** Code that is not what it seems, and what is said of its system calls; bytes are loaded at 0x400000 and cannot be written, unless said. */
const HOSTILE: readonly [string, string, readonly string[]][] = [
  [
    'a jump that nobody knows may lead behind everything',
    'b83c000000 85db 7402 ffe3 0f05',
    ['number not known: what 0x9 leads to is not known, and may come here'],
  ],
  [
    'a callee that nobody knows',
    'b83c000000 ffd3 0f05',
    ['number not known: what 0x5 leads to is not known, and may come here'],
  ],
  [
    'a return to an address that was pushed, and is not known',
    'b83c000000 53 85c9 7401 c3 5b 0f05',
    ['number not known: what 0xa leads to is not known, and may come here'],
  ],
  [
    // mov byte [0x40000d], 0x3b: the number in the instruction behind it.
    'code that writes over itself',
    'c604250d0040003b 90909090 b03c 0f05',
    ['number not known: 0x0 may write over the code at 0xd'],
  ],
  // push 60; pop rax, by a return to an address that was pushed: lea rbx, [rip+2]; push rbx; ret
  ['a return that is a jump', '488d1d04000000 53 c3 90 90 6a3c 58 0f05', ['exit(status = rdi)']],
  ['a call of what pops where it came from', 'e801000000 f4 58 b83c000000 0f05', ['exit(status = rdi)']],
  ['32-bit calls of a 64-bit program have numbers of their own', 'b801000000 cd80', ['exit(status = ebx)']],
];
for (const [what, hex, expected] of HOSTILE) {
  test(`${what}: ${expected}`, async () => {
    assert.deepEqual(callsOf(await codeOf(hex, 'amd64')), expected);
  });
}

test('a system call that lies within another instruction is told with it', async () => {
  // xor eax, eax; jz into the number of mov ebx, 0x050f3cb0, which is mov al, 60; syscall
  const { disagreements } = await codeOf('31c0 7401 bb b03c 0f05 90', 'amd64');
  assert.deepEqual(
    disagreements.map(({ offset, other }) => [offset, other]),
    [
      [4, 'mov ebx, 0x50f3cb0'],
      [5, 'mov al, 0x3c'],
      [7, 'syscall, exit(status = rdi)'],
    ],
  );
});

test('what a number and its arguments rest on is named, and so is what nobody showed', async () => {
  // push 1; pop rax; mov edi, eax; mov [rbx], al; xor edx, edx; syscall
  const { rows } = await codeOf('6a01 58 89c7 8803 31d2 0f05 f4', 'amd64');
  const call = rows.at(-2)?.call;
  assert.ok(call);
  assert.deepEqual(call.rests, [0, 2]);
  assert.deepEqual(
    call.args.map(({ name, value, rests }) => [name, value, rests]),
    [
      ['fd', '1', [0, 2, 3]],
      ['buf', null, []],
      ['count', '0', [7]],
    ],
  );
  assert.deepEqual(call.conditions, { store: [5] });
  assert.equal(restsText(call), 'number from 0x0, 0x2; fd from 0x0, 0x2, 0x3; count from 0x7');
  assert.deepEqual(
    conditionsOf(call).map(({ text }) => text),
    ["what 0x5 writes, nobody knows where, lies neither in the program's stack nor in its file"],
  );
});

test('a number that a failed read would make one of no call is told with that', async () => {
  // read(0, rsp, 1); test eax, eax; jz; mov al, 1; syscall
  const read = '31c0 31ff 89e6 6a01 5a 0f05';
  assert.deepEqual(callsOf(await codeOf(`${read} 85c0 7405 b001 0f05 90 f4`, 'amd64')), [
    'read(0, buf = rsi, 1)',
    'write(0, buf = rsi, 1), unless read at 0x9 fails',
  ]);
});

test('recursion, many ways and large counters end, and say no more than they may', async () => {
  // push 60; pop rax; call itself; syscall
  const recursive = await codeOf('6a3c 58 e8f8ffffff 0f05', 'amd64');
  assert.equal(recursive.rows.at(-1)?.call?.number, null);
  // xor eax, eax; inc eax; cmp ebx, 1000; jne back; syscall
  const counting = await codeOf('31c0 ffc0 81fbe8030000 75f6 0f05', 'amd64');
  assert.deepEqual(counting.rows.at(-1)?.call?.oneOf, []);
});

test('any bytes at all are read, and followed to an end', async () => {
  const machines = fc.constantFrom<Processor>('amd64', 'x86', 'aarch64', 'arm', 'riscv64', 'x86-16');
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(machines, bytes, async (machine, code) => {
      const { rows } = await codeOf(Buffer.from(code).toString('hex'), machine);
      assert.equal(
        rows.reduce((sum, row) => sum + row.length, 0),
        code.length,
      );
    }),
    { numRuns: 150 },
  );
});
