import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Bundle,
  hexPattern,
  importBundle,
  nameFits,
  openBundle,
  searchBundle,
  textPattern,
} from '../../../main/engine/bundle/index.ts';
import type { BundleEntry } from '../../../main/engine/case/index.ts';
import { createCase } from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();

async function bundleOf(name: string, files: Record<string, string | Uint8Array>) {
  const source = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(source, path, '..'), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  const theCase = createCase(join(folder, `case-${name}`), name, '0');
  return { theCase, bundle: await openBundle(theCase, await importBundle(theCase, source)) };
}

test('names, kinds, text and bytes are found with line and offset', async () => {
  const { theCase, bundle } = await bundleOf('found', {
    'src/a.c': 'int main() {\n  return Seed;\n}\n',
    'src/deep/b.txt': 'no\nseed here, Seed there\n',
    'bin/tool': Buffer.from('7f454c4602010100aabb7f00', 'hex'),
  });
  using _case = theCase;
  using _bundle = bundle;
  const places = async (query: Parameters<typeof searchBundle>[1]) =>
    (await searchBundle(bundle, query)).hits.map(
      hit =>
        `${hit.path}${hit.line === null ? '' : `:${hit.line}`}${hit.offset === null ? '' : `@${hit.offset}`}`,
    );
  assert.deepEqual(await places({ name: '*.c' }), ['src/a.c']);
  assert.deepEqual(await places({ name: 'DEEP' }), ['src/deep']);
  assert.deepEqual(await places({ kind: 'elf' }), ['bin/tool']);
  assert.deepEqual(await places({ folder: 'src/deep' }), ['src/deep/b.txt']);
  assert.deepEqual(await places({ content: textPattern('Seed', false) }), [
    'src/a.c:2@22',
    'src/deep/b.txt:2@14',
  ]);
  assert.deepEqual(await places({ content: textPattern('SEED', true), folder: 'src/deep' }), [
    'src/deep/b.txt:2@3',
    'src/deep/b.txt:2@14',
  ]);
  assert.deepEqual(await places({ content: hexPattern('7f ?? ??') }), ['bin/tool@0']);
  assert.deepEqual(await places({ content: hexPattern('?? bb 7f') }), ['bin/tool@8']);
  const [hit] = (await searchBundle(bundle, { content: textPattern('return', false) })).hits;
  assert.equal(hit?.excerpt, '  return Seed;');
});

test('a search gives no more than it may, says so, and stops when it is told to', async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, 'x'.repeat(10)]));
  const { theCase, bundle } = await bundleOf('limits', files);
  using _case = theCase;
  using _bundle = bundle;
  const content = textPattern('x', false);
  const some = await searchBundle(bundle, { content }, { limits: { hits: 15, hitsOfFile: 4 } });
  assert.equal(some.hits.length, 15);
  assert.ok(some.truncated);
  const all = await searchBundle(bundle, { content }, { limits: { hits: 1000, hitsOfFile: 10 } });
  assert.deepEqual([all.hits.length, all.truncated, all.files, all.bytes], [200, false, 20, 200]);
  const signal = AbortSignal.abort();
  await assert.rejects(searchBundle(bundle, { content }, { signal }), withCode('task.stopped'));
});

/** A bundle of one file that comes in pieces of any size. */
function oneFile(content: Buffer, pieces: number): Bundle {
  const entry = { path: 'f', type: 'file', kind: 'text', size: content.length, sha256: '0'.repeat(64) };
  return {
    entries: () => [entry as BundleEntry].values(),
    *chunks() {
      for (let at = 0; at < content.length; at += pieces) yield content.subarray(at, at + pieces);
    },
  } as unknown as Bundle;
}

test('however the pieces fall, the places are those of the whole, and their lines', async () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'A', '\n'), { maxLength: 60 }).map(all => all.join(''));
  const needle = fc
    .array(fc.constantFrom('a', 'b', 'A'), { minLength: 1, maxLength: 4 })
    .map(all => all.join(''));
  await fc.assert(
    fc.asyncProperty(
      letters,
      needle,
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (text, word, size, fold) => {
        const expected: [number, number][] = [];
        const [hay, pin] = fold ? [text.toLowerCase(), word.toLowerCase()] : [text, word];
        for (let at = hay.indexOf(pin); at >= 0; at = hay.indexOf(pin, at + pin.length)) {
          expected.push([at, text.slice(0, at).split('\n').length]);
        }
        const { hits } = await searchBundle(oneFile(Buffer.from(text), size), {
          content: textPattern(word, fold),
        });
        assert.deepEqual(
          hits.map(hit => [hit.offset, hit.line]),
          expected,
        );
      },
    ),
  );
});

test('bytes with holes are found where they stand', () => {
  const byte = fc.constantFrom(0, 1, 2);
  return fc.assert(
    fc.asyncProperty(
      fc.array(byte, { maxLength: 40 }),
      fc.array(fc.option(byte), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (bytes, pattern, size) => {
        fc.pre(pattern.some(each => each !== null));
        const expected: number[] = [];
        for (let at = 0; at + pattern.length <= bytes.length; ) {
          if (pattern.every((each, i) => each === null || bytes[at + i] === each)) {
            expected.push(at);
            at += pattern.length;
          } else at += 1;
        }
        const text = pattern.map(each => (each === null ? '??' : `0${each}`)).join(' ');
        const { hits } = await searchBundle(oneFile(Buffer.from(bytes), size), { content: hexPattern(text) });
        assert.deepEqual(
          hits.map(hit => hit.offset),
          expected,
        );
      },
    ),
  );
});

test('patterns of names are no regular expressions, and stars cost little', () => {
  assert.ok(nameFits('src/a.c', '?.c'));
  assert.ok(!nameFits('src/a.c', 's*.c'));
  assert.ok(nameFits('src/a.c', 's*/*.c'));
  assert.ok(!nameFits('aXc', 'a.c*'));
  assert.ok(!nameFits('a'.repeat(1000), `${'*a'.repeat(90)}*b`));
});

test('a pattern that is none is refused', () => {
  for (const text of ['7', 'zz', '??', '', '4 8 f']) {
    assert.throws(() => hexPattern(text), withCode('search.bad-pattern'));
  }
  assert.throws(() => textPattern('', false), withCode('search.bad-pattern'));
});
