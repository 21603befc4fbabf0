import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { inertPieces, inertText } from '../../../../main/contract/inert.ts';
import { shellWord } from '../../../../main/engine/base/index.ts';
import { bare, html } from '../../../../main/engine/report/page/html.ts';
import { cssString } from '../../../../main/engine/report/page/style.ts';
import { ARGV_LIMIT, argumentList, evidence, prose } from '../../../../main/engine/report/page/text.ts';
import { all, hasClass, parsePage, textOf } from './parse.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
/** Text with a high share of what could break out. */
const sharpText = fc
  .array(
    fc.constantFrom('<', '>', '&', '"', "'", '/', ' ', '\n', '\u202e', '\ud800', 'a', '&lt;', '<!--', ']]>'),
  )
  .map(parts => parts.join(''));

const shownText = (text: string) =>
  inertPieces(text)
    .map(piece => piece.text)
    .join('');

test('text put into a template comes back from the page as it was, with codes for what acts', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, sharpText), text => {
      const page = parsePage(html`<p class="${text}">${text}</p>`.markup);
      const [paragraph] = page.children;
      assert.ok(paragraph && typeof paragraph === 'object');
      assert.equal(textOf(paragraph), shownText(text));
      assert.equal(paragraph.attributes.get('class'), inertText(text));
      const boxes = all(page, hasClass('cc')).map(textOf);
      assert.deepEqual(
        boxes,
        inertPieces(text)
          .filter(piece => piece.boxed)
          .map(piece => piece.text),
      );
      assert.equal(textOf(parsePage(bare(text).markup)), inertText(text));
    }),
  );
});

test('paths may break after a slash and still hold the same text', () => {
  fc.assert(
    fc.property(sharpText, text => {
      assert.equal(textOf(parsePage(evidence(text).markup)), shownText(text));
    }),
  );
  assert.match(evidence('a/b\u202e/c').markup, /a\/<wbr>b<span class="cc">U\+202E<\/span>\/<wbr>c/);
});

test('what a template has made is not escaped again', () => {
  const inner = html`<b>${'<'}</b>`;
  assert.equal(html`<i>${inner}${[inner, inner]}${1}</i>`.markup, `<i>${'<b>&lt;</b>'.repeat(3)}1</i>`);
});

test('long text is cut at its end between characters, with its length', () => {
  const long = `${'a'.repeat(1023)}\u{1f600}tail`;
  const text = textOf(parsePage(evidence(long).markup));
  assert.equal(text, `${'a'.repeat(1023)}… cut, 1,029 characters in all`);
  assert.equal(textOf(parsePage(prose('a'.repeat(2000)).markup)).length, 2000);
});

test('an argument list is cut once, with the length of all of it', () => {
  const whole = textOf(parsePage(argumentList(['a', 'b c', '']).markup));
  assert.equal(whole, "a 'b c' ''");
  const words = Array.from({ length: 5000 }, () => 'x'.repeat(99));
  const text = textOf(parsePage(argumentList(words).markup));
  const shown = words.join(' ').slice(0, ARGV_LIMIT);
  // The cut falls behind a blank, which must not look like a blank at the end of the whole.
  assert.equal(text, `${shown.trimEnd()}… cut, 499,999 characters in all`);
});

test('a shell reads a word back as it was', () => {
  const words = [
    'plain',
    "o'key",
    '',
    ' two  blanks ',
    '$(id)',
    '`id`',
    'a\nb',
    '*',
    '-I',
    '"',
    '\\',
    'é;&|<>',
  ];
  const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`]);
  assert.deepEqual(stdout.toString().split('\0').slice(0, -1), words);
});

test('no text can end a string of the style', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, sharpText), text => {
      const string = cssString(text);
      assert.match(string, /^"(?:[A-Za-z0-9 .,:-]|\\[0-9a-f]{1,6} )*"$/);
      const read = string
        .slice(1, -1)
        .replace(/\\([0-9a-f]+) /g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)));
      assert.equal(read, inertText(text));
    }),
  );
});

test('a name that mixes look-alike scripts is flagged', () => {
  assert.match(textOf(parsePage(evidence('p\u0430ypal').markup)), /mixed scripts/);
  assert.doesNotMatch(textOf(parsePage(evidence('\u0440\u0430\u043f').markup)), /mixed scripts/);
});
