import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf } from '../../renderer/finders/address.ts';
import { bytes, counted, duration, remaining } from '../../renderer/parts/format.ts';
import { mixedScripts } from '../../renderer/parts/scripts.ts';

test('sizes and times are told in as many digits as tell them apart', () => {
  assert.deepEqual([0, 229, 999, 1000, 9_082_880, 1_369_000_000].map(bytes), [
    '0 B',
    '229 B',
    '999 B',
    '1 kB',
    '9.08 MB',
    '1.37 GB',
  ]);
  assert.deepEqual([0.31, 42, 200, 3900].map(duration), ['0.3 s', '42 s', '3 min 20 s', '1 h 05 min']);
  assert.deepEqual([0.2, 28.4, 150, 7000].map(remaining), [
    '1 s left',
    '29 s left',
    '3 min left',
    '1 h 57 min left',
  ]);
  assert.deepEqual([counted(1, 'file'), counted(1110, 'file')], ['1 file', '1,110 files']);
});

test('an address is read as it is written, and nothing else is one', () => {
  assert.deepEqual(['0x89', '89h', '137', ' 0xFF '].map(addressOf), [137, 137, 137, 255]);
  for (const other of ['', 'ff', '0x', '-1', '1e3', 'begin']) assert.equal(addressOf(other), null, other);
});

test('a word that mixes alphabets is flagged, words of different alphabets are not', () => {
  assert.deepEqual(mixedScripts('hex0-s\u0435ed'), ['Latin', 'Cyrillic']);
  assert.deepEqual(mixedScripts('readme \u043f\u0440\u0438\u043c\u0435\u0440.txt'), []);
  assert.deepEqual(mixedScripts('Ines Marković'), []);
});
