import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeWidth } from '../../../../renderer/pages/seed/code-width.ts';
import { placesText, rangesText } from '../../../../renderer/pages/seed/seed-words.ts';

const ranges = [
  { offset: 0x78, length: 8 },
  { offset: 0x90, length: 1 },
];

test('a list names the first range and counts the others; a tooltip has all', () => {
  assert.equal(rangesText({ ranges: ranges.slice(1) }), '0x90 · 1 B');
  assert.equal(rangesText({ ranges }), '0x78–0x7F +1 · 9 B');
  assert.equal(placesText({ ranges }), '0x78–0x7F, 0x90');
  const many = Array.from({ length: 1002 }, (_, i) => ({ offset: 2 * i, length: 1 }));
  assert.match(placesText({ ranges: many }), /^0x0, 0x2, .*, 0x26 and 982 more$/);
});

test('instructions have what sixteen bytes and their text leave, within limits', () => {
  assert.equal(codeWidth(1024), 432);
  assert.equal(codeWidth(1280), 344);
  assert.equal(codeWidth(1440), 432);
  assert.equal(codeWidth(1600), 592);
  assert.equal(codeWidth(2560), 720);
  assert.equal(codeWidth(1440, 8), 400);
});
