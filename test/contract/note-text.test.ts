import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NOTE_LIMITS, type NoteBlock, type NoteBlocks, noteBlocks } from '../../main/contract/note-text.ts';

/** The whole text of some blocks, in order. */
function textOf(blocks: NoteBlocks): string {
  return blocks.map(blockText).join('\n');
}

function blockText(block: NoteBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.lines.map(line => line.map(({ text }) => text).join('')).join('\n');
    case 'code':
      return `${block.info}\n${block.text}`;
    case 'list':
      return block.items.map(textOf).join('\n');
    case 'quote':
      return textOf(block.blocks);
  }
}

function depthOf(blocks: NoteBlocks): number {
  const depths = blocks.map(block => {
    if (block.kind === 'quote') return 1 + depthOf(block.blocks);
    return block.kind === 'list' ? 1 + Math.max(0, ...block.items.map(depthOf)) : 0;
  });
  return Math.max(0, ...depths);
}

const plain = { strong: false, emphasis: false, code: false };

test('paragraphs, styles, code and lists become blocks', () => {
  assert.deepEqual(noteBlocks('See *this*, **that** and `e_entry`\nnext line\n\nanother'), [
    {
      kind: 'paragraph',
      lines: [
        [
          { text: 'See ', ...plain },
          { text: 'this', ...plain, emphasis: true },
          { text: ', ', ...plain },
          { text: 'that', ...plain, strong: true },
          { text: ' and ', ...plain },
          { text: 'e_entry', ...plain, code: true },
        ],
        [{ text: 'next line', ...plain }],
      ],
    },
    { kind: 'paragraph', lines: [[{ text: 'another', ...plain }]] },
  ]);
  assert.deepEqual(noteBlocks('```hex first\n7f 45\n```\n\n3. a\n4. b\n   - c'), [
    { kind: 'code', info: 'hex first', text: '7f 45' },
    {
      kind: 'list',
      start: 3,
      items: [
        [{ kind: 'paragraph', lines: [[{ text: 'a', ...plain }]] }],
        [
          { kind: 'paragraph', lines: [[{ text: 'b', ...plain }]] },
          {
            kind: 'list',
            start: null,
            items: [[{ kind: 'paragraph', lines: [[{ text: 'c', ...plain }]] }]],
          },
        ],
      ],
    },
  ]);
});

test('a heading is a strong paragraph; a quotation keeps its blocks', () => {
  assert.deepEqual(noteBlocks('# Why'), [
    { kind: 'paragraph', lines: [[{ text: 'Why', ...plain, strong: true }]] },
  ]);
  assert.deepEqual(noteBlocks('> said'), [
    { kind: 'quote', blocks: [{ kind: 'paragraph', lines: [[{ text: 'said', ...plain }]] }] },
  ]);
});

test('links, images, HTML and definitions stand there as they were typed', () => {
  for (const typed of [
    '[the manual](https://example.org/x "t")',
    '![picture](file:///etc/passwd)',
    '<https://example.org>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x]: https://example.org',
    '---',
    'text with <b>html</b> inside',
    '<!-- hidden words -->',
  ])
    assert.equal(textOf(noteBlocks(typed)), typed);
  assert.equal(textOf(noteBlocks('[a][x]\n\n[x]: y')), '[a][x]\n[x]: y');
});

test('nothing that was typed is swallowed: what would show nothing is shown as it was typed', () => {
  assert.deepEqual(noteBlocks(''), []);
  for (const typed of ['   ', '>', '- ', '``` \n```', '#', '\t\n', '\u0000', '\ufeffa', '&#32;'])
    assert.equal(textOf(noteBlocks(typed)), typed.replaceAll('\r', ''));
});

/** What people and enemies type: pieces of Markdown in any order. */
const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '**',
        '_',
        '`',
        '```',
        '> ',
        '- ',
        '1. ',
        '# ',
        '[',
        '](',
        ')',
        '![',
        '<',
        '>',
        '\n',
      ),
      fc.constantFrom('\n\n', '    ', '\t', '\\', '<!--', '-->', ': ', '---', '~~~', 'word', 'e_ident', ' '),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map(pieces => pieces.join(''));

test('whatever is typed, every word of it is shown, in order, and no deeper than the limit', () => {
  fc.assert(
    fc.property(markdown, typed => {
      const blocks = noteBlocks(typed);
      assert.ok(depthOf(blocks) <= NOTE_LIMITS.depth);
      if (typed.trim() !== '') assert.notEqual(textOf(blocks).trim(), '');
      if (typed.includes('&')) return;
      let shown = textOf(blocks);
      for (const word of typed.match(/[A-Za-z]+/g) ?? []) {
        const at = shown.indexOf(word);
        assert.ok(at >= 0, `'${word}' of ${JSON.stringify(typed)} is gone`);
        shown = shown.slice(at + word.length);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what is built to be slow or deep is shown as it was typed', () => {
  for (const piece of ['>', '> - ', '1. ', '[', '*a ', '*a_b', '`', '![', '<a ']) {
    const typed = piece.repeat(10_000).slice(0, NOTE_LIMITS.characters);
    assert.deepEqual(noteBlocks(typed), [{ kind: 'paragraph', lines: [[{ text: typed, ...plain }]] }], piece);
  }
  const long = '*a* '.repeat(NOTE_LIMITS.characters);
  assert.equal(textOf(noteBlocks(long)), long);
  const stairs = Array.from({ length: 40 }, (_, i) => `${'  '.repeat(i)}- step${i}.`).join('\n');
  assert.equal(depthOf(noteBlocks(stairs)), NOTE_LIMITS.depth);
  const shown = textOf(noteBlocks(stairs));
  for (let i = 0; i < 40; i += 1) assert.ok(shown.includes(`step${i}.`));
});

test('a line of dashes is no deep list', () => {
  assert.deepEqual(
    noteBlocks(`*a*\n\n${'- '.repeat(50)}`).map(({ kind }) => kind),
    ['paragraph', 'paragraph'],
  );
  assert.equal(noteBlocks(`*a*\n\n${'-'.repeat(50)}`).length, 2);
});
