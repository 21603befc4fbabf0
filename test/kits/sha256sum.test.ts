import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256Of } from '../../main/engine/base/index.ts';
import { Chain, lacking } from './chain.ts';

const chain = new Chain();
const skip = lacking;
const sha256sum = (...args: string[]) => chain.run('bin/sha256sum', ...args);
const check = (list: string) => sha256sum('-c', chain.write('list', list));

/** Around the edges of a block of 64 bytes, of the eight bytes for the length, and of the buffer of 64 KiB. */
const EDGES = [
  0, 1, 3, 54, 55, 56, 57, 62, 63, 64, 65, 118, 119, 120, 127, 128, 129, 65_471, 65_472, 65_535, 65_536,
  65_537, 131_072,
];

test('the hashes of files are those of node:crypto', { skip }, () => {
  const sizes = [
    ...EDGES,
    1_000_000,
    ...Array.from({ length: 20 }, () => Math.floor(Math.random() * 200_000)),
  ];
  const files = sizes.map((size, i) => ({ name: `f${i}`, bytes: randomBytes(size) }));
  for (const { name, bytes } of files) chain.write(name, bytes);
  const { status, stdout, stderr } = sha256sum(...files.map(file => file.name));
  assert.deepEqual([status, stderr], [0, '']);
  assert.equal(stdout, files.map(({ name, bytes }) => `${sha256Of(bytes)}  ${name}\n`).join(''));
  const list = check(stdout);
  assert.deepEqual([list.status, list.stdout], [0, files.map(({ name }) => `${name}: OK\n`).join('')]);
});

test('any bytes have the hash of node:crypto', { skip }, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), bytes => {
      assert.equal(sha256sum(chain.write('r', bytes)).stdout, `${sha256Of(bytes)}  r\n`);
    }),
    { numRuns: 60 },
  );
});

test('a million times a has the hash that FIPS 180-2 gives', { skip }, () => {
  const known = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';
  assert.equal(sha256sum(chain.write('million', 'a'.repeat(1_000_000))).stdout, `${known}  million\n`);
});

test('a list: files that are good, changed and missing, each with its line', { skip }, () => {
  const good = sha256Of('a');
  chain.write('a', 'a');
  const other = `${good[0] === '0' ? '1' : '0'}${good.slice(1)}`;
  const cases: [string, number, string][] = [
    [`${good}  a\n`, 0, 'a: OK\n'],
    [`${good.toUpperCase()} *a\n`, 0, 'a: OK\n'],
    [`${good}  a\n${other}  a\n${good}  a\n`, 1, 'a: OK\na: FAILED\na: OK\n'],
    [`${good}  missing\n${good}  a\n`, 1, 'missing: FAILED, cannot be read\na: OK\n'],
    [`${good}  .\n`, 1, '.: FAILED, cannot be read\n'],
    [`${good}  ${'n'.repeat(4095)}\n`, 1, `${'n'.repeat(4095)}: FAILED, cannot be read\n`],
    [`${good}  a\n`.repeat(15_000), 0, 'a: OK\n'.repeat(15_000)],
  ];
  for (const [list, status, stdout] of cases) {
    const run = check(list);
    assert.deepEqual([run.status, run.stdout], [status, stdout], list.slice(0, 100));
  }
});

test('a difference in any digit of a list is found', { skip }, () => {
  const good = sha256Of('a');
  chain.write('a', 'a');
  const list = Array.from(
    good,
    (digit, i) => `${good.slice(0, i)}${digit === '0' ? '1' : '0'}${good.slice(i + 1)}  a\n`,
  );
  const { status, stdout } = check(list.join(''));
  assert.deepEqual([status, stdout], [1, 'a: FAILED\n'.repeat(64)]);
});

test('a list with a line that is not good is refused before anything is checked', { skip }, () => {
  const good = `${sha256Of('a')}  a\n`;
  chain.write('a', 'a');
  const lists = [
    ...['', '\n', 'x\n', good.slice(1), `0${good}`, `${good}\n`, good.slice(0, -1), good + good.slice(0, 40)],
    ...[
      good.replace('  ', ' '),
      good.replace('  ', '\t '),
      good.replace('  a', '  \x01'),
      good.replace('  a', '  '),
    ],
    ...[good.replace(/^./, 'g'), good.replace('a\n', 'a\0b\n'), good.replace('a\n', 'a\r\n'), `\\${good}`],
    good.replace('a\n', `${'n'.repeat(4096)}\n`),
  ];
  for (const list of lists) {
    const { status, stdout, stderr } = check(list);
    assert.deepEqual([status, stdout], [2, ''], JSON.stringify(list.slice(0, 80)));
    assert.match(stderr, /^sha256sum: line [12] of the list is not HASH, two blanks, NAME, newline\n$/);
  }
  assert.equal(check(good.repeat(20_000)).status, 4);
});

test('arguments and files that are wrong', { skip }, () => {
  chain.write('a', 'a');
  for (const args of [[], ['-c'], ['-c', 'a', 'b'], ['-x'], ['--'], ['a', '-c']]) {
    const { status, stderr } = sha256sum(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /usage/);
  }
  const some = sha256sum('a', 'missing', 'a');
  const line = `${sha256Of('a')}  a\n`;
  assert.deepEqual(
    [some.status, some.stdout, some.stderr],
    [1, line + line, 'sha256sum: missing: cannot be read\n'],
  );
  assert.equal(sha256sum('.').status, 1);
  assert.deepEqual(sha256sum('-c', 'missing'), {
    status: 1,
    stdout: '',
    stderr: 'sha256sum: missing: cannot be read\n',
  });
});
