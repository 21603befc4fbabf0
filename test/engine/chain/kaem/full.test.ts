import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AssayError } from '../../../../main/engine/base/index.ts';
import { argvOf, type Bundle, LINK, notesOf, programs, readScripts } from './reading.ts';

const read = (script: string | Buffer | Bundle, environment?: Record<string, string>) =>
  readScripts('kaem', script, environment);

/** What the full kaem makes of a script: arguments of each program, and what is noticed. */
const SCRIPTS: [what: string, script: string, argv: string[][], notes: [string, number][]][] = [
  ['lines, semicolons, blanks', './a b;./c\n\t./d  e\n', [['./a', 'b'], ['./c'], ['./d', 'e']], []],
  ['comments', '# x\n./a b #c\n./d#e f\n', [['./a', 'b'], ['./d']], []],
  ['escapes', './a \\n\\r\\\\\\"\\;\\q\n', [['./a', '\n\r\\";q']], []],
  ['escapes in strings', './a "\\n\\"; #"\n', [['./a', '\n"; #']], []],
  ['a string ends its word', './a b"c d"e\n', [['./a', 'bc d', 'e']], []],
  [
    'literal to kaem',
    "./a 'b c' | > * ~ $@$@ ` ( )\n",
    [['./a', "'b", "c'", '|', '>', '*', '~', '', '`', '(', ')']],
    [],
  ],
  ['continuation', './a \\\n\tb \\\n c\n', [['./a', 'b', 'c']], []],
  [
    'a word right after a continuation is lost',
    './a \\\nb\n./c\n',
    [['./a'], ['./c']],
    [['kaem.dropped-text', 1]],
  ],
  ['a word across a continuation is cut', './a b\\\nc d\n', [['./a', 'b', 'd']], [['kaem.dropped-text', 1]]],
  [
    'what is lost shows up behind a shorter word',
    './a \\\nxyz b\n',
    [['./a', 'bxyz']],
    [['kaem.dropped-text', 1]],
  ],
  ['two blanks at the end', './a  \n./b \n', [['./b']], [['kaem.dropped-line', 1]]],
  ['a string and a blank at the end', './a "b" \n./c "d"\n', [['./c', 'd']], [['kaem.dropped-line', 1]]],
  [
    'two blanks before a comment or a semicolon',
    './a  #\n./b  ;./c\n',
    [['./c']],
    [
      ['kaem.dropped-line', 1],
      ['kaem.dropped-line', 2],
    ],
  ],
  [
    'an empty string at the end',
    './a ""\n',
    [],
    [
      ['kaem.dropped-word', 1],
      ['kaem.dropped-line', 1],
    ],
  ],
  ['an empty string before other words', './a "" b\n', [['./a', 'b']], [['kaem.dropped-word', 1]]],
  ['a single blank is no argument', 'x=" "\n./a ${x} b\n', [['./a', 'b']], [['kaem.dropped-word', 2]]],
  ['a last line without an end', './a\n./b', [['./a']], [['kaem.unfinished-line', 2]]],
  ['variables', 'x=1\ny="a ${x}"\n./a ${x}${y} -${z}- ${z:-q}${x:-q}\n', [['./a', '1a 1', '--', 'q1']], []],
  ['no splitting, and an empty argument', 'x="a b"\ny=\n./a ${x} ${y}\n', [['./a', 'a b', '']], []],
  ['a default is looked for in the whole word', './a ${x}:-b}\n', [['./a', 'b']], []],
  ['a name ends at its backslash', 'x=1\n./a "${x\\\\y}"\n', [['./a', '1']], []],
  [
    'what follows an assignment is ignored',
    'x=1 ./a\n./b ${x}\n',
    [['./b', '1']],
    [['kaem.dropped-words', 1]],
  ],
  ['any word with = assigns', './x=1\n./a ${./x}\n', [['./a', '1']], []],
  ['aliases at any place', 'alias c="./a -f"\nc c\n', [['./a', '-f', './a', '-f']], []],
  [
    'variables of an alias are those of its definition',
    'x=1\nalias c="./a ${x}"\nx=2\nc\n',
    [['./a', '1']],
    [],
  ],
  ['blanks of an alias make empty arguments', 'alias c="./a  b "\nc\n', [['./a', '', 'b', '']], []],
  ['escapes of an alias', 'alias c="./a \\\\\\"b\\\\ c"\nc\n', [['./a', '"b c']], []],
  ['an alias stays as long as the script', 'alias c=./a\nalias c=./b\nalias c\nalias\nc\n', [['./b']], []],
  ['what prints runs nothing', 'echo a b\necho\npwd\nset -aex\n./a\n', [['./a']], []],
  ['unset', 'x=1\ny=2\nunset x y z\n./a ${x}${y}\n', [['./a', '']], []],
  [
    'the first variable cannot be unset',
    'unset SHELL\n./a ${SHELL}\n',
    [['./a', '/kaem']],
    [['kaem.not-unset', 1]],
  ],
  ['nothing comes after exec', './a\nexec ./b c\n./d\n', [['./a'], ['./b', 'c']], []],
  [
    'words after then and fi are ignored',
    'if x=1\nthen ./a\nfi ./b\n./c\n',
    [['./c']],
    [
      ['kaem.dropped-words', 2],
      ['kaem.dropped-words', 3],
    ],
  ],
  ['words after else are ignored', 'if x=1\nelse ./a\nfi\n./b\n', [['./b']], [['kaem.dropped-words', 2]]],
];

for (const [what, script, argv, notes] of SCRIPTS) {
  test(`full: ${what}`, () => {
    const plan = read(script);
    assert.deepEqual(argvOf(plan), argv);
    assert.deepEqual(notesOf(plan), notes);
  });
}

test('full: SHELL comes first, assignments change in place or are added, all are handed on', () => {
  const steps = programs(read('./a\nB=c\nZ=z\nSHELL=s\nunset A\n./b\n', { A: 'a', B: 'b' }));
  assert.deepEqual(steps[0]?.environment, [
    ['SHELL', '/kaem'],
    ['A', 'a'],
    ['B', 'b'],
  ]);
  assert.deepEqual(steps[1]?.environment, [
    ['SHELL', 's'],
    ['B', 'c'],
    ['Z', 'z'],
  ]);
  const [own] = programs(read('./a\n', { A: 'a', SHELL: 'x' }));
  assert.deepEqual(own?.environment, [
    ['A', 'a'],
    ['SHELL', 'x'],
  ]);
});

test('full: cd changes the folder of later steps, and programs are found from there', () => {
  const steps = programs(read('cd d/e\n./a\ncd ../../..\n./b\ncd /x\n../c\n'));
  assert.deepEqual(
    steps.map(step => [step.cwd, step.program]),
    [
      ['/d/e', 'd/e/a'],
      ['/', 'b'],
      ['/x', 'c'],
    ],
  );
});

test('full: names are searched in PATH, and run under the name alone', () => {
  const steps = programs(read('PATH=../bin\ncd d\na b\n/c\n.d/e\n'));
  assert.deepEqual(
    steps.map(step => [step.argv, step.program]),
    [
      [['a', 'b'], 'bin/a'],
      [['/c'], 'c'],
      [['.d/e'], 'd/.d/e'],
    ],
  );
});

test('full: an empty folder at the end of PATH is none, and one elsewhere is the root', () => {
  assert.equal(programs(read('PATH=/x:\na\n'))[0]?.program, 'x/a');
  assert.throws(() => read('PATH=\na\n'), hasCode('kaem.stops', 2));
  assert.throws(() => read({ start: 'PATH=:/x\na\n', a: '' }), hasCode('kaem.program-name', 2));
});

test('full: of several folders in PATH only the first is certain', () => {
  const path = { PATH: '/x:/y' };
  assert.deepEqual(programs(read({ start: 'a\n', 'x/a': '' }, path))[0]?.program, 'x/a');
  assert.throws(() => read({ start: 'a\n', 'y/a': '' }, path), hasCode('kaem.uncertain', 1));
  assert.throws(() => read({ start: 'a\n', 'x/a': LINK }, path), hasCode('kaem.uncertain', 1));
  assert.throws(() => read('a\n'), hasCode('kaem.uncertain', 1));
});

const MATCH = { PATH: '/bin' };

test('full: the outcome of match is foretold, and its step must have it', () => {
  const script = 'x=1\nif match ${x} 1; then\n./a\nelse\n./b\nfi\nif match ${x} 2\n./c\nelse\n./d\nfi\n';
  assert.deepEqual(
    programs(read(script, MATCH)).map(step => [step.argv.join(' '), step.program, step.expectedStatus]),
    [
      ['match 1 1', 'bin/match', 0],
      ['./a', 'a', 0],
      ['match 1 2', 'bin/match', 1],
      ['./d', 'd', 0],
    ],
  );
  assert.equal(programs(read('if match 1\nfi\n', MATCH))[0]?.expectedStatus, 2);
});

test('full: the fi of an inner if ends the outer one', () => {
  const script = 'if match a a\nif match a b\n./a\nfi\n./b\nelse\n./c\nfi\n./d\n';
  const plan = read(script, MATCH);
  assert.deepEqual(
    argvOf(plan).map(argv => argv[0]),
    ['match', 'match', './b', './c', './d'],
  );
  assert.deepEqual(notesOf(plan), [['kaem.inner-fi', 4]]);
});

test('full: what is skipped is still expanded, and its else and fi count', () => {
  assert.deepEqual(argvOf(read('if match a b\nif ./x\nelse\n./a\nfi\n./b\n', MATCH)).slice(1), [
    ['./a'],
    ['./b'],
  ]);
  assert.throws(() => read('if match a b\n./a $x\nfi\n', MATCH), hasCode('kaem.bad-variable', 2));
  assert.deepEqual(argvOf(read('if match a b\n./a\nfi  \n./b\n', MATCH)).slice(1), [['./b']]);
  assert.deepEqual(argvOf(read('if match a b\n./a\nelse  \n./b\nfi\n', MATCH)).slice(1), []);
  assert.deepEqual(argvOf(read('if x=\necho fi\n./a\ncd fi\n./b\n')), [['./a'], ['./b']]);
});

test('full: without --strict no status matters, until set -e', () => {
  const steps = programs(read({ start: '/kaem --non-strict -f b\n', b: './a\nset -e\n./b\n' }));
  assert.deepEqual(
    steps.map(step => step.expectedStatus),
    [null, 0],
  );
});

/** Scripts that cannot be a plan, the code and the line. */
const BAD: [what: string, script: string | Buffer, code: string, line: number][] = [
  ['a bare variable', './a\n./b $x\n', 'kaem.bad-variable', 2],
  ['a command in $( )', './a\n./b $(x)\n', 'kaem.bad-variable', 2],
  ['a variable without an end', './a\n./b ${x\n', 'kaem.bad-variable', 2],
  ['a default without an end', './a\n./b ${x}:-y\n', 'kaem.bad-variable', 2],
  ['a variable without a name', './a\n=x\n', 'kaem.unnamed-variable', 2],
  ['a string without an end', './a\n./b "c\n\n', 'kaem.unterminated-string', 2],
  ['a comment without an end', './a\n#b', 'kaem.unterminated-comment', 2],
  ['an if without an end', 'if x=1\n./a\n', 'kaem.unterminated-if', 2],
  ['a condition that must be run', './a\nif ./b\nfi\n', 'kaem.unpredictable', 2],
  ['exec as a condition', 'if exec /match a b\nfi\n', 'kaem.unpredictable', 1],
  ['a line that is nothing but a blank', './a\n" "\n', 'kaem.stops', 2],
  ['a continuation of nothing', './a\n\\\n\n', 'kaem.stops', 2],
  ['if, exec and an empty name', './a\n${x}\n', 'kaem.stops', 2],
  ['if without a condition', './a\nif\n', 'kaem.stops', 2],
  ['exec without a program', './a\nexec\n', 'kaem.stops', 2],
  ['cd without a folder', './a\ncd\n', 'kaem.stops', 2],
  ['cd to a file', './a\ncd start\n', 'kaem.stops', 2],
  ['set without options', './a\nset\n', 'kaem.stops', 2],
  ['an unknown option of set', './a\nset -u\n', 'kaem.stops', 2],
  ['an alias for nothing', './a\nalias x=\n', 'kaem.stops', 2],
  ['a NUL byte', './a\n\0\n', 'kaem.nul', 2],
  ['a word that is no UTF-8', Buffer.from('./a\n./b \xff\n', 'latin1'), 'kaem.not-utf8', 2],
  ['a line feed escaped in a string', './a\n./b "c\\\nd"\n', 'kaem.not-utf8', 2],
  ['a value that is too long', `x=${'x'.repeat(2100)}\n./b \${x}\${x}\n`, 'kaem.too-long', 2],
  ['a word that is too long', `./a\n${'x'.repeat(4096)}\n`, 'kaem.too-long', 2],
  ['too many words', `./a\n./b${' x'.repeat(511)}\n`, 'kaem.too-many-words', 2],
  ['a name with a slash that PATH leads elsewhere', 'PATH=/x\na/b\n', 'kaem.program-name', 2],
  ['a name that begins with a dot and has no slash', './a\n.b\n', 'kaem.program-name', 2],
  ['an option that kaem lacks', './a\n./kaem --file start -q\n', 'kaem.bad-option', 2],
  ['a kaem that runs nothing', './a\n./kaem --fuzz --file start\n', 'kaem.bad-option', 2],
];

for (const [what, script, code, line] of BAD) {
  test(`full: ${what} stops with its line`, () => assert.throws(() => read(script), hasCode(code, line)));
}

test('full: cd through a link stops', () => {
  assert.throws(() => read({ start: './a\ncd l/x\n', l: LINK }), hasCode('kaem.link', 2));
});

test('full: whether a folder is there matters only when the script would go on without it', () => {
  const script = '/kaem --non-strict -f b\n';
  assert.throws(() => read({ start: script, b: 'cd d\n./a\n' }), hasCode('kaem.uncertain', 1));
  assert.equal(programs(read({ start: script, b: 'cd d\n./a\n', d: null }))[0]?.cwd, '/d');
});

function hasCode(code: string, line: number) {
  return (error: unknown) => {
    assert.ok(error instanceof AssayError, String(error));
    assert.deepEqual([error.code, error.where?.line], [code, line], error.message);
    return true;
  };
}
