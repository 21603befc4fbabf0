import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { INSTALLATION } from '../../../../main/engine/base/index.ts';
import { CODE_LIMIT, disassemble, loadedImage, type Processor } from '../../../../main/engine/seed/index.ts';
import { BASE, callsOf, codeOf, imageOf, linesOf } from './sample.ts';

/** Encodings from the makers' manuals: bytes, then what they are. */
const VECTORS: readonly [Processor, string, readonly string[]][] = [
  ['amd64', '4889e5 488d7424 08 0f05', ['0 mov rbp, rsp', '3 lea rsi, [rsp + 8]', '8 syscall']],
  ['x86', '31db cd80 ebfa', ['0 xor ebx, ebx', '2 int 0x80', '4 jmp 0x400000']],
  ['x86-16', 'b4 0e cd10 ebfa', ['0 mov ah, 0xe', '2 int 0x10', '4 jmp 0x7c00']],
  ['aarch64', 'a80b80d2 010000d4 ffffff17', ['0 mov x8, #0x5d', '4 svc #0', '8 b #0x400004']],
  ['arm', '0170a0e3 000000ef feffffea', ['0 mov r7, #1', '4 svc #0', '8 b #0x400008']],
  ['riscv64', '9308d005 73000000 6ff0dfff', ['0 addi a7, zero, 0x5d', '4 ecall', '8 j 0x400004']],
  ['riscv32', '63040500 13050000 67800000', ['0 beqz a0, 0x400008', '4 mv a0, zero', '8 ret']],
];

for (const [machine, hex, expected] of VECTORS) {
  test(`${machine}: instructions in the notation of its maker`, async () => {
    assert.deepEqual(linesOf(await codeOf(hex, machine)), expected);
  });
}

test('control is followed through both ways of a branch, into calls and back; what nothing reaches is said', async () => {
  // test eax, eax; je 8; call 9; hlt | nop nop unreached at 10
  const listing = await codeOf('85c0 7405 e804000000 f4 90 90 c3 c3', 'amd64');
  assert.deepEqual(
    listing.rows.map(({ offset, kind, target, reached }) => [offset, kind, target, reached]),
    [
      [0, 'plain', null, true],
      [2, 'conditional', 9, true],
      [4, 'call', 13, true],
      [9, 'trap', null, true],
      [10, 'plain', null, false],
      [11, 'plain', null, false],
      [12, 'return', null, false],
      [13, 'return', null, true],
    ],
  );
  assert.deepEqual(listing.flow?.unreached, [{ offset: 10, length: 3 }]);
  assert.deepEqual(listing.labels, [
    { offset: 0, name: 'entry', from: 'entry' },
    { offset: 9, name: 'loc_9', from: 'target' },
    { offset: 13, name: 'loc_d', from: 'target' },
  ]);
});

test('a path ends at a jump that a register decides, and that is said', async () => {
  const listing = await codeOf('ffe0 90', 'amd64');
  assert.deepEqual(listing.flow, {
    unreached: [{ offset: 2, length: 1 }],
    indirect: [0],
    outside: [],
    undecodable: [],
  });
});

test('a jump into the middle of an instruction gives two readings, and both are told', async () => {
  // jmp 3; then `b8 31 db ...`: from 2 it is mov eax, from 3 it is xor ebx, ebx
  const listing = await codeOf('eb01 b8 31db 31c0 c3', 'amd64');
  assert.deepEqual(linesOf(listing), [
    '0 jmp 0x400003',
    '2 data',
    '3 xor ebx, ebx',
    '5 xor eax, eax',
    '7 ret',
  ]);
  assert.deepEqual(listing.disagreements, [
    { offset: 2, length: 5, kind: 'sweep', other: 'mov eax, 0xc031db31' },
  ]);
  // je +1; mov eax, 0xc3...: taken lands in the operand of what falls through
  const both = await codeOf('7401 b8 31db 90c3 c3', 'amd64');
  assert.deepEqual(
    both.disagreements.filter(({ kind }) => kind === 'jump').map(({ offset, other }) => [offset, other]),
    [
      [3, 'xor ebx, ebx'],
      [5, 'nop'],
      [6, 'ret'],
    ],
  );
});

test('a word that AArch64 code loads from beside itself is data, and says who reads it', async () => {
  const listing = await codeOf('41000018 02000014 0c026000 c0035fd6', 'aarch64');
  assert.deepEqual(linesOf(listing), ['0 ldr w1, #0x400008', '4 b #0x40000c', '8 data 0x0060020c', 'c ret']);
  assert.equal(listing.rows[2]?.readBy, 0);
  assert.deepEqual(listing.flow?.unreached, []);
});

test('names from the source stand where it sets them, and nowhere else', async () => {
  const labels = [
    { name: 'start', offset: 0 },
    { name: 'inside', offset: 1 },
  ];
  const { labels: found } = await codeOf('ebfe', 'x86', { labels });
  assert.deepEqual(found, [{ offset: 0, name: 'start', from: 'source' }]);
});

test('a long file comes in parts that together are all of it, and then nobody says what is reached', async () => {
  const nops = '90'.repeat(5000);
  const offsets: number[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const part = await codeOf(nops, 'amd64', { offset, limit: 1024 });
    assert.equal(part.flow, null);
    assert.ok(part.rows.every(row => row.reached === null));
    offsets.push(...part.rows.map(row => row.offset));
    offset = part.next;
  }
  assert.deepEqual(
    offsets,
    Array.from({ length: 5000 }, (_, i) => i),
  );
});

test('the headers of an ELF file are no code; the embedded seed is code to its last byte', async () => {
  const bytes = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
  const listing = await disassemble(bytes, loadedImage(bytes));
  assert.ok(listing);
  assert.deepEqual(listing.code, [{ offset: 0x78, length: 276 - 0x78 }]);
  assert.equal(listing.rows.length, 74);
  assert.deepEqual(listing.flow, { unreached: [], indirect: [], outside: [], undecodable: [] });
  assert.deepEqual(callsOf(listing), [
    'open(argv[1], O_RDONLY)',
    'open(argv[2], O_WRONLY|O_CREAT|O_TRUNC, 0755)',
    'write(result of open at 0x9b, stack+32, 1)',
    'exit(1 or 0)',
    'read(result of open at 0x84, stack+32, 1)',
  ]);
});

test('a file that names thousands of segments over each other is read within bounds, each byte once', async () => {
  const bytes = Buffer.alloc(4000, 0x90);
  const image = imageOf(bytes, 'x86');
  const [whole] = image.segments;
  assert.ok(whole);
  const segments = Array.from({ length: 60_000 }, (_, i) => ({ ...whole, offset: i % 4000, length: 7 }));
  const listing = await disassemble(bytes, { ...image, segments });
  assert.equal(listing?.rows.length, 262);
});

test('as much code as is read at once, none of it reached, is read', async () => {
  const bytes = Buffer.alloc(CODE_LIMIT, 0x40);
  const listing = await disassemble(bytes, { ...imageOf(bytes, 'x86-16'), entry: null });
  assert.equal(listing?.rows.length, CODE_LIMIT);
  assert.deepEqual(listing?.flow?.unreached, [{ offset: 0, length: CODE_LIMIT }]);
});

test('what holds the entry is code, whatever the file says of it', async () => {
  const bytes = Buffer.from('c3', 'hex');
  const image = imageOf(bytes, 'amd64');
  const segments = image.segments.map(segment => ({ ...segment, execute: false }));
  assert.deepEqual((await disassemble(bytes, { ...image, segments }))?.rows.length, 1);
  assert.equal(await disassemble(bytes, { ...image, segments, entry: null }), null);
});

test('no machine, or no byte that may be run: no code', async () => {
  const bytes = Buffer.from('90', 'hex');
  assert.equal(await disassemble(bytes, { ...imageOf(bytes, 'x86'), machine: null }), null);
  assert.equal(await disassemble(bytes, { ...imageOf(bytes, 'x86'), segments: [] }), null);
});

for (const machine of ['x86', 'amd64', 'aarch64', 'arm', 'riscv32', 'riscv64', 'x86-16'] as const) {
  test(`${machine}: any bytes are rows that ascend, touch and cover all of them`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async bytes => {
        const listing = await disassemble(bytes, imageOf(bytes, machine));
        assert.ok(listing);
        let at = 0;
        for (const row of listing.rows) {
          assert.equal(row.offset, at);
          assert.ok(row.length > 0);
          assert.equal(row.address, (machine === 'x86-16' ? 0x7c00n : BASE) + BigInt(at));
          at += row.length;
        }
        assert.equal(at, bytes.length);
        const starts = new Set(listing.rows.map(row => row.offset));
        assert.ok(listing.rows.filter(row => row.reached).every(row => starts.has(row.offset)));
        assert.ok(listing.labels.every(label => label.offset >= 0 && label.offset < bytes.length));
      }),
      { numRuns: 60 },
    );
  });
}
