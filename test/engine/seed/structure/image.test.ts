import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addressOf,
  fileOffsetOf,
  type LoadedImage,
  loadedImage,
} from '../../../../main/engine/seed/index.ts';
import { bodyAt, bootSector, elfFile, peBodyAt, peFile } from '../../../support/binaries.ts';

const CODE = Buffer.from('31c0ffc0', 'hex');

test('ELF of both classes and both orders says machine, entry and segments', () => {
  const machines = [
    { bits: 32, order: 'little', machine: 3, named: 'x86' },
    { bits: 64, order: 'little', machine: 62, named: 'amd64' },
    { bits: 64, order: 'little', machine: 183, named: 'aarch64' },
    { bits: 32, order: 'little', machine: 40, named: 'arm' },
    { bits: 32, order: 'big', machine: 40, named: 'arm' },
    { bits: 32, order: 'little', machine: 243, named: 'riscv32' },
    { bits: 64, order: 'little', machine: 243, named: 'riscv64' },
    { bits: 64, order: 'big', machine: 21, named: null },
  ] as const;
  for (const { bits, order, machine, named } of machines) {
    const at = bodyAt({ bits, programs: [{}] });
    const programs = [{ address: 0x400000, flags: 5, memory: 0x1000 }];
    const bytes = elfFile({ bits, order, machine, entry: 0x400000 + at, programs, body: CODE });
    assert.deepEqual(loadedImage(bytes), {
      format: 'elf',
      machine: named,
      bits,
      byteOrder: order,
      entry: { address: BigInt(0x400000 + at), offset: at },
      segments: [
        {
          offset: 0,
          length: bytes.length,
          address: 0x400000n,
          memory: 0x1000n,
          read: true,
          write: false,
          execute: true,
        },
      ],
    });
  }
});

test('a program header may lie over the ELF header, as those of small seeds do', () => {
  const whole = elfFile({
    bits: 32,
    machine: 3,
    entry: 0x8048054,
    programs: [{ address: 0x8048000 }],
    body: CODE,
  });
  // The last eight bytes of the header (no sections: 0) are the first eight of the program header (LOAD, offset 0).
  const bytes = Buffer.concat([whole.subarray(0, 44), whole.subarray(52)]);
  bytes.writeUInt32LE(44, 28);
  const image = loadedImage(bytes);
  assert.equal(image.segments.length, 1);
  assert.equal(image.segments[0]?.address, 0x8048000n);
});

test('segments are clipped to the file, and only LOAD is loaded', () => {
  const huge = 0xffff_ffff_ffff_ffffn;
  const programs = [
    { type: 4, fileSize: 8 },
    { offset: huge, fileSize: huge, address: huge },
    { offset: 8, fileSize: huge, address: 0x1000, memory: huge, flags: 6 },
  ];
  const bytes = elfFile({ bits: 64, programs, entry: 0x9999_0000 });
  const { segments, entry } = loadedImage(bytes);
  assert.deepEqual(
    segments.map(({ offset, length, execute }) => ({ offset, length, execute })),
    [
      { offset: bytes.length, length: 0, execute: true },
      { offset: 8, length: bytes.length - 8, execute: false },
    ],
  );
  assert.equal(segments[1]?.memory, huge);
  assert.deepEqual(entry, { address: 0x9999_0000n, offset: null });
});

test('a PE image lies at its base, its sections with what they have in memory', () => {
  for (const bits of [32, 64] as const) {
    const options = { bits, sections: [{ address: 0x1000, virtualSize: 3, offset: 0, rawSize: 512 }] };
    const at = peBodyAt(options);
    const bytes = peFile({
      bits,
      base: 0x10000n,
      entry: 0x1001,
      sections: [{ address: 0x1000, virtualSize: 3, offset: at, rawSize: 512 }],
      body: CODE,
    });
    const image = loadedImage(bytes);
    assert.deepEqual([image.format, image.machine, image.bits], ['pe', 'amd64', bits]);
    assert.deepEqual(image.entry, { address: 0x11001n, offset: at + 1 });
    assert.deepEqual(
      image.segments.map(({ offset, length, address, execute, write }) => [
        offset,
        length,
        address,
        execute,
        write,
      ]),
      [
        [0, at, 0x10000n, false, false],
        [at, 3, 0x11000n, true, false],
      ],
    );
  }
});

test('of a boot sector the first sector is loaded, in 16-bit mode', () => {
  const image = loadedImage(Buffer.concat([bootSector(CODE), Buffer.alloc(512)]));
  assert.deepEqual(
    [image.format, image.machine, image.bits, image.entry],
    ['boot-sector', 'x86-16', 16, { address: 0x7c00n, offset: 0 }],
  );
  assert.deepEqual(
    image.segments.map(({ offset, length, address }) => [offset, length, address]),
    [[0, 512, 0x7c00n]],
  );
  assert.equal(loadedImage(bootSector(CODE).subarray(0, 511)).format, 'flat');
});

test('anything else is flat, at address 0', () => {
  for (const bytes of [Buffer.alloc(0), CODE, Buffer.from('MZ'), Buffer.from('\x7fEL', 'latin1')]) {
    const image = loadedImage(bytes);
    assert.deepEqual([image.format, image.machine, image.entry], ['flat', null, null]);
    assert.equal(image.segments[0]?.length, bytes.length);
  }
});

test("the embedded kit's seeds are amd64 programs that begin after their headers", () => {
  for (const [name, entry] of [
    ['hex0-seed', 0x78],
    ['kaem-seed', 0xb0],
  ] as const) {
    const bytes = readFileSync(
      new URL(`../../../../audit-kits/bedrock-amd64/bundle/seed/${name}`, import.meta.url),
    );
    const image = loadedImage(bytes);
    assert.deepEqual([image.format, image.machine, image.byteOrder], ['elf', 'amd64', 'little']);
    assert.equal(image.entry?.offset, entry);
    assert.equal(addressOf(image, entry), image.entry?.address);
  }
});

const header = fc.constantFrom(
  elfFile({ bits: 64, entry: 0x400078, programs: [{ address: 0x400000 }], body: CODE, sections: [{}] }),
  elfFile({ bits: 32, order: 'big', machine: 40, programs: [{}, {}], body: CODE, sections: [{}] }),
  peFile({
    bits: 64,
    sections: [{ address: 0x1000, virtualSize: 4, offset: 0x170, rawSize: 4 }],
    body: CODE,
  }),
  peFile({ bits: 32, machine: 0x14c, body: CODE }),
  bootSector(CODE),
);
const damaged = fc
  .tuple(header, fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 12 }), fc.nat(700))
  .map(([valid, changes, length]) => {
    const bytes = Buffer.from(valid.subarray(0, Math.max(4, length)));
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });

test('any bytes are read, and what is said of them lies within them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 700 }), damaged), bytes => {
      const image = loadedImage(bytes);
      for (const { offset, length } of image.segments) {
        assert.ok(offset >= 0 && length >= 0 && offset + length <= bytes.length);
      }
      if (image.entry) assert.equal(fileOffsetOf(image, image.entry.address), image.entry.offset);
    }),
    { numRuns: 2000 },
  );
});

test('an address and its place in the file belong together', () => {
  const image: Pick<LoadedImage, 'segments'> = loadedImage(
    elfFile({
      bits: 64,
      programs: [
        { offset: 0, fileSize: 16, address: 0x1000, memory: 64 },
        { offset: 16, fileSize: 16, address: 0x2000 },
      ],
    }),
  );
  assert.equal(fileOffsetOf(image, 0x2003n), 19);
  assert.equal(addressOf(image, 19), 0x2003n);
  assert.equal(fileOffsetOf(image, 0x1010n), null, 'memory that no byte of the file fills');
  assert.equal(fileOffsetOf(image, 0xfffn), null);
  assert.equal(addressOf(image, 32), null);
});
