import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AssayError } from '../../../../main/engine/base/index.ts';
import { argvOf, notesOf, programs, readScripts } from './reading.ts';

const read = (script: string | Buffer) => readScripts('kaem-0', script);

/** What the minimal kaem makes of a script: arguments of each program, and what is noticed. */
const SCRIPTS: [what: string, script: string, argv: string[][], notes: [string, number][]][] = [
  ['one command a line', './a\n./b\n', [['./a'], ['./b']], []],
  ['blanks and tabs separate', ' ./a \t b  c \n', [['./a', 'b', 'c']], []],
  ['empty lines and comments', '\n# x y\n  # z\n./a\n', [['./a']], []],
  ['a comment in a word ends the line', './a b#c d\n', [['./a', 'b']], []],
  ['a string is raw', './a "b #c\\ ${d};"\n', [['./a', 'b #c\\ ${d};']], []],
  ['a string spans lines', './a "b\nc" d\n./e\n', [['./a', 'b\nc', 'd'], ['./e']], []],
  ['a string ends its word', './a b"c d"e f\n', [['./a', 'bc d', 'e', 'f']], []],
  ['an empty string is no argument', './a "" b\n', [['./a', 'b']], [['kaem.dropped-word', 1]]],
  [
    'a backslash ends a word and drops a byte',
    './a b\\cd e\n',
    [['./a', 'b', 'd', 'e']],
    [['kaem.dropped-text', 1]],
  ],
  ['a backslash continues a line', './a b \\\n\tc\\\n d\n', [['./a', 'b', 'c', 'd']], []],
  [
    'no variables, no semicolon, no built-ins',
    './a $x ${x};\n./cd x\n',
    [
      ['./a', '$x', '${x};'],
      ['./cd', 'x'],
    ],
    [],
  ],
  ['a last line without an end is not run', './a\n./b c', [['./a']], [['kaem.unfinished-line', 2]]],
  ['names are UTF-8', './é "ü"\n', [['./é', 'ü']], []],
];

for (const [what, script, argv, notes] of SCRIPTS) {
  test(`minimal: ${what}`, () => {
    const plan = read(script);
    assert.deepEqual(argvOf(plan), argv);
    assert.deepEqual(notesOf(plan), notes);
  });
}

test('minimal: a step has the line of its first word, the root as its folder, and the environment of the kit', () => {
  const plan = readScripts('kaem-0', '# one\n\n \\\n ./a \\\n b\n"./c"\n', { B: 'b', A: 'a' });
  assert.deepEqual(
    programs(plan).map(step => [step.origin, step.id, step.cwd, step.program, step.environment]),
    [
      [
        { file: 'start', line: 4 },
        'start-4',
        '/',
        'a',
        [
          ['B', 'b'],
          ['A', 'a'],
        ],
      ],
      [
        { file: 'start', line: 6 },
        'start-6',
        '/',
        'c',
        [
          ['B', 'b'],
          ['A', 'a'],
        ],
      ],
    ],
  );
});

/** Scripts that cannot be a plan, the code and the line. */
const BAD: [what: string, script: string | Buffer, code: string, line: number][] = [
  ['a string without an end', './a\n./b "c\nd\n', 'kaem.unterminated-string', 2],
  ['a comment without an end', './a\n# b', 'kaem.unterminated-comment', 2],
  ['a NUL byte', './a\n./b \0\n', 'kaem.nul', 2],
  ['the byte that seeds take for the end', Buffer.from('./a\n# \xfc\n', 'latin1'), 'kaem.end-byte', 2],
  ['a word that is no UTF-8', Buffer.from('./a\n./b \xe9\n', 'latin1'), 'kaem.not-utf8', 2],
  ['a program outside the tree', './a\n/ b\n', 'kaem.bad-path', 2],
  ['a program that containers would search for', './a\nb\n', 'kaem.program-name', 2],
  ['a word that is too long', `./a\n./b ${'x'.repeat(4096)}\n`, 'kaem.too-long', 2],
  ['a string that is too long', `./a\n./b "${'x'.repeat(5000)}"\n`, 'kaem.too-long', 2],
  ['too many words', `./a\n./b${' x'.repeat(255)}\n`, 'kaem.too-many-words', 2],
  ['a kaem without a script', './a\n./kaem-0\n', 'kaem.no-script', 2],
];

for (const [what, script, code, line] of BAD) {
  test(`minimal: ${what} stops with its line`, () => {
    assert.throws(
      () => read(script),
      (error: unknown) => {
        assert.ok(error instanceof AssayError, String(error));
        assert.deepEqual([error.kind, error.code, error.where], ['input', code, { file: 'start', line }]);
        return true;
      },
    );
  });
}

test('minimal: the longest word and the most words that fit are taken', () => {
  const long = 'x'.repeat(4095);
  assert.deepEqual(argvOf(read(`./a ${long}\n`)), [['./a', long]]);
  assert.equal(argvOf(read(`./a${' x'.repeat(254)}\n`))[0]?.length, 255);
});
