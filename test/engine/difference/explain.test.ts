import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type DifferencePart, differencePart } from '../../../main/contract/documents/difference.ts';
import { EXPLAIN_LIMITS, explainDifference, memoryBytes } from '../../../main/engine/difference/index.ts';
import { bodyAt, elfFile } from '../../support/binaries.ts';
import { dynamicElf } from '../../support/dynamic-elf.ts';
import { withCode } from '../../support/errors.ts';
import { entry, tar } from '../bundle/tar-maker.ts';

async function explain(a: Uint8Array | string, b: Uint8Array | string, limits = EXPLAIN_LIMITS) {
  const [p, q] = [Buffer.from(a), Buffer.from(b)];
  const part = await explainDifference(memoryBytes(p), memoryBytes(q), {}, limits);
  if (part) within(part, p.length, q.length);
  return part;
}

/** Every part has the form that is promised, and lies in the files. */
function within(part: DifferencePart, a: number, b: number): void {
  differencePart.parse(part);
  const all = (each: DifferencePart): DifferencePart[] => [each, ...each.parts.flatMap(all)];
  for (const each of all(part)) {
    if (each.a) assert.ok(each.a.offset + each.a.length <= a, each.title);
    if (each.b) assert.ok(each.b.offset + each.b.length <= b, each.title);
  }
}

/** The explanation as an outline: titles by depth, what is said, what it looks like. */
function outline(part: DifferencePart | null, depth = 0): string[] {
  if (!part) return [];
  const looks = part.looks.map(({ cause }) => cause).join(' ');
  const line = `${'  '.repeat(depth)}${part.title}: ${part.says}${looks && ` (${looks})`}`;
  return [line, ...part.parts.flatMap(each => outline(each, depth + 1))];
}

function find(part: DifferencePart | null, title: string): DifferencePart {
  const search = (each: DifferencePart): DifferencePart | undefined =>
    each.title === title ? each : each.parts.map(search).find(found => found);
  const found = part && search(part);
  assert.ok(found, `${title} is not in\n${outline(part).join('\n')}`);
  return found;
}

const NAMES = Buffer.from('\0.data\0.note.gnu.build-id\0.names\0');

/** An ELF file with data, a build id and the names of its sections. */
function elf(data: Buffer | string, id = 'id-of-this', entryPoint = 0x400078): Buffer {
  const content = Buffer.from(data);
  const body = Buffer.concat([content, Buffer.from(id), NAMES]);
  const at = bodyAt({ bits: 64, programs: [{}] });
  return elfFile({
    bits: 64,
    entry: entryPoint,
    programs: [{ offset: 0, address: 0x400000 }],
    body,
    nameSection: 3,
    sections: [
      { name: 1, type: 1, offset: at, size: content.length },
      { name: 7, type: 7, offset: at + content.length, size: id.length },
      { name: 26, type: 3, offset: at + content.length + id.length, size: NAMES.length },
    ],
  });
}

/** A member of an `ar` archive. */
function member(
  name: string,
  content: string | Buffer,
  fields: { time?: number; owner?: number } = {},
): Buffer {
  const { time = 0, owner = 0 } = fields;
  const size = Buffer.byteLength(content);
  const header = `${name.padEnd(16)}${String(time).padEnd(12)}${String(owner).padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${String(size).padEnd(10)}\`\n`;
  return Buffer.concat([Buffer.from(header), Buffer.from(content), Buffer.alloc(size % 2, '\n')]);
}

const ar = (...members: Buffer[]) => Buffer.concat([Buffer.from('!<arch>\n'), ...members]);

test('files that are the same have no difference', async () => {
  assert.equal(await explain('the same', 'the same'), null);
});

test('a difference in an ELF file is told by section, offset in it and what it looks like', async () => {
  const a = elf(`${'.'.repeat(40)}\0looking in /src/sample/set\0`);
  const b = elf(`${'.'.repeat(40)}\0looking in /src/vendor/set\0`);
  const part = await explain(a, b);
  assert.deepEqual(outline(part), [
    'ELF file: 1 part differs (path)',
    '  section .data: 6 bytes in 1 place (path)',
    '    +0x39: 6 bytes changed (path)',
  ]);
  const place = find(part, '+0x39');
  assert.deepEqual(place.a, { offset: bodyAt({ bits: 64, programs: [{}] }) + 0x39, length: 6 });
  assert.deepEqual(place.looks, [
    { cause: 'path', words: 'looks like a path', a: '/src/sample/set', b: '/src/vendor/set' },
  ]);
});

test('fields of ELF headers are named, and a build id is told from content', async () => {
  const part = await explain(elf('same', 'id-of-this', 0x400078), elf('same', 'id-of-that', 0x40007c));
  assert.deepEqual(find(part, 'ELF header').fields, [{ name: 'e_entry', a: '0x400078', b: '0x40007C' }]);
  assert.deepEqual(find(part, 'section .note.gnu.build-id').looks[0]?.cause, 'build-id');
});

test('a difference is told by the symbol that it lies in, in both classes and byte orders', async () => {
  for (const bits of [32, 64] as const) {
    for (const order of ['little', 'big'] as const) {
      const a = dynamicElf({ bits, order, symbols: ['begin'] });
      // The function has the first four bytes of its section, and nothing the rest.
      const at = a.indexOf(Buffer.alloc(16, 0x90));
      for (const [byte, name] of [
        [0, 'function begin'],
        [3, 'function begin + 0x3'],
      ] as const) {
        const b = Buffer.from(a);
        b[at + byte] = 1;
        b[at + 9] = 1;
        assert.deepEqual(outline(await explain(a, b)), [
          'ELF file: 1 part differs',
          '  section 1: 2 bytes in 2 places, in function begin',
          `    +0x${byte}, ${name}: 1 byte changed`,
          '    +0x9: 1 byte changed',
        ]);
      }
    }
  }
});

test('entries of tables are told by their names: the dynamic section, symbols, relocations', async () => {
  const make = (needed: string, symbol: string, type: number, place: number) =>
    dynamicElf({
      ...{ bits: 64, order: 'little', symbols: [symbol] },
      entries: [[1, needed]],
      relocations: [[type, 1, place]],
    });
  const part = await explain(make('liba.so', 'first', 6, 0x10010), make('libb.so', 'other', 7, 0x10010));
  assert.deepEqual(find(part, 'section 5').fields, [
    {
      name: 'relocation at 0x10010',
      a: 'R_X86_64_GLOB_DAT first - 0x8',
      b: 'R_X86_64_JUMP_SLOT other - 0x8',
    },
  ]);
  const [a, b] = [make('liba.so', 'first', 6, 0x10010), make('liba.so', 'first', 6, 0x10010)];
  const needed = b.indexOf(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]));
  b[needed + 8] = 1;
  const entries = find(await explain(a, b), 'section 7');
  assert.equal(entries.says, 'NEEDED differs');
  assert.deepEqual(entries.fields, [{ name: 'NEEDED', a: 'liba.so', b: 'first' }]);
});

test('without sections, segments are named', async () => {
  const make = (byte: number) =>
    elfFile({ bits: 32, programs: [{ offset: 0, address: 0x8048000 }], body: Buffer.from([1, 2, byte, 4]) });
  const at = bodyAt({ bits: 32, programs: [{}] });
  const part = await explain(make(3), make(9));
  assert.deepEqual(outline(part), [
    'ELF file: 1 part differs',
    '  segment 0: 1 byte in 1 place',
    `    +0x${(at + 2).toString(16).toUpperCase()}: 1 byte changed`,
  ]);
});

test('a member of an ar archive: its header by fields, its content within', async () => {
  const part = await explain(
    ar(member('a.o/', elf('\0/home/alice/x\0'), { time: 1_700_000_000 }), member('b.o/', 'same')),
    ar(member('a.o/', elf('\0/home/bobby/x\0'), { time: 1_700_000_001, owner: 7 }), member('b.o/', 'same')),
  );
  const own = find(part, 'a.o');
  assert.deepEqual(own.fields, [
    { name: 'time', a: '2023-11-14T22:13:20Z', b: '2023-11-14T22:13:21Z' },
    { name: 'owner', a: '0', b: '7' },
  ]);
  assert.deepEqual(find(own, 'section .data').looks[0]?.cause, 'path');
  assert.equal(part?.parts.length, 1);
});

test('members in another order, and members that only one has', async () => {
  const [x, y, z] = [member('x/', 'xx'), member('y/', 'yy'), member('z/', 'zz')];
  assert.deepEqual(outline(await explain(ar(x, y), ar(y, x))), [
    'ar archive: 1 part differs (order)',
    '  Order: the members that both have stand in another order (order)',
  ]);
  assert.deepEqual(outline(await explain(ar(x, y), ar(x, z))), [
    'ar archive: 2 parts differ',
    '  y: 2 bytes only in the first',
    '  z: 2 bytes only in the second',
  ]);
});

test('an entry of a tar: a header that differs, or content; and through gzip', async () => {
  const make = (text: string, mtime: string) =>
    tar(
      entry({ name: 'd/one', raw: [[136, mtime]] }, 'same'),
      entry({ name: 'd/two' }, `first line\n${text}\n`),
    );
  const [a, b] = [
    make('host build.example.org', '14524770400'),
    make('host other.example.net', '14524770401'),
  ];
  const part = await explain(gzipSync(a), gzipSync(b));
  assert.deepEqual(find(part, 'd/one').fields, [
    { name: 'time', a: '2023-11-14T22:13:20Z', b: '2023-11-14T22:13:21Z' },
  ]);
  assert.match(find(part, 'd/one').says, /only its header differs: time; the content is the same/);
  assert.deepEqual(
    find(part, 'Text').lines.map(({ kind, a: inA, b: inB, text }) => [kind, inA, inB, text]),
    [
      ['same', 1, 1, 'first line'],
      ['gone', 2, null, 'host build.example.org'],
      ['come', null, 2, 'host other.example.net'],
    ],
  );
  assert.equal(find(part, 'Text').looks[0]?.cause, 'host');
  assert.equal(find(part, 'd/two').a, null, 'inside what is compressed nothing has a place in the file');
});

test('gzip: only the header, or only the way of compressing', async () => {
  const content = 'some text that can be compressed, some text that can be compressed';
  const [a, b] = [gzipSync(content), gzipSync(content)];
  b.writeUInt32LE(1_700_000_000, 4);
  const part = await explain(a, b);
  assert.equal(part?.says, 'only its header differs; what is inside is the same');
  assert.deepEqual(find(part, 'gzip header').fields, [
    { name: 'time', a: 'none', b: '2023-11-14T22:13:20Z' },
  ]);
  const slow = await explain(gzipSync(content, { level: 9 }), gzipSync(content, { level: 0 }));
  assert.match(slow?.says ?? '', /what is inside is the same/);
});

test('text by lines, and lines in another order', async () => {
  const part = await explain('one\ntwo\nthree\n', 'one\n2\nthree\n');
  assert.equal(part?.says, '1 line only in the first, 1 line only in the second');
  const order = await explain('b\na\nc\n', 'a\nb\nc\n');
  assert.equal(order?.looks[0]?.cause, 'order');
});

test('what bytes look like: times as numbers and as text, padding, versions', async () => {
  const cause = async (a: Buffer | string, b: Buffer | string) =>
    (
      await explain(
        Buffer.concat([Buffer.from([0, 1, 2, 3]), Buffer.from(a)]),
        Buffer.concat([Buffer.from([0, 1, 2, 3]), Buffer.from(b)]),
      )
    )?.looks
      .map(look => look.cause)
      .join();
  const number = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  assert.equal(await cause(number(1_700_000_000), number(1_700_000_777)), 'time');
  assert.equal(await cause(number(17), number(18)), '');
  assert.equal(await cause('\0built 2024-01-02 there\0', '\0built 2025-11-02 there\0'), 'time');
  assert.equal(await cause('\0tool 1.2.3 here\0', '\0tool 1.2.4 here\0'), 'version');
  assert.equal(await cause('\x01\x02end', '\x01\x02\0\0\0\0\0\0\0\0\0\0\0\0end'), 'zeros');
  assert.equal(await cause('\x01some words\x01', '\x01same words\x01'), 'text');
});

test('what was not looked into says why', async () => {
  const nested = (text: string) => gzipSync(gzipSync(gzipSync(text)));
  const shallow = await explain(nested('one'), nested('two'), { ...EXPLAIN_LIMITS, depth: 1 });
  assert.equal(find(shallow, 'Bytes').notAnalysed, 'too many files within files');
  const large = await explain(gzipSync(Buffer.alloc(3 << 20)), gzipSync(Buffer.alloc(3 << 20, 1)), {
    ...EXPLAIN_LIMITS,
    whole: 1 << 20,
  });
  assert.match(large?.notAnalysed ?? '', /^more than 1 MiB inside/);
  const cut = await explain(elf('a'), 'text');
  assert.equal(cut?.notAnalysed, 'the first is an ELF file, the second of no known format');
  const broken = await explain(ar(member('a/', 'x')), ar(member('a/', 'y')).subarray(0, 40));
  assert.match(broken?.notAnalysed ?? '', /could not be read/);
  const many = await explain(
    ar(...Array.from({ length: 30 }, (_, i) => member(`${i}/`, 'x'))),
    ar(...Array.from({ length: 30 }, (_, i) => member(`${i}/`, 'y'))),
    { ...EXPLAIN_LIMITS, parts: 10 },
  );
  assert.equal(find(many, 'Not listed').says, '20 more parts differ');
});

test('it can be stopped', async () => {
  const [a, b] = [ar(member('a/', 'x')), ar(member('a/', 'y'))];
  const stopped = explainDifference(memoryBytes(a), memoryBytes(b), { signal: AbortSignal.abort() });
  await assert.rejects(stopped, withCode('task.stopped'));
});

test('no content makes it fail or say what does not lie in the files', async () => {
  const tarred = tar(entry({ name: 'x' }, 'content'), entry({ name: 'y' }, 'more'));
  const samples = [
    elf('data'),
    dynamicElf({ bits: 32, order: 'big', entries: [[1, 'lib']], relocations: [[6, 1, 4]] }),
    ar(member('a/', elf('x')), member('//', 'long/\n')),
    tarred,
    gzipSync(tarred),
  ];
  const damaged = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      fc.nat(),
    )
    .map(([sample, edits, cut]) => {
      const bytes = Buffer.from(sample);
      for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
      return cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
    });
  await fc.assert(
    fc.asyncProperty(damaged, damaged, async (a, b) => {
      const part = await explain(a, b);
      assert.equal(part === null, a.equals(b));
    }),
    { numRuns: 120 },
  );
});
