import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AssayError, sha256Of } from '../../../main/engine/base/index.ts';
import { assembleHex0, proveSource, seedMatches } from '../../../main/engine/seed/index.ts';

const SOURCE = { path: 's', syntax: 'hex0' } as const;

test('digits pair up across blanks, comments and lines, and each byte knows its line', () => {
  const { bytes, lines } = assembleHex0(Buffer.from('7F 45 # ELF 99\n4 ; half\nc\t\r46'), 'x');
  assert.equal(bytes.toString('hex'), '7f454c46');
  assert.deepEqual([...lines], [1, 1, 2, 3]);
});

test('any bytes, written in any spacing and case, assemble to themselves', () => {
  const gap = fc.constantFrom('', ' ', '\n', '\t', ' # note g\n', ';;\n', '\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(255), gap, gap, fc.boolean()), { maxLength: 200 }), items => {
      const text = items
        .map(([byte, inside, after, upper]) => {
          const [high, low] = byte.toString(16).padStart(2, '0');
          const pair = `${high}${inside}${low}${after}`;
          return upper ? pair.toUpperCase().replaceAll('NOTE G', 'note g') : pair;
        })
        .join('');
      assert.deepEqual(
        [...assembleHex0(Buffer.from(text), 'x').bytes],
        items.map(([byte]) => byte),
      );
    }),
  );
});

test('what is not hex0 is refused with its line', () => {
  const cases: [string, string, number][] = [
    ['00\n0g', 'hex0.bad-character', 2],
    ['00\n:a', 'hex0.bad-character', 2],
    ['00 é', 'hex0.bad-character', 1],
    ['00\n0 # 0\n', 'hex0.half-byte', 2],
  ];
  for (const [text, code, line] of cases) {
    assert.throws(
      () => assembleHex0(Buffer.from(text), 'x'),
      error => error instanceof AssayError && error.code === code && error.where?.line === line,
      text,
    );
  }
});

test('a source proves a seed when it gives exactly its bytes, and says where it does not', () => {
  const seed = Buffer.from('7f454c46', 'hex');
  assert.deepEqual(proveSource(seed, Buffer.from('7f 45 4c 46'), SOURCE), { assembles: true, problem: null });
  assert.match(proveSource(seed, Buffer.from('7f 45 4d 46'), SOURCE).problem ?? '', /offset 0x2/);
  assert.match(proveSource(seed, Buffer.from('7f 45 4c 46 00'), SOURCE).problem ?? '', /5 bytes against 4/);
  assert.match(proveSource(seed, Buffer.from('7f 45 4c 4'), SOURCE).problem ?? '', /line 1/);
  assert.equal(seedMatches(seed, { size: 4, sha256: sha256Of(seed) }), true);
  assert.equal(seedMatches(seed, { size: 5, sha256: sha256Of(seed) }), false);
  assert.equal(seedMatches(seed, { size: 4, sha256: sha256Of('') }), false);
});
