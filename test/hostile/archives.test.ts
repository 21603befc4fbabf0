import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { ImportOptions } from '../../main/engine/bundle/index.ts';
import { LzmaDecoder, LzmaError } from '../../main/engine/bundle/lzma-decoder.ts';
import { COMPRESSORS, freshCase, importBytes, refusal } from '../engine/bundle/stand.ts';
import {
  END,
  entry,
  file,
  folder,
  gnuLong,
  hardlink,
  header,
  pax,
  rawPax,
  symlink,
  tar,
} from '../engine/bundle/tar-maker.ts';

const theCase = freshCase();
const xz = COMPRESSORS.xz ?? assert.fail();

/** What is wrong, the archive, the code, and if it matters the entry, the offset and the options. */
type Sample = [string, Buffer, string, { entry?: string; offset?: number; options?: ImportOptions }?];
const limits = (each: ImportOptions['limits']) => ({ options: { limits: each ?? {} } });
const chain = Array.from({ length: 50 }, (_, i) => symlink(`l${i}`, `l${i + 1}`));

const SAMPLES: Sample[] = [
  [
    'absolute path',
    tar(file('a'), file('/etc/passwd')),
    'archive.absolute-path',
    { entry: '/etc/passwd', offset: 1024 },
  ],
  ['absolute path by PAX', tar(pax({ path: '/x' }), file('a')), 'archive.absolute-path', { entry: '/x' }],
  ['.. at the beginning', tar(file('../x')), 'archive.path-leaves-tree', { entry: '../x', offset: 0 }],
  ['.. in the middle', tar(file('a/../../x')), 'archive.path-leaves-tree'],
  ['.. by a GNU long name', tar(gnuLong('a/../x'), file('a')), 'archive.path-leaves-tree'],
  ['. in the middle', tar(file('a/./x')), 'archive.bad-name'],
  ['empty part', tar(file('a//x')), 'archive.bad-name'],
  ['no name', tar(file('')), 'archive.bad-name'],
  ['NUL in a PAX path', tar(pax({ path: 'a\0b' }), file('a')), 'archive.bad-name'],
  ['NUL in a GNU long name', tar(gnuLong('a\0b'), file('a')), 'archive.bad-name'],
  [
    'not UTF-8',
    tar(file('a'), entry({ name: Buffer.from([0x61, 0xff]) })),
    'archive.name-not-utf8',
    { offset: 1024 },
  ],
  [
    'not UTF-8 by PAX',
    tar(rawPax(Buffer.from('10 path=\xff\n', 'latin1')), file('a')),
    'archive.name-not-utf8',
  ],
  [
    'long path',
    tar(pax({ path: 'abc/'.repeat(63).concat('d') }), file('a')),
    'archive.name-too-long',
    limits({ pathBytes: 200 }),
  ],
  ['long part', tar(pax({ path: 'é'.repeat(128) }), file('a')), 'archive.name-too-long'],
  ['deep path', tar(pax({ path: 'a/'.repeat(64).concat('b') }), file('a')), 'archive.too-deep'],
  [
    'symlink to an absolute path',
    tar(symlink('a', '/etc/passwd')),
    'archive.link-leaves-tree',
    { entry: 'a' },
  ],
  ['symlink out', tar(symlink('a/b', '../../x')), 'archive.link-leaves-tree', { entry: 'a/b', offset: 0 }],
  [
    'symlink out through another',
    tar(symlink('a/b/c', '../..'), file('x'), symlink('m', 'a/b/c/..')),
    'archive.link-leaves-tree',
    { entry: 'm' },
  ],
  [
    'symlink out through a later one',
    tar(symlink('m', 'a/b/c/..'), symlink('a/b/c', '../..')),
    'archive.link-leaves-tree',
  ],
  ['symlink without target', tar(symlink('a', '')), 'archive.bad-link'],
  ['symlinks in a circle', tar(symlink('a', 'b'), symlink('b', 'a')), 'archive.link-loop'],
  ['symlink to itself', tar(symlink('a', 'a')), 'archive.link-loop'],
  ['a chain of symlinks', tar(...chain), 'archive.link-loop'],
  [
    'symlink with content',
    tar(entry({ name: 'a', flag: '2', link: 'b' }, 'x')),
    'archive.unexpected-content',
  ],
  ['folder with content', tar(entry({ name: 'a/', flag: '5' }, 'x')), 'archive.unexpected-content'],
  ['hard link out', tar(hardlink('a', '../x')), 'archive.link-leaves-tree'],
  ['hard link to an absolute path', tar(hardlink('a', '/x')), 'archive.link-leaves-tree'],
  ['hard link to nothing', tar(hardlink('a', 'x')), 'archive.hardlink-without-file'],
  ['hard link to itself', tar(hardlink('a', 'a')), 'archive.hardlink-without-file'],
  ['hard link to a later file', tar(hardlink('a', 'x'), file('x')), 'archive.hardlink-without-file'],
  ['hard link to a folder', tar(folder('x/'), hardlink('a', 'x')), 'archive.hardlink-without-file'],
  ['hard link to a symlink', tar(symlink('x', 'y'), hardlink('a', 'x')), 'archive.hardlink-without-file'],
  [
    'path through a symlink',
    tar(folder('d/'), symlink('l', 'd'), file('l/x')),
    'archive.path-through-link',
    { entry: 'l/x' },
  ],
  ['symlink where a folder was', tar(file('d/x'), symlink('d', 'e')), 'archive.file-as-folder'],
  ['file as folder', tar(file('a'), file('a/b')), 'archive.file-as-folder', { entry: 'a/b' }],
  ['folder as file', tar(file('a/b'), file('a')), 'archive.file-as-folder'],
  ['character device', tar(entry({ name: 'a', flag: '3' })), 'archive.special-file'],
  ['block device', tar(entry({ name: 'a', flag: '4' })), 'archive.special-file'],
  ['named pipe', tar(entry({ name: 'a', flag: '6' })), 'archive.special-file'],
  ['unknown type', tar(entry({ name: 'a', flag: 'Z' })), 'archive.unknown-type'],
  ['multi-volume', tar(entry({ name: 'a', flag: 'M' })), 'archive.unknown-type'],
  ['sparse file', tar(entry({ name: 'a', flag: 'S' })), 'archive.sparse'],
  ['sparse file by PAX', tar(pax({ 'GNU.sparse.major': '1' }), file('a')), 'archive.sparse'],
  [
    'duplicate file',
    tar(file('a'), file('b'), file('a')),
    'archive.duplicate-entry',
    { entry: 'a', offset: 2048 },
  ],
  ['duplicate under ./', tar(file('a'), file('./a')), 'archive.duplicate-entry'],
  ['duplicate folder', tar(folder('a/'), folder('a/')), 'archive.duplicate-entry'],
  ['case collision', tar(file('README'), file('Readme')), 'archive.name-collision', { entry: 'Readme' }],
  ['case collision of folders', tar(file('A/x'), file('a/y')), 'archive.name-collision'],
  ['sharp s', tar(file('stra\u00dfe'), file('STRASSE')), 'archive.name-collision'],
  ['normal form', tar(file('caf\u00e9'), file('cafe\u0301')), 'archive.name-collision'],
  [
    'normal form where case counts',
    tar(file('caf\u00e9'), file('cafe\u0301')),
    'archive.name-collision',
    { options: { caseCounts: true } },
  ],
  ['bad checksum at first', Buffer.concat([entry({ name: 'a', wrong: 1 }), END]), 'archive.not-a-tar'],
  [
    'bad checksum later',
    tar(file('a'), entry({ name: 'b', wrong: 1 })),
    'archive.bad-header',
    { offset: 1024 },
  ],
  ['unknown magic', tar(entry({ name: 'a', magic: 'foobar00' })), 'archive.bad-header'],
  [
    'base 256',
    tar(entry({ name: 'a', raw: [[124, Buffer.from('800000000000000000000005', 'hex')]] })),
    'archive.bad-number',
  ],
  ['negative', tar(entry({ name: 'a', raw: [[124, Buffer.alloc(12, 0xff)]] })), 'archive.bad-number'],
  ['minus', tar(entry({ name: 'a', raw: [[124, '-0000000001']] })), 'archive.bad-number'],
  ['octal with an 8', tar(entry({ name: 'a', raw: [[124, '00000000008']] })), 'archive.bad-number'],
  ['negative PAX size', tar(pax({ size: '-1' }), file('a')), 'archive.bad-number'],
  [
    'declared size past the end',
    Buffer.concat([header({ name: 'a', size: 5000 }), END]),
    'archive.truncated',
  ],
  [
    'declared size past the limit',
    tar(header({ name: 'a', size: 5000 })),
    'archive.file-too-large',
    limits({ fileBytes: 4999 }),
  ],
  ['PAX size past the limit', tar(pax({ size: '999999999999999' }), file('a')), 'archive.file-too-large'],
  [
    'PAX header too large',
    tar(rawPax(Buffer.alloc((1 << 20) + 1, 'x')), file('a')),
    'archive.header-too-large',
  ],
  [
    'GNU name too large',
    Buffer.concat([header({ name: 'L', flag: 'L', size: 8 ** 11 - 1 }), END]),
    'archive.header-too-large',
  ],
  ['PAX record without length', tar(rawPax('path=x\n'), file('a')), 'archive.bad-pax'],
  ['PAX record too long', tar(rawPax('99 path=x\n'), file('a')), 'archive.bad-pax'],
  ['PAX record without keyword', tar(rawPax('5 =x\n'), file('a')), 'archive.bad-pax'],
  ['PAX length with a sign', tar(rawPax('+9 path=x\n'), file('a')), 'archive.bad-pax'],
  ['PAX path twice', tar(rawPax('10 path=a\n10 path=b\n'), file('a')), 'archive.bad-pax'],
  ['global PAX path', tar(pax({ path: 'x' }, 'g'), file('a')), 'archive.bad-pax'],
  ['two PAX headers', tar(pax({ path: 'x' }), pax({ path: 'y' }), file('a')), 'archive.bad-header'],
  ['two GNU names', tar(gnuLong('x'), gnuLong('y'), file('a')), 'archive.bad-header'],
  ['PAX and GNU name', tar(gnuLong('x'), pax({ path: 'y' }), file('a')), 'archive.bad-header'],
  ['PAX header for nothing', tar(file('a'), pax({ path: 'y' })), 'archive.bad-header'],
  ['many entries', tar(file('a'), file('b'), file('c')), 'archive.too-many-entries', limits({ entries: 2 })],
  [
    'many long names',
    tar(file('a'.repeat(90)), file('b'.repeat(90))),
    'archive.names-too-large',
    limits({ nameBytes: 100 }),
  ],
  ['large archive', tar(file('a', Buffer.alloc(9000))), 'archive.too-large', limits({ totalBytes: 8000 })],
  ['no end', file('a'), 'archive.truncated'],
  ['half an end', Buffer.concat([file('a'), Buffer.alloc(512)]), 'archive.truncated'],
  ['end in a header', Buffer.concat([file('a'), file('b').subarray(0, 300)]), 'archive.truncated'],
  ['end in content', file('a', Buffer.alloc(5000, 'x')).subarray(0, 3000), 'archive.truncated'],
  [
    'a lone zero block',
    Buffer.concat([file('a'), Buffer.alloc(512), file('b'), END]),
    'archive.trailing-data',
  ],
  [
    'data after the end',
    Buffer.concat([tar(file('a')), Buffer.from('x')]),
    'archive.trailing-data',
    { offset: 2048 },
  ],
  ['an archive after the end', Buffer.concat([tar(file('a')), tar(file('b'))]), 'archive.trailing-data'],
  ['empty archive', END, 'archive.empty'],
  ['only the root folder', tar(folder('./')), 'archive.empty'],
  ['empty file', Buffer.alloc(0), 'archive.not-a-tar'],
  ['text', Buffer.from('no archive\n'.repeat(100)), 'archive.not-a-tar'],
  ['gzip in gzip', gzipSync(gzipSync(tar(file('a')))), 'archive.not-a-tar'],
  ['text in zstd', zstdCompressSync(Buffer.from('no archive')), 'archive.not-a-tar'],
];

for (const [what, bytes, code, more] of SAMPLES) {
  test(`refused: ${what}`, async () => {
    const error = await refusal(theCase, bytes, more?.options);
    assert.equal(error.code, code, error.message);
    assert.equal(error.kind, 'input');
    if (more?.entry !== undefined) assert.equal(error.where?.entry, more.entry);
    if (more?.offset !== undefined) assert.equal(error.where?.offset, more.offset);
  });
}

const LARGE = tar(file('noise', Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i * 7919) >> 5))));

for (const [name, { skip, pack }] of Object.entries(COMPRESSORS)) {
  test(`${name}: cut anywhere it is refused`, { skip }, async () => {
    const whole = pack(LARGE);
    for (const left of [
      3,
      5,
      11,
      40,
      whole.length >> 1,
      whole.length - 30,
      whole.length - 9,
      whole.length - 1,
    ]) {
      const error = await refusal(theCase, whole.subarray(0, left));
      assert.match(error.code, /^archive\.(truncated|corrupt|not-a-tar)$/, `${left} bytes: ${error.message}`);
    }
  });

  test(`${name}: a changed byte is noticed`, { skip }, async () => {
    const whole = pack(LARGE);
    for (let at = 12; at < whole.length; at += whole.length >> 4) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      await refusal(theCase, bytes);
    }
  });

  test(`${name}: anything after it is refused`, { skip }, async () => {
    for (const extra of ['garbage', 'garbage that is longer than any header', '\0', '\x1f\x8b']) {
      const error = await refusal(theCase, Buffer.concat([pack(LARGE), Buffer.from(extra, 'latin1')]));
      assert.match(error.code, /^archive\.(trailing-data|truncated|corrupt)$/);
    }
  });

  test(`${name}: a bomb is refused before it grows`, { skip }, async () => {
    const bomb = pack(tar(file('zeros', Buffer.alloc(24 << 20))));
    const ratioFrom = 4 << 20;
    const error = await refusal(theCase, bomb, { limits: { ratioFrom } });
    assert.equal(error.code, 'archive.bomb');
    // At most one piece more than the limit, and a piece of bzip2 is a block, which can become 47 MB.
    if (name !== 'bzip2') assert.ok((error.where?.offset ?? Infinity) <= ratioFrom + (2 << 20));
    assert.equal(
      (await refusal(theCase, bomb, { limits: { totalBytes: 1 << 20 } })).code,
      'archive.too-large',
    );
    const fresh = freshCase();
    assert.equal((await importBytes(fresh, bomb)).files, 1);
  });

  const remembers = { xz: 8 << 20, zstd: 1 << 18, lzip: 8 << 20 }[name];
  if (remembers) {
    test(`${name}: a large dictionary is refused`, { skip }, async () => {
      const error = await refusal(theCase, pack(LARGE), { limits: { dictionaryBytes: remembers - 1 } });
      assert.equal(error.code, 'archive.dictionary-too-large');
    });
  }
}

/** Bytes before the end of an archive that hold nothing but checks: of the content, and of how much there is. */
const CHECKS: Record<string, readonly number[]> = {
  gzip: [8, 5, 4, 1],
  zstd: [4, 1],
  bzip2: [4, 3, 2],
  lzip: [20, 17, 12, 9, 8],
};

for (const [name, places] of Object.entries(CHECKS)) {
  const { skip, pack } = COMPRESSORS[name] ?? assert.fail();
  test(`${name}: its own checks are made`, { skip }, async () => {
    const whole = pack(LARGE);
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes[bytes.length - place] = (bytes[bytes.length - place] ?? 0) ^ 0xff;
      assert.equal((await refusal(theCase, bytes)).code, 'archive.corrupt', `${place} from the end`);
    }
  });
}

test('xz: every kind of check, the index and the footer are compared', { skip: xz.skip }, async () => {
  for (const check of ['crc32', 'crc64', 'sha256', 'none']) {
    const whole = execFileSync('xz', ['-c', `--check=${check}`], { input: LARGE });
    assert.equal((await importBytes(freshCase(), whole)).files, 1);
    const index = whole.length - 12 - (whole.readUInt32LE(whole.length - 8) + 1) * 4;
    const places = [
      index + 1,
      index + 2,
      whole.length - 12,
      whole.length - 8,
      whole.length - 3,
      whole.length - 1,
    ];
    for (const place of check === 'none' ? places : [index - 1, index - 4, ...places]) {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ 0x01;
      assert.equal((await refusal(theCase, bytes)).code, 'archive.corrupt', `${check}, byte ${place}`);
    }
  }
});

test('xz: other filters are refused by name', { skip: xz.skip }, async () => {
  const bytes = execFileSync('xz', ['-c', '--x86', '--lzma2=preset=0'], { input: LARGE });
  assert.equal((await refusal(theCase, bytes)).code, 'archive.unsupported-compression');
});

test('lzip: a match before there is anything to match is refused', () => {
  const decoder = new LzmaDecoder(1 << 12);
  decoder.setProperties(0x5d);
  // All ones: the first symbol is a match at an earlier distance.
  decoder.start(Buffer.concat([Buffer.from([0]), Buffer.alloc(60, 0xff)]));
  assert.throws(() => decoder.run(100, true), LzmaError);
});

test('xz: padding between streams is taken only in fours', {
  skip: COMPRESSORS.xz?.skip ?? true,
}, async () => {
  const packed = xz.pack(LARGE);
  const fresh = freshCase();
  assert.equal((await importBytes(fresh, Buffer.concat([packed, Buffer.alloc(8)]))).entries, 1);
  assert.equal(
    (await refusal(theCase, Buffer.concat([packed, Buffer.alloc(6)]))).code,
    'archive.trailing-data',
  );
});
