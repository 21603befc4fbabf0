import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256Of } from '../../main/engine/base/index.ts';
import { readSha256Sums } from '../../main/engine/chain/index.ts';
import { Chain, lacking } from './chain.ts';
import { hex0, hex1, hex2 } from './languages.ts';
import { mac } from './macros.ts';
import { disassemble, hasObjdump, readPage, statedInstructions } from './pages.ts';

const chain = new Chain();
const { description } = chain.kit;
const skip = lacking;

/** The pages in the language of hex0, and where their programs start: after one program header or two. */
const PAGES = [
  { page: 'hex0.hex0', program: 'seed/hex0-seed', start: 0x78 },
  { page: 'hex1.hex0', program: 'bin/hex1', start: 0xb0 },
  { page: 'kaem.hex0', program: 'seed/kaem-seed', start: 0xb0 },
];

function theSeed() {
  const [seed] = description.seed;
  assert.ok(seed);
  return { seed, bytes: chain.read(seed.path) };
}

test('the seed is the one the kit names, and small enough to be read by hand', () => {
  const { seed, bytes } = theSeed();
  assert.equal(description.seed.length, 1);
  assert.ok(bytes.length <= 300);
  assert.deepEqual([bytes.length, sha256Of(bytes)], [seed.size, seed.sha256]);
  assert.ok(statSync(join(chain.root, seed.path)).mode & 0o111);
});

test('every hash and size of the kit is true, and the results are no more and no less', { skip }, () => {
  for (const { path, size, sha256 } of description.expectation) {
    const bytes = chain.read(path);
    assert.deepEqual([bytes.length, sha256Of(bytes)], [size, sha256], path);
  }
  const expected = description.expectation.map(entry => entry.path);
  const results = readdirSync(join(chain.root, 'bin')).map(name => `bin/${name}`);
  assert.deepEqual(results.sort(), expected.filter(path => path.startsWith('bin/')).sort());
  for (const { paths } of description.same) {
    const [first, ...others] = paths.map(path => chain.read(path));
    for (const other of others) assert.deepEqual(other, first, paths.join(', '));
  }
});

test('what the bundle publishes is what the kit expects, and names every output of a step', () => {
  const hashes = (entries: readonly { path: string; sha256?: string | undefined }[]) =>
    entries.map(({ path, sha256 }) => `${sha256}  ${path}`).sort();
  const published = description.published.flatMap(({ path }) =>
    readSha256Sums({ path, bytes: chain.read(path) }),
  );
  assert.deepEqual(hashes(published), hashes(description.expectation));
  const outputs = chain.plan.steps.flatMap(step => (step.action === 'run' ? step.outputs : []));
  assert.deepEqual(outputs.sort(), published.map(entry => entry.path).sort());
});

test('hex0 rebuilds itself, and hex1 and hex2 make the same of its page', { skip }, () => {
  const { bytes } = theSeed();
  const page = chain.source('hex0.hex0');
  for (const program of ['seed/hex0-seed', 'bin/hex0', 'bin/hex1', 'bin/hex2']) {
    assert.deepEqual(chain.assemble(program, page).out, bytes, program);
  }
});

test('the languages, read anew, make the same programs of the sources', { skip }, () => {
  const elf = chain.source('elf.hex1');
  const library = ['amd64.mac', 'linux.mac', 'lib.mac'].map(name => chain.source(name)).join('');
  const rebuilt = {
    'bin/hex0': hex0(chain.source('hex0.hex0')),
    'bin/hex1': hex0(chain.source('hex1.hex0')),
    'bin/cat': hex1(chain.source('cat.hex1')),
    'bin/hex2': hex1(elf + chain.source('hex2.hex1')),
    'bin/mac': hex2(elf + chain.source('mac.hex2')),
    'bin/untar': hex2(elf + mac(library + chain.source('untar.mac'))),
    'bin/sha256sum': hex2(elf + mac(library + chain.source('sha256sum.mac'))),
    'tmp/vectors.tar': hex2(mac(chain.source('vectors.mac'))),
  };
  for (const [path, bytes] of Object.entries(rebuilt)) assert.deepEqual(chain.read(path), bytes, path);
});

for (const { page: name, program, start } of PAGES) {
  test(`${name}: every offset is right, and every jump says where it goes`, () => {
    const page = readPage(chain.source(name));
    for (const { line, offset, stated } of page.lines) assert.equal(stated, offset, `line ${line}`);
    for (const [label, { stated, counted }] of page.labels) assert.equal(stated, counted, label);
    const jumps = page.lines.filter(({ text }) => /^(?:call|j\w+) /.test(text));
    assert.ok(jumps.length > 10);
    for (const { line, text } of jumps) {
      const [, label = '', target = ''] = /^\w+ (\w+) \(([0-9a-f]{3})\)/.exec(text) ?? [];
      assert.equal(page.labels.get(label)?.counted, Number.parseInt(target, 16), `line ${line}: ${text}`);
    }
  });

  const noObjdump = skip || (hasObjdump() ? false : 'no objdump on this machine');
  test(`${name}: the instructions are those that objdump finds`, { skip: noObjdump }, () => {
    const page = readPage(chain.source(name));
    const stated = statedInstructions(page, start);
    const end = page.labels.get('text')?.counted ?? chain.read(program).length;
    const found = disassemble(join(chain.root, program), start, end);
    assert.ok(found.length > 70);
    assert.deepEqual(stated, found);
  });
}

test('the templates cover the seed without gap or overlap, and their bytes are there', () => {
  const { seed, bytes } = theSeed();
  let end = 0;
  for (const { offset, length, label, expect } of seed.template) {
    assert.equal(offset, end, label);
    assert.equal(bytes.toString('hex', offset, offset + length), expect, label);
    end = offset + length;
  }
  assert.equal(end, bytes.length);
});

test('any bytes in any spacing and case are assembled to themselves', { skip }, () => {
  const gap = fc.constantFrom('', ' ', '\n', '\t', '# note g\n', ';;:\r\x00\xff\n', ' \t\n');
  const item = fc.tuple(fc.nat(255), gap, gap, fc.boolean());
  const program = fc.constantFrom('seed/hex0-seed', 'bin/hex1', 'bin/hex2');
  fc.assert(
    fc.property(program, fc.array(item, { maxLength: 200, size: 'max' }), (name, items) => {
      const source = items.map(([byte, inside, after, upper]) => {
        const digits = byte.toString(16).padStart(2, '0');
        const [high, low] = upper ? digits.toUpperCase() : digits;
        return `${high}${inside}${low}${after}`;
      });
      const { status, out } = chain.assemble(name, source.join(''));
      assert.equal(status, 0);
      assert.deepEqual(
        [...(out ?? [])],
        items.map(([byte]) => byte),
      );
    }),
    { numRuns: 60 },
  );
});

test('hex1 and hex2 make of random labels what the languages, read anew, make', { skip }, () => {
  const use = fc.tuple(fc.constantFrom('%', '$', '&', '~', '00', 'ff\n'), fc.constantFrom('a', 'B', '"'));
  const source = fc.tuple(
    fc.array(use, { maxLength: 40, size: 'max' }),
    fc.array(fc.nat(40), { minLength: 2, maxLength: 4 }),
  );
  let good = 0;
  fc.assert(
    fc.property(fc.constantFrom('bin/hex1', 'bin/hex2'), source, (program, [uses, places]) => {
      const words = uses.map(([kind, name]) => {
        if (kind.length > 1) return kind;
        return program === 'bin/hex1' ? `${'&~'.includes(kind) ? '%' : kind}${name}` : `${kind}${name} `;
      });
      for (const [i, place] of places.entries()) words.splice(place, 0, `:${'aB"B'[i]} `);
      const text = words.join('');
      const expected = bytesOrNull(program === 'bin/hex1' ? hex1 : hex2, text);
      const { status, out } = chain.assemble(program, text);
      assert.deepEqual(out, expected, text);
      assert.equal(status === 0, expected !== null);
      if (expected) good += 1;
    }),
    { numRuns: 100 },
  );
  assert.ok(good > 10, `only ${good} sources were good`);
});

function bytesOrNull(language: (source: string) => Buffer, text: string): Buffer | null {
  try {
    return language(text);
  } catch {
    return null;
  }
}
