import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AssayError } from '../../../../main/engine/base/index.ts';
import { parseKit, planSchema, startPath } from '../../../../main/engine/chain/index.ts';
import { withCode } from '../../../support/errors.ts';
import { argvOf, kaemKit, notesOf, programs, readScripts } from './reading.ts';

test('scripts that run scripts are read in their place, each in the language of its kaem', () => {
  const plan = readScripts('kaem-0', {
    start: './a\n./kaem-0 ./one\n./kaem --file none\n./kaem --verbose -f d/two\n./z\n',
    one: './b ${x}\n',
    'd/two': 'x=1\ncd d\n./c ${x}\n/kaem -f three\n./d\n',
    'd/three': 'echo\n./e ${x}\nexec /kaem --strict --file /last\n./f\n',
    last: './g\n',
  });
  assert.deepEqual(argvOf(plan), [
    ['./a'],
    ['./b', '${x}'],
    ['./kaem', '--file', 'none'],
    ['./c', '1'],
    ['./e', '1'],
    ['./g'],
    ['./d'],
    ['./z'],
  ]);
});

test('a script that the bundle does not have is run by its kaem, as a step', () => {
  const plan = readScripts('kaem', { start: './kaem-0 made\n./kaem -f made\n./kaem --version\n' });
  assert.deepEqual(argvOf(plan), [
    ['./kaem-0', 'made'],
    ['./kaem', '-f', 'made'],
    ['./kaem', '--version'],
  ]);
});

test('a plan says which files it was read from, where each step stands, and that steps declare nothing', () => {
  const plan = readScripts('kaem-0', {
    start: './kaem-0 s/one\n./kaem-0 s/one\n./kaem -f s/two\n',
    's/one': '\n./a\n',
    's/two': './b; ./b\n',
  });
  assert.deepEqual(plan.description, ['start', 's/one', 's/two']);
  assert.equal(plan.declares, false);
  assert.deepEqual(
    plan.stages.map(stage => stage.id),
    ['s/one', 's/two'],
  );
  assert.match(plan.stages[1]?.title ?? '', /s\/two.* kaem$/);
  assert.deepEqual(
    programs(plan).map(step => [step.number, step.id, step.stage, step.origin]),
    [
      [1, 'one-2', 's/one', { file: 's/one', line: 2 }],
      [2, 'one-2.2', 's/one', { file: 's/one', line: 2 }],
      [3, 'two-1', 's/two', { file: 's/two', line: 1 }],
      [4, 'two-1.2', 's/two', { file: 's/two', line: 1 }],
    ],
  );
  assert.deepEqual(planSchema.parse(JSON.parse(JSON.stringify(plan))), plan);
});

test('what a script changes stays in it', () => {
  const plan = readScripts(
    'kaem',
    {
      start: 'x=1\n./kaem -f one\n./a\nc\n',
      one: 'x=2\ncd d\nalias c=./b\nc\n',
    },
    { PATH: '/bin' },
  );
  assert.deepEqual(
    programs(plan).map(({ argv, cwd, environment }) => [argv[0], cwd, environment.at(-1)]),
    [
      ['./b', '/d', ['x', '2']],
      ['./a', '/', ['x', '1']],
      ['c', '/', ['x', '1']],
    ],
  );
});

test('a kaem hands on its environment, unless it is told to forget it', () => {
  const env = (script: string) =>
    programs(readScripts('kaem', { start: `x=1\n${script}\n`, one: './a\n' }))[0]?.environment;
  assert.deepEqual(env('./kaem -f one'), [
    ['SHELL', '/kaem'],
    ['x', '1'],
  ]);
  assert.deepEqual(env('./kaem --init-mode -f one'), [['SHELL', './kaem']]);
});

test('$@ is all that follows --, that included', () => {
  const plan = readScripts('kaem', { start: './kaem -f one -- a b\n./kaem -f one\n', one: './p x$@y\n' });
  assert.deepEqual(argvOf(plan), [
    ['./p', '-- a by'],
    ['./p', 'y'],
  ]);
  assert.deepEqual(notesOf(plan), [['kaem.dropped-text', 1]]);
});

test('the kaem of a script that may fail gives its last program the same freedom, others none', () => {
  const plan = readScripts('kaem', {
    start: './kaem --non-strict -f one\n',
    one: './kaem -f two\n',
    two: './a\nexec ./b\n',
  });
  assert.deepEqual(
    programs(plan).map(step => step.expectedStatus),
    [0, null],
  );
});

test('a first script that is not there, and a kit that contradicts itself', () => {
  assert.throws(() => readScripts('kaem', { other: '' }), withCode('kaem.no-script'));
  const text = kaemKit('kaem').bytes.toString();
  const kit = (from: string, to: string) => () => parseKit(Buffer.from(text.replace(from, to)), 'kit.toml');
  assert.throws(kit('runner = "kaem"', 'runner = "sh"'), withCode('kit.invalid'));
  assert.throws(kit('path = "kaem"', 'path = "kaem-0"'), withCode('kit.invalid'));
  assert.throws(kit('entry = "start"', 'entry = "../start"'), withCode('kit.invalid'));
  assert.throws(kit('entry = "start"', ''), withCode('kit.invalid'));
});

test('every step is started by a path that leads to its program', () => {
  const step = {
    argv: ['a'],
    program: 'x/a',
    cwd: '/d',
    environment: [['PATH', ':/y:../x:/x']] as [string, string][],
  };
  assert.equal(startPath(step), '../x/a');
  assert.equal(startPath({ ...step, environment: [] }), null);
  assert.equal(startPath({ ...step, argv: ['../x/./a'] }), '../x/./a');
  assert.equal(startPath({ ...step, argv: ['x/a'] }), null);
  assert.equal(startPath({ ...step, argv: [] }), null);
});

test('links are no scripts, and errors are in the script that has them', () => {
  assert.throws(
    () => readScripts('kaem-0', { start: './kaem-0 one\n', one: '\n\n./a "\n' }),
    (error: unknown) => error instanceof AssayError && error.where?.file === 'one' && error.where.line === 3,
  );
});
