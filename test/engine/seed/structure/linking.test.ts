import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BinaryStructure, structureOf } from '../../../../main/engine/seed/index.ts';
import { packed } from '../../../support/binaries.ts';
import { BASE, type DynamicElf, dynamicElf } from '../../../support/dynamic-elf.ts';

/** Both classes and both byte orders. */
const KINDS = ([32, 64] as const).flatMap(bits =>
  (['little', 'big'] as const).map(order => ({ bits, order })),
);

/** Parts of a part: label, value and meaning. */
function partsOf({ nodes }: BinaryStructure, parent: string): (string | null)[][] {
  return nodes
    .filter(node => node.parent === parent)
    .map(({ label, value, meaning }) => [label, value, meaning]);
}

/** What is said, without what every such file has said of it. */
function saidOf(options: Partial<DynamicElf>): string[] {
  const { nodes } = structureOf(dynamicElf({ bits: 64, order: 'little', ...options }));
  const usual = ['elf.writable-code', 'elf.no-stack'];
  return nodes
    .flatMap(({ id, label, notices }) =>
      notices.map(({ severity, code }) => [severity, code, id.includes('entry-') ? label : id]),
    )
    .filter(([, code = '']) => !usual.includes(code))
    .map(said => said.join(' '));
}

/** The node that the dynamic section is in the structure of a file that has section headers. */
const DYNAMIC = 'data/section-7';

test('the dynamic section: every entry with its name, its value and what it means, in both classes and orders', () => {
  for (const kind of KINDS) {
    const bytes = dynamicElf({
      ...kind,
      entries: [
        [1, 'libc.so.6'],
        [14, 'own.so.1'],
        [30, 8],
        [0x6ffffffb, 0x8000001],
        [20, 7],
        [0x6ffffff9, 1234],
        [77, 5],
      ],
    });
    const parts = partsOf(structureOf(bytes), DYNAMIC);
    assert.deepEqual(parts.slice(0, 7), [
      ['NEEDED', 'libc.so.6', '0x1: a shared object that is loaded with it'],
      ['SONAME', 'own.so.1', '0xe: the name that others need it by'],
      ['FLAGS', 'BIND_NOW', '0x1e: flags'],
      ['FLAGS_1', 'NOW PIE', '0x6ffffffb: flags'],
      ['PLTREL', 'RELA', '0x14: kind of the relocations of functions'],
      ['RELACOUNT', '1,234', '0x6ffffff9: how many of the relocations are relative'],
      ['Tag 0x4d', '0x5', 'a tag that is not known'],
    ]);
    assert.deepEqual(parts.at(-1), ['NULL', null, '0x0: the end of the dynamic section']);
  }
});

test('what is unusual about a dynamic section is said at its entry', () => {
  assert.deepEqual(saidOf({}), []);
  assert.deepEqual(saidOf({ entries: [[1, 'libc.so.6']] }), []);
  assert.deepEqual(saidOf({ entries: [[1, '/opt/x.so']] }), ['unusual elf.needed-path NEEDED']);
  assert.deepEqual(saidOf({ entries: [[15, '/opt/lib']] }), ['unusual elf.rpath RPATH']);
  assert.deepEqual(saidOf({ entries: [[29, '$ORIGIN/lib']] }), ['unusual elf.runpath RUNPATH']);
  assert.deepEqual(saidOf({ entries: [[22, 0]] }), ['unusual elf.text-relocations TEXTREL']);
  assert.deepEqual(saidOf({ entries: [[30, 4]] }), ['unusual elf.text-relocations FLAGS']);
  assert.deepEqual(saidOf({ entries: [[0x6ffffefc, 'audit.so']] }), ['unusual elf.loads-more AUDIT']);
  assert.deepEqual(saidOf({ entries: [[1, 9999]] }), ['problem elf.name-outside NEEDED']);
  assert.deepEqual(saidOf({ entries: [[12, 0x99]] }), ['problem elf.address-outside INIT']);
  assert.deepEqual(saidOf({ entries: [[77, 5]] }), ['unusual elf.unknown-tag Tag 0x4d']);
  const twice = [12, 12].map(tag => [tag, BASE] as const);
  assert.deepEqual(saidOf({ entries: twice }), ['unusual elf.tag-twice INIT']);
  const lazy = [
    [23, BASE],
    [2, 0],
  ] as const;
  assert.deepEqual(saidOf({ entries: lazy }), [`note elf.lazy-binding ${DYNAMIC}`]);
  assert.deepEqual(saidOf({ entries: [...lazy, [24, 0]] }), [], 'bound at the start');
  const folders = structureOf(dynamicElf({ bits: 64, order: 'little', entries: [[15, '/opt:lib']] }));
  const message = folders.nodes.find(({ label }) => label === 'RPATH')?.notices[0]?.message ?? '';
  assert.match(message, /depends on where the program lies or is started$/);
});

test('a dynamic section without an end, and section headers that place it elsewhere', () => {
  const bytes = dynamicElf({ bits: 64, order: 'little' });
  const structure = structureOf(bytes);
  const dynamic = structure.nodes.find(({ id }) => id === DYNAMIC);
  assert.ok(dynamic);
  const open = Buffer.from(bytes);
  open.writeBigUInt64LE(21n, dynamic.offset + dynamic.length - 16);
  const codes = (of: Buffer) =>
    structureOf(of).nodes.flatMap(({ notices }) => notices.map(({ code }) => code));
  assert.ok(codes(open).includes('elf.dynamic-open'));

  const symbols = structure.nodes.find(({ id }) => id === 'sections/section-3/sh_offset');
  assert.ok(symbols);
  const elsewhere = Buffer.from(bytes);
  elsewhere.writeBigUInt64LE(64n, symbols.offset);
  assert.ok(codes(elsewhere).includes('elf.dynamic-differs'));
  assert.ok(!codes(bytes).includes('elf.dynamic-differs'));
});

test('symbols and relocations by name, with how many there are, whether section headers say where or the dynamic section alone', () => {
  for (const kind of KINDS) {
    for (const sections of [true, false]) {
      const bytes = dynamicElf({
        ...{ ...kind, sections, machine: kind.bits === 64 ? 62 : 3 },
        symbols: ['begin', 'end'],
        relocations: [
          [6, 2, 0x10010],
          [8, 0, 0x10018],
          [200, 9, 0x10020],
        ],
        packed: [0x10000, 0b1011],
      });
      const structure = structureOf(bytes);
      const node = (start: string) =>
        structure.nodes.find(
          ({ value, label }) => (value ?? '').startsWith(start) && !label.startsWith('D_'),
        );
      const symbols = node('3 symbols');
      assert.ok(symbols);
      assert.match(symbols.meaning ?? '', /2 functions, 1 not in this file$/);
      const [, begin] = partsOf(structure, symbols.id);
      const place = sections ? 'in Section 1' : 'in section 0x1';
      assert.equal(begin?.[0], 'begin');
      assert.equal(begin?.[2], `function, global, ${place}, 4 bytes`);

      const machine = kind.bits === 64 ? 'X86_64' : '386';
      const relocations = node('3 relocations');
      assert.ok(relocations);
      assert.deepEqual(partsOf(structure, relocations.id), [
        [`R_${machine}_GLOB_DAT`, 'end - 0x8', 'changes 0x10010'],
        [`R_${machine}_RELATIVE`, '-0x8', 'changes 0x10018'],
        ['type 200', 'symbol 9 - 0x8', 'changes 0x10020'],
      ]);
      assert.deepEqual(
        relocations.notices.map(({ code }) => code),
        ['elf.symbol-outside'],
      );
      const words = structure.nodes.filter(({ label }) => ['Address', 'Bitmap'].includes(label));
      const word = kind.bits / 8;
      assert.deepEqual(
        words.filter(({ id }) => id.includes('word-')).map(({ meaning }) => meaning),
        [
          'changes 0x10000',
          `changes 0x${(0x10000 + word).toString(16)}, 0x${(0x10000 + 3 * word).toString(16)}`,
        ],
      );
      assert.ok(node('3 relocations') && node('3 relocations')?.id !== words[0]?.parent);
    }
  }
});

test('how a program is linked and what protects it is said in one place', () => {
  const linking = (options: Partial<DynamicElf>) =>
    Object.fromEntries(
      partsOf(structureOf(dynamicElf({ bits: 64, order: 'big', ...options })), 'linking').map(
        ([label, value]) => [label, value],
      ),
    );
  const stack = { type: 0x6474e551, flags: 6, fileSize: 0, memory: 0 };
  const relro = { type: 0x6474e552, flags: 4 };
  assert.deepEqual(
    linking({
      entries: [
        [1, 'a.so'],
        [24, 0],
      ],
      programs: [stack, relro, { type: 3 }],
    }),
    {
      Linked: 'dynamically',
      Needs: '1',
      Address: 'any',
      Stack: 'not executable',
      'Writable code': '1',
      RELRO: 'full',
      Symbols: 'stripped',
    },
  );
  assert.equal(linking({ programs: [relro] }).RELRO, 'partial');
  assert.equal(linking({}).RELRO, 'none');
  assert.equal(linking({}).Stack, 'not said');
  assert.equal(linking({ programs: [{ ...stack, flags: 7 }] }).Stack, 'executable');
  assert.equal(linking({}).Linked, 'by itself');
});

test('texts that do not end, and names outside their texts, are told', () => {
  const bytes = dynamicElf({ bits: 64, order: 'little' });
  const { nodes } = structureOf(bytes);
  const texts = nodes.find(({ id }) => id === 'data/section-2');
  const symbol = nodes.find(({ label }) => label === 'begin');
  assert.ok(texts && symbol);
  bytes[texts.offset + texts.length - 1] = 0x41;
  bytes.writeUInt32LE(0xffff, symbol.offset);
  const said = structureOf(bytes).nodes.flatMap(({ id, notices }) =>
    notices.map(({ code }) => `${code} ${id}`),
  );
  assert.ok(said.includes('elf.texts-end sections/section-2'));
  assert.ok(said.includes('elf.name-outside data/section-3'));
});

test('notes of the GNU system are decoded', () => {
  const note = (type: number, content: Buffer) =>
    Buffer.concat([
      packed('little', [
        [4, 4],
        [content.length, 4],
        [type, 4],
      ]),
      Buffer.from('GNU\0'),
      content,
    ]);
  const words = (...values: number[]) =>
    packed(
      'little',
      values.map(value => [value, 4] as const),
    );
  const notes = Buffer.concat([
    note(1, words(0, 3, 2, 0)),
    note(5, words(0xc0000002, 4, 3, 0, 0xc0008002, 4, 1, 0)),
    note(3, Buffer.from('00112233445566778899aabbccddeeff01234567', 'hex')),
  ]);
  const bytes = Buffer.concat([dynamicElf({ bits: 64, order: 'little' }), notes]);
  // The first section becomes one of notes.
  const header = structureOf(bytes).nodes.find(({ id }) => id === 'sections/section-1');
  assert.ok(header);
  bytes.writeUInt32LE(7, header.offset + 4);
  bytes.writeBigUInt64LE(BigInt(bytes.length - notes.length), header.offset + 24);
  bytes.writeBigUInt64LE(BigInt(notes.length), header.offset + 32);
  bytes.writeBigUInt64LE(8n, header.offset + 48);
  const meanings = structureOf(bytes)
    .nodes.filter(({ label }) => label === 'Note of GNU')
    .map(({ meaning }) => meaning);
  assert.deepEqual(meanings, [
    'the least kernel it needs: Linux 3.2.0',
    'properties of the program: x86 features IBT SHSTK; x86 instructions needed x86-64-baseline',
    'the build, by hash: 00112233445566778899aabbccddeeff01234567',
  ]);
});
