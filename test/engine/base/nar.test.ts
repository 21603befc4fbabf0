import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type NarNode, narSha256, nixBase32, parseNixHash } from '../../../main/engine/base/index.ts';

function file(text: string, executable = false): NarNode {
  const bytes = Buffer.from(text);
  return { type: 'regular', executable, size: bytes.length, copyTo: sink => sink.write(bytes) };
}
const folder = (entries: Record<string, NarNode>): NarNode => ({
  type: 'directory',
  entries: () => Object.entries(entries),
});

test('Nix archives have the hashes that Nix gives them', () => {
  // What nixpkgs writes for an empty folder and an empty file.
  const empty = 'sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=';
  assert.equal(narSha256(folder({})), parseNixHash(empty));
  assert.equal(narSha256(file('')), parseNixHash('0ip26j2h11n1kgkz36rl4akv694yz65hr72q4kv4b3lxcbi65b3p'));
  // By another implementation, which gives the hashes that nixpkgs and Guix publish for the seeds and the sources of stage0-posix.
  const tree = folder({
    b: file('hello\n'),
    sub: folder({ é: file('12345678'), link: { type: 'symlink', target: '../b' } }),
    'a.sh': file('#!/bin/sh\n', true),
    a: file('x'),
  });
  assert.equal(narSha256(tree), '33f17cf079e40fe13bbc5664b955b83e00ca8562376c6d28b948cba9cebf22d0');
});

test('the executable bit, names and targets count; a file that is not as long as it should be has no hash', () => {
  const hashes = [file('x'), file('x', true), folder({ x: file('x') }), folder({ y: file('x') })].map(
    narSha256,
  );
  assert.equal(new Set(hashes).size, 4);
  const short: NarNode = {
    type: 'regular',
    executable: false,
    size: 2,
    copyTo: sink => sink.write(Buffer.from('x')),
  };
  assert.equal(narSha256(folder({ a: file('x'), short })), null);
});

test('hashes are read in each of the forms, and in no other spelling', () => {
  const hex = 'a50a5ab6d992f5598edd92105059fae9acfc192981e08bd88534c2167e92526a';
  const base32 = '0sjjj9z1dhilhpc8pq4154czrb79z9cm044jvn75kxcjv6v5l2m5';
  assert.equal(nixBase32(hex), base32);
  for (const text of [hex, `sha256:${hex}`, base32, `sha256:${base32}`])
    assert.equal(parseNixHash(text), hex);
  const base64 = 'sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=';
  assert.equal(parseNixHash(base64), hex);
  const wrong = [
    ...[
      '',
      hex.toUpperCase(),
      hex.slice(1),
      base32.slice(1),
      base32.replace('j', 'e'),
      `2${base32.slice(1)}`,
    ],
    ...[base64.replace('mo=', 'mp='), base64.slice(0, -1), `sha512-${base64.slice(7)}`, 'z'.repeat(52)],
  ];
  for (const text of wrong) assert.equal(parseNixHash(text), null, text);
});

test('every hash survives base 32', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), bytes => {
      const hex = Buffer.from(bytes).toString('hex');
      assert.equal(parseNixHash(nixBase32(hex)), hex);
    }),
  );
});
