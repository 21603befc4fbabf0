import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type BinaryStructure, structureOf } from '../../../../main/engine/seed/index.ts';
import { bodyAt, bootSector, elfFile, packed, peBodyAt, peFile } from '../../../support/binaries.ts';

const CODE = Buffer.from('31c0ffc0', 'hex');

/** A node as one line: label, value, offset, length. */
function lineOf(structure: BinaryStructure, id: string): string | null {
  const node = structure.nodes.find(each => each.id === id);
  return node ? `${node.label} = ${node.value} @${node.offset}+${node.length}` : null;
}

/** What is said: code, severity and node, in the order of the nodes. */
function saidOf({ nodes }: BinaryStructure): string[] {
  return nodes.flatMap(({ id, notices }) => notices.map(({ severity, code }) => `${severity} ${code} ${id}`));
}

const PLAIN = ['note elf.no-stack header/e_phnum', 'note elf.no-sections header/e_shnum'];

test('a seed: ELF header, program header and code, every field at its place in both classes and orders', () => {
  for (const order of ['little', 'big'] as const) {
    const wide = structureOf(
      elfFile({ bits: 64, order, entry: 0x400078, programs: [{ address: 0x400000 }], body: CODE }),
    );
    assert.equal(
      lineOf(wide, 'header/e_ident/EI_DATA')?.split(' ')[2],
      order === 'little' ? 'ELFDATA2LSB' : 'ELFDATA2MSB',
    );
    assert.equal(lineOf(wide, 'header/e_entry'), 'e_entry = 0x400078 @24+8');
    assert.equal(lineOf(wide, 'header/e_phnum'), 'e_phnum = 1 @56+2');
    assert.equal(lineOf(wide, 'program-0'), 'Program header 0, LOAD = null @64+56');
    assert.equal(lineOf(wide, 'program-0/p_flags'), 'p_flags = RX @68+4');
    assert.equal(lineOf(wide, 'program-0/p_filesz'), 'p_filesz = 124 @96+8');
    assert.equal(lineOf(wide, 'code'), 'Code = null @120+4');
    assert.deepEqual(saidOf(wide), PLAIN);

    const narrow = structureOf(
      elfFile({ bits: 32, order, machine: 40, entry: 0x10054, programs: [{ address: 0x10000 }], body: CODE }),
    );
    assert.equal(lineOf(narrow, 'header/e_machine'), 'e_machine = EM_ARM @18+2');
    assert.equal(lineOf(narrow, 'header/e_entry'), 'e_entry = 0x10054 @24+4');
    assert.equal(lineOf(narrow, 'program-0/p_flags'), 'p_flags = RX @76+4');
    assert.equal(lineOf(narrow, 'code'), 'Code = null @84+4');
    assert.deepEqual(saidOf(narrow), PLAIN);
  }
});

test("the embedded kit's seeds have nothing unusual", () => {
  for (const name of ['hex0-seed', 'kaem-seed']) {
    const bytes = readFileSync(
      new URL(`../../../../audit-kits/bedrock-amd64/bundle/seed/${name}`, import.meta.url),
    );
    const structure = structureOf(bytes);
    assert.deepEqual(saidOf(structure), PLAIN);
    const tops = structure.nodes.filter(({ parent }) => parent === null);
    assert.equal(
      tops.reduce((sum, { length }) => sum + length, 0),
      bytes.length,
      'every byte is named once',
    );
  }
});

test('a program header over the end of the ELF header is told, with how much', () => {
  const whole = elfFile({
    bits: 32,
    machine: 3,
    entry: 0x804804c,
    programs: [{ address: 0x8048000 }],
    body: CODE,
  });
  const bytes = Buffer.concat([whole.subarray(0, 44), whole.subarray(52)]);
  bytes.writeUInt32LE(44, 28);
  const structure = structureOf(bytes);
  assert.ok(saidOf(structure).includes('unusual elf.headers-overlap program-0'));
  const node = structure.nodes.find(({ id }) => id === 'program-0');
  assert.match(node?.notices[0]?.message ?? '', /first 8 bytes/);
});

test('what is unusual about segments and the entry is told where it is', () => {
  const file = (options: Partial<Parameters<typeof elfFile>[0]>) =>
    saidOf(
      structureOf(
        elfFile({ bits: 64, entry: 0x400078, programs: [{ address: 0x400000 }], body: CODE, ...options }),
      ),
    ).filter(said => !PLAIN.includes(said));
  assert.deepEqual(file({ programs: [{ address: 0x400000, flags: 7 }] }), [
    'unusual elf.writable-code program-0/p_flags',
  ]);
  assert.deepEqual(file({ programs: [{ address: 0x400000, flags: 1 }] }), [
    'note elf.not-readable program-0/p_flags',
  ]);
  assert.deepEqual(file({ entry: 0x400010 }), ['unusual elf.entry-in-header header/e_entry']);
  assert.deepEqual(file({ entry: 0x500000 }), ['problem elf.entry-unloaded header/e_entry']);
  assert.deepEqual(file({ programs: [{ address: 0x400000, flags: 6 }] }), [
    'unusual elf.entry-not-executable header/e_entry',
  ]);
  assert.deepEqual(file({ entry: 0x400100, programs: [{ address: 0x400000, memory: 0x200 }] }), [
    'unusual elf.entry-not-in-file header/e_entry',
  ]);
  assert.deepEqual(
    file({ programs: [{ address: 0x400000, fileSize: 124, memory: 100 }], entry: 0x400020 }).slice(-1),
    ['problem elf.file-exceeds-memory program-0/p_filesz'],
  );
  assert.deepEqual(file({ programs: [{ address: 0x400000, fileSize: 200 }] }), [
    'problem elf.segment-outside program-0/p_filesz',
  ]);
  assert.deepEqual(file({ programs: [{ address: 0x400001 }], entry: 0x400079 }), [
    'problem elf.misaligned program-0/p_vaddr',
  ]);
  assert.deepEqual(
    file({ programs: [{ address: 0x400000 }, { address: 0x400000, flags: 6 }], entry: 0x4000b0 }),
    ['note elf.bytes-twice program-1/p_offset', 'unusual elf.segments-overlap program-1/p_vaddr'],
  );
  assert.deepEqual(
    file({ header: { phentsize: 60 } }).includes('problem elf.entry-size header/e_phentsize'),
    true,
  );
  assert.deepEqual(
    file({ header: { phoff: 0xffff_ffff_ffffn } }).includes('problem elf.programs-outside header/e_phoff'),
    true,
  );
});

test('bytes behind the segment are told, and that Linux maps them with it', () => {
  const bytes = elfFile({
    bits: 64,
    entry: 0x400078,
    programs: [{ address: 0x400000, fileSize: 124 }],
    body: CODE,
  });
  const zeros = structureOf(Buffer.concat([bytes, Buffer.alloc(4)]));
  assert.equal(lineOf(zeros, 'unnamed-124'), 'Padding = 4 bytes @124+4');
  assert.ok(saidOf(zeros).includes('note structure.trailing unnamed-124'));
  const hidden = structureOf(Buffer.concat([bytes, CODE]));
  assert.ok(saidOf(hidden).includes('unusual structure.unnamed unnamed-124'));
  const node = hidden.nodes.find(({ id }) => id === 'unnamed-124');
  assert.match(node?.notices[0]?.message ?? '', /Linux maps them with it \(RX\)/);
});

test('identification: padding that holds something, versions and systems that are not known', () => {
  const bytes = elfFile({ bits: 64, entry: 0x400078, programs: [{ address: 0x400000 }], body: CODE });
  bytes.set([0, 7, 9, 77], 4);
  bytes[12] = 1;
  assert.deepEqual(
    saidOf(structureOf(bytes)).filter(said => said.includes('e_ident')),
    [
      'unusual elf.bad-class header/e_ident/EI_CLASS',
      'unusual elf.bad-data header/e_ident/EI_DATA',
      'unusual elf.version header/e_ident/EI_VERSION',
      'unusual elf.unknown-system header/e_ident/EI_OSABI',
      'unusual elf.ident-padding header/e_ident/EI_PAD',
    ],
  );
});

/** An ELF file with sections: code, data between, a note, symbols and names. */
function withSections(bits: 32 | 64, order: 'little' | 'big') {
  const names = Buffer.from('\0.text\0.note\0.symtab\0.strtab\0begin\0', 'latin1');
  const note = Buffer.concat([
    packed(order, [
      [4, 4],
      [2, 4],
      [3, 4],
    ]),
    Buffer.from('GNU\0\xab\xcd\0\0', 'latin1'),
  ]);
  const symbol =
    bits === 64
      ? packed(order, [
          [29, 4],
          [0x12, 1],
          [0, 1],
          [1, 2],
          [0x1000, 8],
          [4, 8],
        ])
      : packed(order, [
          [29, 4],
          [0x1000, 4],
          [4, 4],
          [0x12, 1],
          [0, 1],
          [1, 2],
        ]);
  const at = bodyAt({ bits });
  const parts = [CODE, Buffer.from('hid!'), note, symbol, names];
  const starts = parts.map((_, i) => at + Buffer.concat(parts.slice(0, i)).length);
  const [text, , noted, symbols, texts] = starts as [number, number, number, number, number];
  return {
    starts,
    bytes: elfFile({
      bits,
      order,
      machine: 243,
      type: 1,
      body: Buffer.concat(parts),
      nameSection: 4,
      sections: [
        { name: 1, type: 1, flags: 6, offset: text, size: 4 },
        { name: 7, type: 7, offset: noted, size: note.length },
        { name: 13, type: 2, offset: symbols, size: symbol.length, link: 4, entrySize: symbol.length },
        { name: 21, type: 3, offset: texts, size: names.length },
      ],
    }),
  };
}

test('sections: names, code and data, notes, symbols, and bytes between them that none has', () => {
  for (const bits of [32, 64] as const) {
    for (const order of ['little', 'big'] as const) {
      const { bytes, starts } = withSections(bits, order);
      const structure = structureOf(bytes);
      assert.equal(lineOf(structure, 'sections/section-1')?.split(' =')[0], 'Section header 1, .text');
      assert.equal(lineOf(structure, 'code/section-1'), `.text = null @${starts[0]}+4`);
      assert.match(lineOf(structure, 'data/section-2/note-0') ?? '', /^Note of GNU = NT_GNU_BUILD_ID/);
      assert.match(
        structure.nodes.find(({ id }) => id === 'data/section-2/note-0')?.meaning ?? '',
        /the build, by hash: abcd$/,
      );
      assert.match(lineOf(structure, 'data/section-3/symbol-0') ?? '', /^begin = 0x1000/);
      assert.equal(
        structure.nodes.find(({ id }) => id === 'data/section-3/symbol-0')?.meaning,
        'function, global, in .text, 4 bytes',
      );
      assert.deepEqual(saidOf(structure), [`unusual structure.unnamed unnamed-${starts[1]}`]);
    }
  }
});

test('the program that a program is loaded by is told, with sections or without', () => {
  const path = Buffer.from('/lib/ld.so\0', 'latin1');
  const programs = [{ address: 0x400000 }, { type: 3, offset: 64 + 112, fileSize: path.length }];
  for (const sections of [[], [{ type: 1, offset: 64 + 112, size: path.length }]]) {
    const structure = structureOf(elfFile({ bits: 64, entry: 0x4000b0, programs, body: path, sections }));
    assert.equal(lineOf(structure, 'program-1/path'), 'Path = /lib/ld.so @176+11');
    assert.ok(saidOf(structure).includes('note elf.interpreter program-1/path'));
  }
});

test('sections that share bytes, end beyond the file or are writable code are told', () => {
  const at = bodyAt({ bits: 64 });
  const structure = structureOf(
    elfFile({
      bits: 64,
      type: 1,
      body: Buffer.alloc(64, 1),
      sections: [
        { type: 1, flags: 5, offset: at, size: 64 },
        { type: 1, offset: at + 8, size: 8 },
        { type: 1, offset: at, size: 1 << 30 },
        { type: 1, offset: 8, size: 8 },
        { type: 99 },
      ],
    }),
  );
  const said = saidOf(structure);
  for (const expected of [
    'unusual elf.writable-code sections/section-1/sh_flags',
    'unusual elf.sections-overlap sections/section-2/sh_offset',
    'problem elf.section-outside sections/section-3/sh_size',
    'unusual elf.section-in-header sections/section-4/sh_offset',
    'unusual elf.unknown-type sections/section-5/sh_type',
  ])
    assert.ok(said.includes(expected), `${expected} in ${said.join(', ')}`);
});

test('a PE image: headers, directories and sections, and what is unusual about them', () => {
  for (const bits of [32, 64] as const) {
    const section = { address: 0x1000, virtualSize: 4, offset: 0, rawSize: 4, name: '.text' };
    const offset = peBodyAt({ bits, sections: [section] });
    const options = { bits, entry: 0x1000, sections: [{ ...section, offset }], body: CODE };
    const plain = structureOf(peFile(options));
    assert.equal(lineOf(plain, 'optional/Magic')?.split(' ')[2], bits === 64 ? 'PE32+' : 'PE32');
    assert.equal(lineOf(plain, 'section-0/Name')?.split(' @')[0], 'Name = .text');
    assert.equal(lineOf(plain, 'code'), `Code = null @${offset}+4`);
    assert.deepEqual(saidOf(plain), ['note pe.alignment optional/SectionAlignment']);

    const odd = structureOf(
      peFile({
        ...options,
        entry: 0x10,
        sections: [{ ...section, offset, flags: 0xe000_0020, rawSize: 400 }],
        directories: [[0x9000, 8]],
        subsystem: 99,
      }),
    );
    assert.deepEqual(
      saidOf(odd).filter(said => !said.startsWith('note')),
      [
        'unusual pe.entry-outside optional/AddressOfEntryPoint',
        'unusual pe.entry-in-header optional/AddressOfEntryPoint',
        'unusual pe.unknown-subsystem optional/Subsystem',
        'problem pe.directory-outside directories/0',
        'problem pe.section-outside section-0/SizeOfRawData',
        'unusual pe.writable-code section-0/Characteristics',
      ],
    );
  }
});

test('a PE signature within the DOS header is told', () => {
  const bytes = peFile({ bits: 64, signatureAt: 0x40, body: CODE });
  const folded = Buffer.concat([bytes.subarray(0, 4), bytes.subarray(0x40)]);
  folded.writeUInt32LE(4, 0x3c);
  assert.ok(saidOf(structureOf(folded)).includes('unusual pe.headers-overlap signature'));
});

test('a boot sector is code and its signature; tables are named only where all of them fits', () => {
  const plain = structureOf(bootSector(CODE));
  assert.deepEqual(
    plain.nodes.map(({ id }) => id),
    ['code', 'signature'],
  );

  const partition = packed('little', [
    [0x80, 1],
    [0x010101, 3],
    [0x83, 1],
    [0xffffff, 3],
    [1, 4],
    [9, 4],
  ]);
  const table = structureOf(Buffer.concat([bootSector(CODE, [[446, partition]]), Buffer.alloc(512)]));
  assert.equal(lineOf(table, 'partitions/0/type')?.split(' @')[0], 'type = Linux');
  assert.equal(lineOf(table, 'rest'), 'Further sectors = 512 bytes @512+512');
  assert.ok(saidOf(table).includes('note boot.partition-outside partitions/0'));
  const other = Buffer.from(partition);
  other[0] = 0x81;
  assert.equal(structureOf(bootSector(CODE, [[446, other]])).nodes.length, 2, 'no partition has this status');

  const bpb = Buffer.from(
    'eb3c904d53444f53352e3000020101000200e00040f009001200020000000000000000000000',
    'hex',
  );
  const fat = structureOf(bootSector(bpb));
  assert.equal(lineOf(fat, 'bpb/BPB_BytsPerSec'), 'BPB_BytsPerSec = 512 @11+2');
  assert.equal(lineOf(fat, 'code'), 'Code = null @36+474');
});

test('anything else is one node', () => {
  assert.deepEqual(
    structureOf(CODE).nodes.map(({ id, offset, length }) => [id, offset, length]),
    [['file', 0, 4]],
  );
  assert.equal(structureOf(Buffer.alloc(0)).nodes.length, 1);
});
