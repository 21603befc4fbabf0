import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { memoryBytes } from '../../../main/engine/difference/index.ts';
import { type AskedFile, askDiffoscope } from '../../../main/engine/index.ts';
import { dynamicElf } from '../../support/dynamic-elf.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();

/** A file on disk, as diffoscope is asked about it. */
function file(name: string, content: Uint8Array | string): AskedFile {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, bytes: memoryBytes(readFileSync(path)) };
}

const [a, b] = [file('a', 'one\n'), file('b', 'two\n')];

/** A program that stands in for diffoscope. */
function standIn(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && { echo "diffoscope 240"; exit; }\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const last = 'for file; do before=$last; last=$file; done';

test('its words are given as its words, of files on disk and of bytes within another file', async () => {
  const program = standIn('says', `${last}; cat "$before" "$last"; exit 1`);
  const within: AskedFile = { path: null, bytes: memoryBytes(Buffer.from('three\n')) };
  for (const [first, text] of [
    [a, 'one\ntwo\n'],
    [within, 'three\ntwo\n'],
  ] as const) {
    const { diffoscope, noDiffoscope } = await askDiffoscope(first, b, { program });
    assert.equal(noDiffoscope, null);
    assert.deepEqual(diffoscope, { program: 'diffoscope', version: '240', text, cut: false });
  }
});

test('endless words are cut, and what is cut ends with a whole character', async () => {
  const { diffoscope } = await askDiffoscope(a, b, { program: standIn('endless', 'exec yes "x├x"') });
  assert.equal(diffoscope?.cut, true);
  assert.ok((diffoscope?.text.length ?? 0) <= 256 << 10);
  assert.ok(!diffoscope?.text.includes('\ufffd'));
});

test('that it failed, took too long or found nothing is told', async () => {
  const why = async (name: string, script: string, seconds?: number) =>
    (await askDiffoscope(a, b, { program: standIn(name, script), ...(seconds && { seconds }) })).noDiffoscope;
  assert.equal(await why('fails', 'exit 2'), 'diffoscope failed');
  assert.equal(
    await why('explains', 'echo first >&2; echo no such tool >&2; exit 2'),
    'diffoscope failed: no such tool',
  );
  assert.equal(await why('agrees', 'exit 0'), 'diffoscope finds no difference');
  assert.equal(await why('mute', 'exit 1'), 'diffoscope said nothing');
  assert.equal(await why('waits', 'exec sleep 600', 1), 'diffoscope took more than 1 seconds');
});

test('it can be stopped, and leaves nothing behind', async () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = own;
  const program = standIn('slow', 'exec sleep 600');
  const stopped = askDiffoscope(a, b, { signal: AbortSignal.timeout(200), program });
  await assert.rejects(stopped, withCode('task.stopped'));
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  assert.deepEqual(readdirSync(own), []);
});

test('a program that fails in the namespace is not run again outside it', async () => {
  const seen = join(folder, 'seen');
  // It can write where it runs outside alone: in the namespace all but its own folder is read-only.
  const script = `echo x >> ${seen} 2>/dev/null; exit 2`;
  const { noDiffoscope } = await askDiffoscope(a, b, { program: standIn('crashes', script) });
  assert.equal(noDiffoscope, 'diffoscope failed');
  const runs = existsSync(seen) ? readFileSync(seen, 'latin1').length / 2 : 0;
  assert.ok(runs <= 1, 'once at most');
});

test('without it, and about large files, nothing is asked', async () => {
  const large: AskedFile = { path: null, bytes: { size: 65 << 20, read: () => Buffer.alloc(0) } };
  const program = standIn('never', 'exit 1');
  assert.match((await askDiffoscope(large, b, { program })).noDiffoscope ?? '', /above 64 MiB/);
  // The default stands where this machine has none; a test cannot take it away.
  const own = await askDiffoscope(a, b);
  assert.equal(own.diffoscope === null, own.noDiffoscope !== null);
});

const REAL = '/usr/bin/diffoscope';
const skip = existsSync(REAL) ? false : 'diffoscope is not installed';

test('the program itself: text, ELF files, and two that are the same', { skip }, async () => {
  const text = await askDiffoscope(a, b, { program: REAL });
  assert.match(text.diffoscope?.version ?? '', /^\d+/);
  assert.match(text.diffoscope?.text ?? text.noDiffoscope ?? '', /^-one$/m);
  assert.match(text.diffoscope?.text ?? '', /^\+two$/m);

  const make = (needed: string) => dynamicElf({ bits: 64, order: 'little', entries: [[1, needed]] });
  const elf = await askDiffoscope(file('p', make('liba.so')), file('q', make('libbb.so')), { program: REAL });
  assert.match(elf.diffoscope?.text ?? elf.noDiffoscope ?? '', /libbb\.so/);
  assert.ok(!elf.diffoscope?.text.includes('assay-diffoscope-'), 'its words name no folder of this machine');

  const same = await askDiffoscope(a, { ...a }, { program: REAL });
  assert.equal(same.noDiffoscope, 'diffoscope finds no difference');
});
