import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AssayError, canonicalJson } from '../../../../main/engine/base/index.ts';
import { isTreePath, planSchema, startPath } from '../../../../main/engine/chain/index.ts';
import { withCode } from '../../../support/errors.ts';
import { argvOf, type Bundle, programs, type Runner, readScripts } from './reading.ts';

test('a script that runs itself stops', () => {
  assert.throws(() => readScripts('kaem-0', './kaem-0 start\n'), withCode('kaem.too-deep'));
  assert.throws(() => readScripts('kaem', './kaem -f start\n'), withCode('kaem.too-deep'));
  assert.throws(() => readScripts('kaem', 'exec ./kaem -f start\n'), withCode('kaem.too-deep'));
});

test('scripts that run each other many times stop', () => {
  const bundle: Bundle = { start: './kaem-0 s0\n' };
  for (let i = 0; i < 30; i += 1) bundle[`s${i}`] = `./kaem-0 s${i + 1}\n`.repeat(10);
  bundle.s30 = './a\n';
  assert.throws(() => readScripts('kaem-0', bundle), withCode('kaem.too-large'));
});

test('scripts that only cost time stop, too', () => {
  const bundle: Bundle = { start: './kaem -f s0\n' };
  for (let i = 0; i < 8; i += 1) bundle[`s${i}`] = `./kaem -f s${i + 1}\n`.repeat(30);
  bundle.s8 = `#${'x'.repeat(1 << 16)}\n`;
  assert.throws(() => readScripts('kaem', bundle), withCode('kaem.too-large'));
  const value = 'x'.repeat(4000);
  const expanding = `x=${value}\n${`echo${' ${x}'.repeat(500)}\n`.repeat(200)}`;
  assert.throws(() => readScripts('kaem', expanding), withCode('kaem.too-large'));
});

test('a plan whose environments are too large stops', () => {
  const variables = Array.from({ length: 400 }, (_, i) => `v${i}=${'x'.repeat(4000)}\n`).join('');
  assert.throws(() => readScripts('kaem', `${variables}${'./a\n'.repeat(200)}`), withCode('kaem.too-large'));
});

test('more variables than kaem can hand on stop', () => {
  const variables = Array.from({ length: 511 }, (_, i) => `v${i}=\n`).join('');
  assert.throws(() => readScripts('kaem', `${variables}./a\n`), withCode('kaem.too-many-variables'));
});

test('a script that is too large is not read', () => {
  assert.throws(
    () => readScripts('kaem', Buffer.alloc((4 << 20) + 1, '\n')),
    withCode('kaem.script-too-large'),
  );
});

test('one huge line, and one of huge words, stop', () => {
  for (const runner of ['kaem', 'kaem-0'] as const) {
    assert.throws(() => readScripts(runner, `${'x'.repeat(1 << 20)}\n`), withCode('kaem.too-long'));
    assert.throws(() => readScripts(runner, `./a${' x'.repeat(1 << 20)}\n`), withCode('kaem.too-many-words'));
    assert.throws(() => readScripts(runner, `"${'x'.repeat(1 << 20)}`), withCode('kaem.too-long'));
  }
});

test('paths never leave the tree', () => {
  const [step] = programs(readScripts('kaem', 'cd ../../..\n../../../bin/../a\n'));
  assert.deepEqual([step?.cwd, step?.program, step?.argv], ['/', 'a', ['../../../bin/../a']]);
  const [other] = programs(readScripts('kaem-0', '../../etc/passwd\n'));
  assert.equal(other?.program, 'etc/passwd');
});

const WORD = fc.stringMatching(/^[a-z./%+,_-]{1,12}$/).filter(word => word !== '..');

test('words that are quoted and separated in any way come out as they went in', () => {
  const blank = fc.constantFrom(' ', '\t', '  ', ' \\\n ', '\t\\\n\t');
  const line = fc.array(fc.tuple(blank, WORD, fc.boolean()), { maxLength: 8 });
  const script = fc.array(line, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(script, fc.constantFrom<Runner>('kaem', 'kaem-0'), (lines, runner) => {
      const text = lines.map(
        words => `./p${words.map(([gap, word, quoted]) => gap + (quoted ? `"${word}"` : word)).join('')}\n`,
      );
      const plan = readScripts(runner, text.join(''));
      assert.deepEqual(
        argvOf(plan),
        lines.map(words => ['./p', ...words.map(([, word]) => word)]),
      );
      assert.deepEqual(plan.notes, []);
    }),
  );
});

const PIECES = [
  './p ',
  './p',
  'a',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n',
  ';',
  '"',
  '#',
  '\\',
  '\\\n',
  '$',
  '${x}',
  '${',
  '}',
  ':-',
  '$@',
  '=',
  'x=',
  ' " " ',
  'alias b="./p  c"\n',
  'b',
  'cd d\n',
  'cd ..\n',
  'if ',
  'if x=\n',
  'if match a b\n',
  'else\n',
  'fi\n',
  'then\n',
  'echo ',
  'set -e\n',
  'unset x\n',
  'exec ',
  './kaem -f two\n',
  './kaem-0 two\n',
  'PATH=/b\n',
  '\0',
  'é',
  '..',
  '/',
  '%',
];

test('any script gives a plan that is valid, or one error with its place, and the same each time', () => {
  const script = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map(pieces => Buffer.from(pieces.join(''))),
    fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(script, script, fc.constantFrom<Runner>('kaem', 'kaem-0'), (start, two, runner) => {
      const result = attempt(runner, { start, two });
      assert.equal(attempt(runner, { start, two }), result);
    }),
    { numRuns: 1500 },
  );
});

/** A plan as canonical JSON, or the code and place of an error. */
function attempt(runner: Runner, bundle: Bundle): string {
  try {
    const plan = readScripts(runner, bundle, { x: 'y' });
    assert.deepEqual(planSchema.parse(plan), plan);
    for (const step of programs(plan)) assert.ok(startPath(step) !== null && isTreePath(step.program));
    assert.equal(new Set(plan.steps.map(step => step.id)).size, plan.steps.length);
    return canonicalJson(plan);
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error));
    assert.match(error.code, /^kaem\./);
    assert.ok(error.where?.file !== undefined && error.where.line !== undefined, error.code);
    return `${error.code} ${JSON.stringify(error.where)}`;
  }
}
