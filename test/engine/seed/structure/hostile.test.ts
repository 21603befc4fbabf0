import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STRUCTURE_NODE_LIMIT, structureOf } from '../../../../main/engine/seed/index.ts';
import { bodyAt, bootSector, elfFile, peFile } from '../../../support/binaries.ts';
import { directoriesPe } from '../../../support/directories-pe.ts';
import { dynamicElf } from '../../../support/dynamic-elf.ts';

const body = Buffer.from('31c0ffc0', 'hex');
const sections = Array.from({ length: 5 }, (_, i) => ({ type: i + 1, offset: 64, size: 60, link: 4 }));
const linked = {
  entries: [
    [1, 'libc.so.6'],
    [29, '$ORIGIN'],
    [14, 'own'],
    [30, 12],
    [23, 0x10000],
    [2, 99],
  ] as const,
  symbols: ['begin', 'end'],
  relocations: [
    [6, 2, 0x10010],
    [8, 0, 0x10018],
  ] as const,
  packed: [0x10000, 0b1011],
};
const valid = [
  dynamicElf({ bits: 64, order: 'little', ...linked }),
  dynamicElf({ bits: 32, order: 'big', machine: 3, sections: false, ...linked }),
  elfFile({
    bits: 64,
    entry: 0x400078,
    programs: [{ address: 0x400000 }, { type: 3 }, { type: 4 }],
    body,
    sections,
  }),
  elfFile({
    bits: 32,
    order: 'big',
    machine: 40,
    programs: [{}, { type: 4 }],
    body,
    sections,
    nameSection: 3,
  }),
  elfFile({ bits: 64, entry: 0x400078, programs: [{ address: 0x400000 }], body }),
  peFile({ bits: 64, sections: [{ address: 0x1000, virtualSize: 4, offset: 0x170, rawSize: 9 }], body }),
  directoriesPe(64),
  peFile({ bits: 32, machine: 0x14c, directories: [[1, 2]], body }),
  bootSector(body, [[446, Buffer.from('80010101830101010100000009000000', 'hex')]]),
];

/** A valid file with some of its bytes changed, cut or made longer. */
const damaged = fc
  .tuple(
    fc.constantFrom(...valid),
    fc.array(fc.tuple(fc.nat(700), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff, 0x10)), { maxLength: 16 }),
    fc.oneof(fc.constant(null), fc.nat(700)),
    fc.constantFrom(0, 1, 512, 4096),
  )
  .map(([file, changes, cut, more]) => {
    const bytes = Buffer.concat([cut === null ? file : file.subarray(0, cut), Buffer.alloc(more, 3)]);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });

/** What must hold for the structure of any bytes. */
function check(bytes: Uint8Array): void {
  const { nodes } = structureOf(bytes);
  assert.ok(nodes.length >= 1 && nodes.length <= STRUCTURE_NODE_LIMIT);
  const seen = new Set<string>();
  for (const { id, parent, offset, length, notices } of nodes) {
    assert.ok(!seen.has(id), `two nodes ${id}`);
    assert.ok(parent === null || seen.has(parent), `${id} comes before what it is part of`);
    seen.add(id);
    assert.ok(Number.isSafeInteger(offset) && Number.isSafeInteger(length), id);
    assert.ok(offset >= 0 && length >= 0 && offset + length <= bytes.length, `${id} leaves the file`);
    for (const { code, message } of notices)
      assert.ok(/^[a-z]+\.[a-z-]+$/.test(code) && message.length < 400, code);
  }
}

test('any bytes have a structure that lies within them', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), check), { numRuns: 500 });
});

test('so have damaged, cut and lengthened files of every format', () => {
  fc.assert(fc.property(damaged, check), { numRuns: 6000 });
});

test('so has every cut of a valid file', () => {
  for (const file of valid)
    for (let length = 0; length <= file.length; length += 1) check(file.subarray(0, length));
});

test('so has a file with any one field of its headers as large as it can be', () => {
  for (const file of valid) {
    for (let at = 0; at < Math.min(file.length, 0x180); at += 1) {
      const bytes = Buffer.from(file);
      bytes.fill(0xff, at, Math.min(file.length, at + 8));
      check(bytes);
    }
  }
});

test('tables as large as their fields allow end at the bounds, and that is said', () => {
  const many = elfFile({
    bits: 64,
    type: 1,
    body: Buffer.alloc(0),
    sections: Array.from({ length: 9000 }, () => ({ type: 2, offset: 0, size: 1 << 20, link: 1 })),
  });
  const { nodes, leftOut } = structureOf(many);
  check(many);
  assert.equal(nodes.length, STRUCTURE_NODE_LIMIT);
  assert.ok(leftOut > 0);
  const codes = nodes.flatMap(({ notices }) => notices.map(({ code }) => code));
  assert.ok(codes.includes('elf.sections-outside'));
});

test('entries of no size are read as entries of their own size', () => {
  const programs = [{ address: 0x1000 }, { address: 0x2000 }, { address: 0x3000 }];
  const { nodes, image } = structureOf(elfFile({ bits: 64, programs, header: { phentsize: 0 } }));
  assert.deepEqual(
    image.segments.map(({ address }) => address),
    [0x1000n, 0x2000n, 0x3000n],
  );
  assert.ok(nodes.some(({ notices }) => notices.some(({ code }) => code === 'elf.entry-size')));
});

/** How often single bytes are looked at while a file is read. */
function looks(bytes: Buffer): number {
  let count = 0;
  const counted = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count += 1;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  structureOf(counted);
  return count;
}

test('work grows with the file and what is shown of it, not with what it claims', () => {
  // Texts, symbols, relocations of all kinds, notes, the dynamic section.
  for (const type of [2, 3, 4, 6, 7, 9, 11, 19]) {
    const everything = { type, offset: bodyAt({ bits: 64 }), size: 1 << 30, link: 1 };
    const sections = Array(300).fill(everything);
    const file = elfFile({ bits: 64, type: 1, body: Buffer.alloc(2000), sections });
    const [done, most] = [looks(file), 20 * STRUCTURE_NODE_LIMIT + 8 * file.length];
    assert.ok(done < most, `hundreds of sections of type ${type} over the whole file: ${done} looks`);
  }
});

test('symbols and relocations of a large file are counted, and shown up to a bound', () => {
  const at = bodyAt({ bits: 64 });
  const file = elfFile({
    bits: 64,
    type: 1,
    body: Buffer.alloc(24 * 30_000),
    sections: [
      { type: 2, offset: at, size: 24 * 10_000, entrySize: 24 },
      { type: 4, offset: at + 24 * 10_000, size: 24 * 10_000, entrySize: 24, link: 1 },
      { type: 2, offset: at + 24 * 20_000, size: 24 * 10_000, entrySize: 24 },
    ],
  });
  check(file);
  const { nodes } = structureOf(file);
  const values = nodes.flatMap(({ value }) => (/symbols|relocations/.test(value ?? '') ? [value] : []));
  assert.deepEqual(values, ['10,000 symbols', '10,000 relocations', '10,000 symbols']);
  const said = nodes.flatMap(({ notices }) => notices).filter(({ code }) => code === 'structure.too-many');
  assert.deepEqual(
    said.map(({ message }) => message.split(';')[0]),
    [
      '5,904 more symbols are not shown',
      '8,976 more relocations are not shown',
      '5,904 more symbols are not shown',
    ],
  );
});
