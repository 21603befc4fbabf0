import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noteText } from '../../../../main/engine/report/page/note.ts';
import { all, parsePage, textOf } from './parse.ts';

const tagsOf = (note: string) => all(parsePage(noteText(note).markup), () => true).map(({ tag }) => tag);

test('a note is printed with its styles, lists and code', () => {
  const note = 'See **this** and `x`\nthen\n\n- one\n\n7. seven\n\n```\n  7f 45\n```\n\n> quoted';
  const page = parsePage(noteText(note).markup);
  const one = (name: string) => all(page, ({ tag }) => tag === name).map(textOf);
  assert.deepEqual(one('strong'), ['this']);
  assert.deepEqual(one('code'), ['x']);
  assert.deepEqual(one('ul'), ['one\n\n']);
  assert.deepEqual(one('pre'), ['  7f 45']);
  assert.deepEqual(one('blockquote'), ['quoted\n']);
  assert.equal(one('p')[0], 'See this and xthen');
  assert.equal(all(page, ({ tag }) => tag === 'ol')[0]?.attributes.get('start'), '7');
});

test('no note makes a link, an image, a script or any tag but those of text', () => {
  const known = ['p', 'bdi', 'span', 'strong', 'em', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'br'];
  const sharp = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '[a](javascript:x)',
          '![a](b)',
          '<a href=x>',
          '<script>',
          '</p>',
          '&lt;',
          '"',
          '\u202e',
        ),
        fc.constantFrom('*', '`', '\n', '- ', '> ', '```\n', 'word', ' ', '\ud800'),
      ),
    )
    .map(parts => parts.join(''));
  fc.assert(
    fc.property(sharp, note => {
      for (const name of tagsOf(note))
        assert.ok(known.includes(name), `${name} from ${JSON.stringify(note)}`);
    }),
  );
});
