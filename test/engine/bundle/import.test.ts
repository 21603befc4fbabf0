import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalJson, type Progress, sha256Of } from '../../../main/engine/base/index.ts';
import { bundlesOf, goBackToBundle, importBundle, openBundle } from '../../../main/engine/bundle/index.ts';
import type { BundleEntry } from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { COMPRESSORS, fresh, freshCase, importBytes, stateOf } from './stand.ts';
import { END, entry, file, folder, gnuLong, hardlink, header, pax, symlink, tar } from './tar-maker.ts';

const LONG = `deep/${'long-name-'.repeat(15)}/${'x'.repeat(120)}`;
const TREE = tar(
  pax({ comment: '0123456789abcdef0123456789abcdef01234567' }, 'g'),
  folder('./'),
  folder('src/'),
  entry({ name: 'src/run.sh', mode: 0o755 }, '#!/bin/sh\nexit 0\n'),
  file('src/empty', ''),
  file('src/large', Buffer.alloc(3_000_001, 'The quick brown fox.\n')),
  pax({ path: LONG, mtime: '1.5' }),
  file('short', 'by pax'),
  gnuLong(`${LONG}-gnu`),
  entry({ name: 'short', magic: 'ustar  \0' }, 'by gnu'),
  entry({ name: 'old/', flag: '\0', magic: '\0'.repeat(8) }),
  entry({ name: 'file', prefix: 'a/prefix' }, '\x7fELF'),
  hardlink('src/again', 'src/run.sh'),
  symlink('src/link', '../deep'),
  pax({ path: 'größe.txt', size: '5' }),
  entry({ name: 'x', size: 0 }),
  Buffer.concat([Buffer.from('12345'), Buffer.alloc(507)]),
);

async function contents(bytes: Buffer) {
  const theCase = freshCase();
  const event = await importBytes(theCase, bytes);
  return { theCase, event, bundle: await openBundle(theCase, event) };
}

test('reads ustar, v7, PAX and GNU names, modes, kinds and links', async () => {
  const { event, bundle } = await contents(TREE);
  const brief = (e: BundleEntry) => [e.path, e.type, e.mode, e.size, e.kind, e.target, e.flags.join()];
  assert.deepEqual([...bundle.entries()].map(brief), [
    ['a/prefix/file', 'file', 0o644, 4, 'elf', null, ''],
    [LONG, 'file', 0o644, 6, 'text', null, ''],
    [`${LONG}-gnu`, 'file', 0o644, 6, 'text', null, ''],
    ['größe.txt', 'file', 0o644, 5, 'text', null, ''],
    ['old', 'directory', 0o644, 0, 'directory', null, ''],
    ['src', 'directory', 0o755, 0, 'directory', null, ''],
    ['src/again', 'hardlink', 0o644, 0, 'link', 'src/run.sh', ''],
    ['src/empty', 'file', 0o644, 0, 'empty', null, ''],
    ['src/large', 'file', 0o644, 3_000_001, 'text', null, ''],
    ['src/link', 'symlink', 0o644, 0, 'link', '../deep', ''],
    ['src/run.sh', 'file', 0o755, 17, 'script', null, ''],
  ]);
  assert.deepEqual([event.entries, event.files, event.bytes, event.flagged], [11, 7, 3_000_039, 0]);
  assert.equal(bundle.read('größe.txt', 5).toString(), '12345');
  assert.equal(bundle.read('src/again', 100).toString(), '#!/bin/sh\nexit 0\n');
  assert.throws(() => bundle.read('src/link', 100), withCode('bundle.not-a-file'));
  assert.throws(() => bundle.read('none', 100), withCode('bundle.no-entry'));
  assert.throws(() => bundle.read('src/large', 100), withCode('bundle.file-too-large'));
});

test('keeps the archive byte for byte and an index of canonical lines', async () => {
  const { theCase, event } = await contents(TREE);
  assert.deepEqual(theCase.objects.read(event.bundle.sha256), TREE);
  const lines = theCase.objects.read(event.index.sha256).toString().split('\n').slice(0, -1);
  assert.equal(lines.length, 11);
  for (const line of lines) assert.equal(canonicalJson(JSON.parse(line)), line);
  const first = JSON.parse(lines[1] ?? '') as BundleEntry;
  assert.equal(TREE.toString('latin1', first.offset, first.offset + first.size), '#!/bin/sh\nexit 0\n');
  assert.equal(first.sha256, sha256Of('#!/bin/sh\nexit 0\n'));
});

for (const [name, { skip, pack }] of Object.entries(COMPRESSORS)) {
  test(`reads ${name}, in one member or several, and makes the plain copy again`, { skip }, async () => {
    const plain = await contents(TREE);
    const cut = 1_234_567;
    for (const bytes of [
      pack(TREE),
      Buffer.concat([pack(TREE.subarray(0, cut)), pack(TREE.subarray(cut))]),
    ]) {
      const { theCase, event, bundle } = await contents(bytes);
      assert.equal(event.compression, name);
      assert.deepEqual(event.index, plain.event.index);
      assert.equal(bundle.read('src/large', 4_000_000).length, 3_000_001);
      bundle.close();
      const copy = join(theCase.scratch, 'bundles', `${event.bundle.sha256}.tar`);
      assert.deepEqual(readFileSync(copy), TREE);
      rmSync(copy);
      using again = await openBundle(theCase, event);
      assert.equal(
        [...again.chunks('src/large')].reduce((n, piece) => n + piece.length, 0),
        3_000_001,
      );
      assert.deepEqual(readdirSync(join(theCase.scratch, 'bundles')), [`${event.bundle.sha256}.tar`]);
    }
  });
}

test('a large compressed archive whose content is hard to compress comes out whole', async t => {
  const noise: Buffer[] = [];
  for (let i = 0; noise.length < 8000; i += 1) noise.push(Buffer.from(sha256Of(String(i)), 'hex'));
  const mixed = Buffer.concat(noise.flatMap((hash, i) => [hash, Buffer.alloc(i % 90, i % 7)]));
  const archive = tar(file('mixed', mixed), file('zeros', Buffer.alloc(2_000_000)));
  for (const [name, { skip, pack }] of Object.entries(COMPRESSORS)) {
    if (skip) {
      t.diagnostic(`${name}: ${skip}`);
      continue;
    }
    const { bundle } = await contents(pack(archive));
    assert.ok(bundle.read('mixed', 1 << 24).equals(mixed), name);
  }
});

test('unpacks the tree as it was, links last and modes from the index', async () => {
  const { bundle } = await contents(TREE);
  const target = fresh('tree');
  assert.deepEqual(await bundle.unpack(target), { entries: 11, bytes: 3_000_039 });
  assert.equal(readFileSync(join(target, LONG), 'utf8'), 'by pax');
  assert.equal(statSync(join(target, 'src/run.sh')).mode & 0o7777, 0o755);
  assert.equal(statSync(join(target, 'old')).mode & 0o7777, 0o755);
  assert.equal(statSync(join(target, 'src/again')).ino, statSync(join(target, 'src/run.sh')).ino);
  assert.equal(readlinkSync(join(target, 'src/link')), '../deep');
  await assert.rejects(bundle.unpack(target), withCode('unpack.not-empty'));
});

test('unpacking notices a changed copy, leaves nothing, and the next opening mends it', async () => {
  const { theCase, event, bundle } = await contents(COMPRESSORS.gzip?.pack(TREE) ?? TREE);
  const copy = join(theCase.scratch, 'bundles', `${event.bundle.sha256}.tar`);
  bundle.close();
  chmodSync(copy, 0o600);
  const bytes = readFileSync(copy);
  const at = bytes.indexOf('The quick');
  bytes[at + 1_000_000] = 0;
  writeFileSync(copy, bytes);
  using damaged = await openBundle(theCase, event);
  const target = fresh('tree');
  await assert.rejects(damaged.unpack(target), withCode('bundle.damaged'));
  assert.deepEqual(readdirSync(target), []);
  using mended = await openBundle(theCase, event);
  assert.equal(mended.read('src/large', 4_000_000).length, 3_000_001);
});

test('unpacking does not trust the index: a path out of the tree is refused', async () => {
  const { theCase, event, bundle } = await contents(tar(file('aaaaaaaa', 'x')));
  const lines = theCase.objects.read(event.index.sha256).toString().replace('aaaaaaaa', '../../bb');
  const path = theCase.objects.pathOf(event.index.sha256);
  chmodSync(path, 0o600);
  writeFileSync(path, lines);
  const target = fresh('tree');
  await assert.rejects(bundle.unpack(target), withCode('archive.path-leaves-tree'));
  assert.deepEqual(readdirSync(target), []);
});

/** Makes the same tree each time, in an order of its own. */
function makeFolder(names: readonly string[], time: Date): string {
  const path = fresh('source');
  mkdirSync(join(path, 'b/c'), { recursive: true });
  for (const name of names) writeFileSync(join(path, name), `content of ${name}\n`);
  writeFileSync(join(path, 'b/c/large'), Buffer.alloc(2_500_000, 'x\n'));
  chmodSync(join(path, 'b', 'tool'), 0o700);
  symlinkSync('../b-', join(path, 'b', 'link'));
  for (const name of names) utimesSync(join(path, name), time, time);
  return path;
}

test('packs a folder the same way each time, names in byte order', async () => {
  const names = ['b-', 'b/tool', 'b/ü', 'b/c/x', 'Z', 'b0', `b/${'n'.repeat(140)}`];
  const one = freshCase();
  const first = await importBundle(one, makeFolder(names, new Date(1e12)));
  const two = freshCase();
  const second = await importBundle(two, makeFolder(names.toReversed(), new Date(0)));
  assert.deepEqual(second.bundle, first.bundle);
  assert.equal(first.form, 'folder');
  const index = one.objects.read(first.index.sha256).toString().trim().split('\n');
  assert.deepEqual(
    index.map(line => (JSON.parse(line) as BundleEntry).path),
    ['Z', 'b-', 'b', 'b/c', 'b/c/large', 'b/c/x', 'b/link', `b/${'n'.repeat(140)}`, 'b/tool', 'b/ü', 'b0'],
  );
  using bundle = await openBundle(one, first);
  assert.equal(bundle.entry('b/tool')?.mode, 0o755);
  assert.equal(bundle.entry('Z')?.mode, 0o644);
  assert.equal(bundle.read('b/ü', 100).toString(), 'content of b/ü\n');
});

test('the tar of a folder is one that tar itself reads', async () => {
  const theCase = freshCase();
  const source = makeFolder(['b/tool', 'b/ü'], new Date(0));
  const event = await importBundle(theCase, source);
  const target = fresh('tree');
  mkdirSync(target);
  execFileSync('tar', ['xf', theCase.objects.pathOf(event.bundle.sha256), '-C', target]);
  execFileSync('diff', ['-r', '--no-dereference', source, target]);
});

test('reads what tar itself writes, in each of its formats', async () => {
  const source = makeFolder(['b/tool', `b/${'ü'.repeat(60)}`], new Date(0));
  linkSync(join(source, 'b/tool'), join(source, 'b/zz'));
  for (const format of ['gnu', 'pax', 'posix', 'oldgnu']) {
    const path = fresh('bundle.tar');
    execFileSync('tar', ['cf', path, `--format=${format}`, '-C', source, '.']);
    const theCase = freshCase();
    using bundle = await openBundle(theCase, await importBundle(theCase, path));
    const target = fresh('tree');
    await bundle.unpack(target);
    execFileSync('diff', ['-r', '--no-dereference', source, target]);
  }
});

test('a folder with a device, a pipe or a name that is not UTF-8 is refused', async () => {
  const pipe = fresh('source');
  mkdirSync(pipe);
  execFileSync('mkfifo', [join(pipe, 'p')]);
  const bad = fresh('source');
  mkdirSync(bad);
  writeFileSync(Buffer.concat([Buffer.from(`${bad}/`), Buffer.from([0xff, 0xfe])]), '');
  const theCase = freshCase();
  const before = stateOf(theCase);
  await assert.rejects(importBundle(theCase, pipe), withCode('archive.special-file'));
  await assert.rejects(importBundle(theCase, bad), withCode('archive.name-not-utf8'));
  await assert.rejects(importBundle(theCase, fresh('none')), withCode('bundle.source-missing'));
  await assert.rejects(importBundle(theCase, join(pipe, 'p')), withCode('bundle.source-unreadable'));
  const empty = fresh('source');
  mkdirSync(empty);
  await assert.rejects(importBundle(theCase, empty), withCode('archive.empty'));
  assert.deepEqual(stateOf(theCase), before);
});

test('the same bytes a second time are refused, and the case is as before', async () => {
  const theCase = freshCase();
  await importBytes(theCase, TREE);
  const before = stateOf(theCase);
  await assert.rejects(importBytes(theCase, TREE), withCode('bundle.already-imported'));
  assert.deepEqual(stateOf(theCase), before);
  const packed = COMPRESSORS.gzip?.pack(TREE) ?? TREE;
  assert.equal((await importBytes(theCase, packed)).seq, 3);
});

test('a case goes back to a bundle that it had: a new event names it, nothing is stored anew', async () => {
  const theCase = freshCase();
  const first = await importBytes(theCase, TREE);
  const second = await importBytes(theCase, COMPRESSORS.gzip?.pack(TREE) ?? TREE);
  const stored = () => readdirSync(theCase.objects.folder, { recursive: true }).sort();
  const objects = stored();
  const { seq, again, bundle } = await importBytes(theCase, TREE);
  assert.deepEqual([seq, again, bundle], [4, first.seq, first.bundle]);
  const back = goBackToBundle(theCase, second.bundle.sha256);
  assert.deepEqual([back.again, back.name, back.compression], [second.seq, second.name, 'gzip']);
  assert.deepEqual(stored(), objects);
  const entries = (event: number) => [...theCase.entries.all(event)];
  assert.ok(entries(seq).length > 0);
  assert.deepEqual([entries(seq), entries(back.seq)], [entries(first.seq), entries(second.seq)]);
  assert.deepEqual(
    bundlesOf(theCase).map(event => event.seq),
    [first.seq, second.seq],
  );
  assert.throws(() => goBackToBundle(theCase, second.bundle.sha256), withCode('bundle.already-imported'));
  assert.throws(() => goBackToBundle(theCase, 'f'.repeat(64)), withCode('bundle.not-here'));
  using reader = await openBundle(theCase, back);
  assert.deepEqual([...reader.entries()], entries(second.seq));
});

for (const form of ['archive', 'folder'] as const) {
  test(`stopping the import of a ${form} leaves nothing`, async () => {
    const size = 500_000_000;
    const source = fresh('source');
    const large = form === 'folder' ? join(source, 'large') : source;
    if (form === 'folder') mkdirSync(source);
    writeFileSync(large, form === 'folder' ? '' : header({ name: 'large', size }));
    truncateSync(large, size);
    const theCase = freshCase();
    const before = stateOf(theCase);
    const stop = new AbortController();
    let after = 0;
    const options = {
      signal: stop.signal,
      onProgress: (progress: Progress) => {
        if (stop.signal.aborted) after += 1;
        else if (progress.task === 'Importing bundle') stop.abort();
      },
    };
    await assert.rejects(importBundle(theCase, source, options), withCode('task.stopped'));
    assert.equal(after, 0);
    assert.deepEqual(stateOf(theCase), before);
    await assert.rejects(importBundle(theCase, source, options), withCode('task.stopped'));
  });
}

test('stopping an unpacking leaves the folder empty', async () => {
  const files = Array.from({ length: 30 }, (_, i) => file(`f${i}`, Buffer.alloc(4_000_000, i)));
  const { bundle } = await contents(tar(...files));
  const stop = new AbortController();
  const target = fresh('tree');
  await assert.rejects(
    bundle.unpack(target, { signal: stop.signal, onProgress: () => stop.abort() }),
    withCode('task.stopped'),
  );
  assert.deepEqual(readdirSync(target), []);
});

test('progress is bytes of the source up to all of them', async () => {
  const seen: Progress[] = [];
  const packed = COMPRESSORS.gzip?.pack(TREE) ?? TREE;
  await importBytes(freshCase(), packed, { onProgress: progress => seen.push(progress) });
  assert.deepEqual(seen.at(-1), {
    task: 'Importing bundle',
    done: packed.length,
    total: packed.length,
    unit: 'bytes',
  });
});

test('what a killed import left in scratch is removed by the next', async () => {
  const theCase = freshCase();
  const left = join(theCase.scratch, 'bundles', '.tmp-1-1');
  mkdirSync(join(theCase.scratch, 'bundles'), { recursive: true });
  writeFileSync(left, 'left');
  await importBytes(theCase, COMPRESSORS.gzip?.pack(TREE) ?? TREE);
  assert.equal(existsSync(left), false);
});

test('an archive that ends in more zero blocks is whole', async () => {
  const { event } = await contents(Buffer.concat([tar(file('a')), END, Buffer.alloc(10_240)]));
  assert.equal(event.entries, 1);
});
