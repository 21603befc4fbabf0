import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StructureNode, structureOf } from '../../../../main/engine/seed/index.ts';
import { directoriesPe } from '../../../support/directories-pe.ts';

function node(bytes: Buffer, id: string): StructureNode {
  const found = structureOf(bytes).nodes.find(each => each.id === id);
  assert.ok(found, id);
  return found;
}

const codes = (bytes: Buffer) =>
  structureOf(bytes).nodes.flatMap(({ notices }) => notices.map(({ code }) => code));

test('relocations, debugging facts and certificates of a PE image, each at its bytes', () => {
  for (const bits of [32, 64] as const) {
    const bytes = directoriesPe(bits);
    const block = node(bytes, 'directories/5/block-0');
    assert.deepEqual(
      [block.label, block.value, block.meaning, block.length],
      ['Relocations of page 0x2000', '2', '1 ABSOLUTE, 1 DIR64', 12],
    );
    assert.equal(node(bytes, 'directories/6/entry-0/Type').value, 'CODEVIEW');
    const path = node(bytes, 'directories/6/entry-0/codeview');
    assert.equal(path.value, 'C:\\build\\x.pdb');
    assert.equal(bytes.toString('latin1', path.offset, path.offset + 4), 'RSDS');
    const certificate = node(bytes, 'directories/4/certificate-0');
    assert.deepEqual(
      [certificate.value, certificate.offset, certificate.length],
      ['PKCS #7 (Authenticode)', bytes.length - 16, 16],
    );
    assert.ok(codes(bytes).includes('pe.signed'), 'signed, and not checked');
    assert.ok(!codes(bytes).includes('structure.unnamed'), 'the certificate is named');
  }
});

test('the checksum is computed, and one that is not that of the bytes is told', () => {
  // By hand: words summed with their carries added in, plus the length of the file.
  const sum = (bytes: Buffer) => {
    const even = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    let total = 0;
    for (let at = 0; at < even.length; at += 2) {
      total += even.readUInt16LE(at);
      total = (total & 0xffff) + (total >>> 16);
    }
    return total + bytes.length;
  };
  for (const more of [0, 1, 2]) {
    const bytes = Buffer.concat([directoriesPe(64), Buffer.alloc(more, 0xff)]);
    const { offset } = node(bytes, 'optional/CheckSum');
    const right = sum(bytes);
    assert.ok(!codes(bytes).includes('pe.checksum'), 'none is not wrong');
    bytes.writeUInt32LE(right, offset);
    assert.ok(!codes(bytes).includes('pe.checksum'));
    bytes[0x50] = (bytes[0x50] ?? 0) ^ 1;
    assert.ok(codes(bytes).includes('pe.checksum'));
  }
});

test('sizes that leave their directory are told, and nothing behind them is read', () => {
  const change = (id: string, at: number, value: number) => {
    const bytes = directoriesPe(64);
    bytes.writeUInt32LE(value, node(bytes, id).offset + at);
    return codes(bytes);
  };
  for (const size of [0, 7, 13, 0xffffffff])
    assert.ok(change('directories/5/block-0', 4, size).includes('pe.relocations-end'), `${size}`);
  for (const size of [0, 17, 0xffffffff])
    assert.ok(change('directories/4/certificate-0', 0, size).includes('pe.certificate-outside'), `${size}`);
  assert.ok(change('directories/6/entry-0', 24, 0xfffffff0).includes('pe.debug-outside'));
});
