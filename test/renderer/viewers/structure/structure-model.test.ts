import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StructureNodeRow } from '../../../../main/contract/requests/index.ts';
import { structureDocument, structureOf } from '../../../../main/engine/seed/index.ts';
import { countsText, StructureModel } from '../../../../renderer/viewers/structure/structure-model.ts';
import { elfFile } from '../../../support/binaries.ts';

const body = Buffer.alloc(32, 0x90);
const file = elfFile({ bits: 64, entry: 0x400078, programs: [{ address: 0x400000, flags: 7 }], body });
const { nodes } = structureDocument(structureOf(file));
const model = new StructureModel(nodes);

/** A file whose program header lies over the last bytes of the ELF header: those are parts of two things. */
function overlapped(): Buffer {
  const whole = elfFile({ bits: 32, machine: 3, entry: 0x804804c, programs: [{ address: 0x8048000 }], body });
  const bytes = Buffer.concat([whole.subarray(0, 44), whole.subarray(52)]);
  bytes.writeUInt32LE(44, 28);
  return bytes;
}

test('bytes lead to the deepest part that holds all of them', () => {
  const at = (start: number, end: number) => model.deepest({ start, end })?.key;
  assert.equal(at(4, 5), 'header/e_ident/EI_CLASS');
  assert.equal(at(4, 6), 'header/e_ident');
  assert.equal(at(15, 17), 'header');
  assert.equal(at(0x44, 0x48), 'program-0/p_flags');
  assert.equal(at(0x80, 0x80), 'code', 'a caret between bytes is the byte after it');
  assert.equal(at(60, 70), undefined, 'two headers at once');
  assert.deepEqual(model.pathTo('header/e_ident/EI_CLASS'), [
    'header',
    'header/e_ident',
    'header/e_ident/EI_CLASS',
  ]);
});

test('any bytes: no part that holds them is deeper, and of those as deep none is smaller', () => {
  for (const bytes of [file, overlapped()]) {
    const { nodes: all } = structureDocument(structureOf(bytes));
    const walked = new StructureModel(all);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 40 }), (start, length) => {
        const end = Math.min(bytes.length, start + length);
        const found = walked.deepest({ start, end });
        const holding = all.filter(each => each.offset <= start && each.offset + each.length >= end);
        if (!found) return assert.equal(holding.length, 0);
        for (const each of holding) {
          const depth = each.id.split('/').length;
          assert.ok(depth <= found.depth);
          if (depth === found.depth) assert.ok(each.length >= found.node.length);
        }
      }),
      { numRuns: 500 },
    );
  }
});

test('what is said of a part marks everything that it is in', () => {
  assert.equal(model.item('program-0/p_flags')?.gravest, 'unusual');
  assert.equal(model.item('program-0')?.gravest, 'unusual');
  assert.equal(model.item('header')?.gravest, 'note');
  assert.equal(model.item('code')?.gravest, null);
  assert.deepEqual(model.counts(), { problem: 0, unusual: 1, note: 2 });
  assert.equal(countsText(model.counts()), '1 unusual, 2 notes');
  assert.equal(model.nextNotice('header/e_shnum')?.key, 'program-0/p_flags');
  assert.equal(model.nextNotice('program-0/p_flags')?.key, 'header/e_phnum', 'and round');
});

test('names of places stand under the code, each up to the next', () => {
  const names = [
    { offset: 0x88, name: 'loop' },
    { offset: 0x78, name: 'begin' },
    { offset: 0x10, name: 'in the header' },
    { offset: 0x88, name: 'again' },
  ];
  const named = new StructureModel(nodes, names);
  const parts = named.children('code').map(({ node }) => [node.label, node.offset, node.length]);
  assert.deepEqual(parts, [
    ['begin', 0x78, 16],
    ['loop', 0x88, 16],
    ['again', 0x88, 16],
  ]);
  assert.equal(named.deepest({ start: 0x79, end: 0x7a })?.node.label, 'begin');
});

test('where code has parts, names stand under theirs', () => {
  const node = (id: string, parent: string | null, offset: number, length: number): StructureNodeRow => ({
    ...{ id, parent, label: id, value: null, meaning: null, offset, length, notices: [] },
  });
  const parts = [node('code', null, 0, 30), node('code/0', 'code', 0, 10), node('code/1', 'code', 20, 10)];
  const named = new StructureModel(parts, [
    { offset: 2, name: 'a' },
    { offset: 25, name: 'b' },
  ]);
  assert.deepEqual(
    named.children('code').map(({ key }) => key),
    ['code/0', 'code/1'],
  );
  assert.deepEqual(
    named.children('code/1').map(({ name, node: { length } }) => [name, length]),
    [['b', 5]],
  );
});
