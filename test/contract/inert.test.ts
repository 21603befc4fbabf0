import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inertLines, inertPieces, inertText } from '../../main/contract/inert.ts';

test('characters that act become visible codes', () => {
  const cases: [string, string][] = [
    ['plain name-1.0.tar', 'plain name-1.0.tar'],
    ['a\u001b[2Jb', 'a⟦ESC⟧[2Jb'],
    ['a\nb', 'a⟦0A⟧b'],
    ['report\u202egpj.exe', 'report⟦U+202E⟧gpj.exe'],
    [' both ends ', '⟦SP⟧both ends⟦SP⟧'],
    ['zero\u200bwidth', 'zero⟦U+200B⟧width'],
    ['tag\u{e0041}', 'tag⟦U+E0041⟧'],
    ['private\ue000', 'private⟦U+E000⟧'],
    ['nb\u00a0sp', 'nb⟦U+00A0⟧sp'],
    ['lone\ud800', 'lone⟦U+D800⟧'],
    ['vs\ufe0f', 'vs⟦U+FE0F⟧'],
    ['Marković, 東京', 'Marković, 東京'],
  ];
  for (const [raw, shown] of cases) assert.equal(inertText(raw), shown);
});

test('blanks at the ends of a name are shown; those of a line only indent it', () => {
  const boxed = (isLine: boolean) => inertPieces(' a ', isLine).filter(piece => piece.boxed).length;
  assert.deepEqual([boxed(false), boxed(true)], [2, 0]);
  assert.equal(inertPieces(' \u202ea', true).filter(piece => piece.boxed).length, 1);
});

test('a base carries two combining marks, not a tower', () => {
  assert.equal(inertText('e\u0301\u0302\u0303\u0304'), 'e\u0301\u0302⟦U+0303⟧⟦U+0304⟧');
});

test('nothing that is shown acts, whatever comes in; what is harmless is left alone', () => {
  const acts = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.doesNotMatch(inertText(text), acts);
      assert.doesNotMatch(inertLines(text).replaceAll('\n', ''), acts);
      assert.equal(
        inertPieces(text).every(piece => piece.text !== ''),
        true,
      );
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9._/-]*$/), text => assert.equal(inertText(text), text)),
  );
});

test('lines keep their breaks and indentation', () => {
  assert.equal(inertLines('Proved\n  = a\u001bb\n'), 'Proved\n  = a⟦ESC⟧b\n');
});
