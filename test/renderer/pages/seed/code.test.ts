import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type {
  AnnotationRow,
  CodeRowAnswer,
  SeedCodeAnswer,
} from '../../../../main/contract/requests/index.ts';
import { arrowsIn, arrowsOf, LANES } from '../../../../renderer/pages/seed/code/arrows.ts';
import { isAsked, nextQuestion } from '../../../../renderer/pages/seed/code/claim-questions.ts';
import {
  bytesOfRows,
  linesOf,
  nextUnexplainedRow,
  rowAfter,
  rowAt,
  rowsIn,
  spoken,
} from '../../../../renderer/pages/seed/code/code-lines.ts';

const CALL: NonNullable<CodeRowAnswer['call']> = {
  number: null,
  name: null,
  text: 'number not known',
  oneOf: [],
  args: [],
  rests: [],
  restsText: '',
  conditions: [],
};

function row(offset: number, length: number, more: Partial<CodeRowAnswer> = {}): CodeRowAnswer {
  return {
    offset,
    length,
    address: `0x${offset.toString(16)}`,
    bytes: '90'.repeat(length),
    mnemonic: 'nop',
    operands: '',
    kind: 'plain',
    target: null,
    reached: true,
    readBy: null,
    call: null,
    line: null,
    ...more,
  };
}

function code(rows: CodeRowAnswer[], more: Partial<SeedCodeAnswer> = {}): SeedCodeAnswer {
  return {
    seed: { name: 'seed', sha256: '0'.repeat(64), size: 100 },
    why: null,
    machine: 'amd64',
    code: [{ offset: 0, length: 100 }],
    rows,
    labels: [],
    disagreements: [],
    flow: null,
    previous: null,
    next: null,
    ...more,
  };
}

const words = (answer: SeedCodeAnswer) =>
  linesOf(answer).map(line =>
    line.kind === 'row' ? line.row.offset : line.kind === 'label' ? `${line.name}:` : line.words,
  );

test('lines: names above, calls below, what nothing reaches, gaps, other readings, the other parts', () => {
  const call = { ...CALL, number: 60, name: 'exit', text: 'exit(0)' };
  const answer = code(
    [
      row(8, 2),
      row(10, 2, { kind: 'syscall', call }),
      row(12, 1, { reached: false }),
      row(20, 3, { reached: false }),
    ],
    {
      labels: [{ offset: 10, name: 'quit', from: 'source' }],
      disagreements: [{ offset: 9, length: 2, kind: 'sweep', other: 'push 1' }],
      previous: 0,
      next: 23,
    },
  );
  assert.deepEqual(words(answer), [
    'The part before this',
    8,
    'From the front, 0x9 reads push 1',
    'quit:',
    10,
    'exit(0)',
    'Nothing reaches this',
    12,
    '0xD–0x13 is no code',
    20,
    'Not disassembled beyond 0x17',
  ]);
});

test('every line has a key of its own', () => {
  const twice = { offset: 8, length: 1, kind: 'jump' as const, other: 'nop' };
  const keys = linesOf(code([row(8, 2)], { disagreements: [twice, twice] })).map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
});

test('bytes and rows answer each other', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 60 }), lengths => {
      let at = 5;
      const rows = lengths.map(length => {
        at += length;
        return row(at - length, length);
      });
      for (const [i, { offset, length }] of rows.entries()) {
        for (const byte of [offset, offset + length - 1]) {
          assert.equal(rowAt(rows, byte), i);
          assert.deepEqual(rowsIn(rows, { start: byte, end: byte + 1 }), { from: i, to: i + 1 });
        }
        const bytes = bytesOfRows(rows, i, 0);
        assert.ok(bytes);
        assert.deepEqual(rowsIn(rows, bytes), { from: 0, to: i + 1 });
      }
      assert.equal(rowAt(rows, 4), -1);
      assert.equal(rowAt(rows, at), -1);
    }),
  );
});

test('keys stay among the rows', () => {
  assert.equal(rowAfter('ArrowDown', 4, 5, 3), 4);
  assert.equal(rowAfter('PageUp', 1, 5, 3), 0);
  assert.equal(rowAfter('End', -1, 5, 3), 4);
  assert.equal(rowAfter('ArrowDown', -1, 5, 3), 0);
  assert.equal(rowAfter('x', 0, 5, 3), null);
  assert.equal(rowAfter('Home', 0, 0, 3), null);
});

test('the next unexplained instruction goes round, and is none when all are explained', () => {
  const rows = [row(0, 2), row(2, 2), row(4, 2)];
  const open = [{ offset: 1, length: 2 }];
  assert.equal(nextUnexplainedRow(rows, 0, open)?.offset, 2);
  assert.equal(nextUnexplainedRow(rows, 1, open)?.offset, 0);
  assert.equal(nextUnexplainedRow(rows, -1, open)?.offset, 0);
  assert.equal(nextUnexplainedRow(rows, 0, []), null);
});

test('arrows: the shortest nearest, two that overlap never in one lane while there are lanes', () => {
  const jump = (offset: number, target: number) => row(offset, 1, { kind: 'jump', target });
  const nested = linesOf(code([jump(0, 3), jump(1, 2), row(2, 1), row(3, 1), jump(4, 99)]));
  assert.deepEqual(arrowsOf(nested), [
    { from: 1, to: 2, lane: 0, offset: 1 },
    { from: 0, to: 3, lane: 1, offset: 0 },
  ]);
  assert.deepEqual(arrowsIn(arrowsOf(nested), 3, 4), [{ from: 0, to: 3, lane: 1, offset: 0 }]);
  fc.assert(
    fc.property(fc.array(fc.nat(39), { minLength: 1, maxLength: 40 }), targets => {
      const lines = linesOf(code(targets.map((target, i) => jump(i, target))));
      const arrows = arrowsOf(lines);
      for (const a of arrows) {
        assert.ok(a.lane < LANES);
        for (const b of arrows) {
          if (a === b || a.lane !== b.lane || a.lane === LANES - 1) continue;
          assert.ok(
            Math.max(a.from, a.to) < Math.min(b.from, b.to) ||
              Math.max(b.from, b.to) < Math.min(a.from, a.to),
          );
        }
      }
    }),
  );
});

test('questions go round, and one that was asked is known by its bytes', () => {
  assert.deepEqual(
    [nextQuestion(3, null, 1), nextQuestion(3, 2, 1), nextQuestion(3, 0, -1), nextQuestion(0, null, 1)],
    [0, 0, 2, null],
  );
  const asked = {
    kind: 'question',
    by: 'Ada',
    ranges: [{ offset: 4, length: 2 }],
  } as unknown as AnnotationRow;
  assert.ok(isAsked({ offset: 4, length: 2 }, [asked], 'Ada'));
  assert.ok(!isAsked({ offset: 4, length: 2 }, [asked], 'Ben'));
  assert.ok(!isAsked({ offset: 4, length: 1 }, [asked], 'Ada'));
});

test('an instruction is said in full', () => {
  const jump = row(16, 2, { mnemonic: 'je', operands: '0x40', kind: 'conditional', target: 64, line: 7 });
  assert.equal(spoken(jump, 'next', []), 'next, 0x10, je 0x40, to 0x40, line 7, unexplained');
  const data = row(4, 4, { kind: 'data', mnemonic: '.word', operands: '0x1', readBy: 0, reached: false });
  assert.equal(spoken(data, undefined, ['a number']), '0x4, data 90909090 0x1, read by 0x0, a number');
});
