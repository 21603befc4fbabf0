import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { AssayError } from '../../../main/engine/base/index.ts';
import {
  embeddedKits,
  isTreePath,
  KITS_FOLDER,
  loadKit,
  parseKit,
  readExpectations,
  readSha256Sums,
  readSteps,
} from '../../../main/engine/chain/index.ts';
import { withCode } from '../../support/errors.ts';
import { kitOf, NO_FILES, SMALL_KIT } from '../../support/kits.ts';

test('the steps reader gives a plan in which each step knows its line', () => {
  const plan = readSteps(kitOf(SMALL_KIT));
  const lines = SMALL_KIT.split('\n');
  for (const step of plan.steps) assert.equal(lines[step.origin.line], `id = "${step.id}"`);
  assert.deepEqual(
    plan.steps.map(step => [step.number, step.action]),
    [
      [1, 'mkdir'],
      [2, 'run'],
    ],
  );
  assert.deepEqual(plan.steps[1], {
    number: 2,
    id: 'run',
    stage: 'one',
    title: 'Run',
    origin: { file: 'kit.toml', line: 31 },
    action: 'run',
    argv: ['seed/seed', 'bin/a'],
    program: 'seed/seed',
    cwd: '/',
    environment: [],
    inputs: [],
    outputs: ['bin/a'],
    timeoutSeconds: 3600,
    expectedStatus: 0,
  });
});

test('a program is found from the working folder of its step', () => {
  const text = SMALL_KIT.replace('argv = ["seed/seed", "bin/a"]', 'argv = ["../seed/seed"]\ncwd = "bin"');
  const step = readSteps(kitOf(text)).steps[1];
  assert.equal(step?.action === 'run' && step.program, 'seed/seed');
  assert.equal(step?.action === 'run' && step.cwd, '/bin');
});

/** Something wrong in a kit, the code of the error, and the line it names (0: any). */
const BAD_KITS: [what: string, from: string, to: string, code: string, line: number][] = [
  ['not TOML', 'format = 1', 'format = ', 'kit.syntax', 1],
  ['an unknown key', 'title = "Small"', 'title = "Small"\ncolour = "red"', 'kit.invalid', 0],
  ['a format of the future', 'format = 1', 'format = 2', 'kit.invalid', 0],
  ['a seed outside the tree', '"seed/seed"\nsize', '"../seed"\nsize', 'kit.invalid', 10],
  ['an absolute seed path', '"seed/seed"\nsize', '"/bin/sh"\nsize', 'kit.invalid', 10],
  ['an upper-case hash', 'a'.repeat(64), 'A'.repeat(64), 'kit.invalid', 10],
  [
    'a stage that is not there',
    'stage = "one"\ntitle = "Run"',
    'stage = "two"\ntitle = "Run"',
    'kit.invalid',
    31,
  ],
  ['a step twice', 'id = "run"', 'id = "make-bin"', 'kit.invalid', 31],
  ['a folder outside the tree', 'path = "bin"', 'path = "bin/../.."', 'kit.invalid', 24],
  ['no argv', 'argv = ["seed/seed", "bin/a"]', 'argv = []', 'kit.invalid', 31],
  ['a source without a syntax', 'size = 4', 'size = 4\nsource = "a"', 'kit.invalid', 10],
  [
    'a template past the end',
    'size = 4',
    'size = 4\ntemplate = [{ offset = 2, length = 3, label = "x" }]',
    'kit.invalid',
    10,
  ],
  [
    'a further range of a template past the end',
    'size = 4',
    'size = 4\ntemplate = [{ offset = 0, length = 1, label = "x", also = [{ offset = 3, length = 2 }] }]',
    'kit.invalid',
    10,
  ],
  [
    'ranges of a template that overlap',
    'size = 4',
    'size = 4\ntemplate = [{ offset = 1, length = 2, label = "x", also = [{ offset = 0, length = 2 }] }]',
    'kit.invalid',
    10,
  ],
  [
    'a further range that expects too little',
    'size = 4',
    'size = 4\ntemplate = [{ offset = 0, length = 1, label = "x", also = [{ offset = 2, length = 2, expect = "0?" }] }]',
    'kit.invalid',
    10,
  ],
  [
    'expected bytes that are none',
    'size = 4',
    'size = 4\ntemplate = [{ offset = 0, length = 1, label = "x", expect = "0*" }]',
    'kit.invalid',
    0,
  ],
];

test('kits that name the same seed say the same of its bytes', () => {
  const known = new Map<string, string>();
  for (const id of embeddedKits()) {
    for (const { sha256, template } of loadKit(id).description.seed) {
      const words = JSON.stringify(template);
      assert.equal(words, known.get(sha256) ?? words, `${id}, ${sha256}`);
      known.set(sha256, words);
    }
  }
  assert.ok(known.size < embeddedKits().length * 2);
});

for (const [what, from, to, code, line] of BAD_KITS) {
  test(`a kit with ${what} is refused`, () => {
    assert.ok(SMALL_KIT.includes(from));
    assert.throws(
      () => parseKit(Buffer.from(SMALL_KIT.replace(from, to)), 'kit.toml'),
      error => withCode(code)(error) && (line === 0 || (error as AssayError).where?.line === line),
    );
  });
}

for (const argv0 of ['sh', '..', './', '/']) {
  test(`a step cannot run ${argv0}`, () => {
    const kit = kitOf(SMALL_KIT.replace('"seed/seed", "bin/a"', `"${argv0}"`));
    assert.throws(() => readSteps(kit), withCode('plan.bad-step'));
  });
}

test('a program named with too many parents is the one under the root, as in the container', () => {
  const step = readSteps(kitOf(SMALL_KIT.replace('"seed/seed", "bin/a"', '"/../../bin/sh"'))).steps[1];
  assert.equal(step?.action === 'run' && step.program, 'bin/sh');
});

test('an unknown kit is an error that names the kits there are', () => {
  assert.throws(() => loadKit('no-such-kit'), withCode('kit.unknown'));
});

test('published hashes are read with their line, from the kit and from sha256sum files', () => {
  const hash = 'c'.repeat(64);
  const bytes = Buffer.from(`# answers\n\n${hash.toUpperCase()} *./bin/b\n${hash}  bin/with  blanks\r\n`);
  assert.deepEqual(readExpectations(kitOf(SMALL_KIT), [{ path: 'x.sha256', bytes }], NO_FILES), [
    {
      path: 'bin/a',
      sha256: 'b'.repeat(64),
      size: null,
      source: 'kit',
      origin: { file: 'kit.toml', line: 38 },
    },
    { path: 'bin/b', sha256: hash, size: null, source: 'bundle', origin: { file: 'x.sha256', line: 3 } },
    {
      path: 'bin/with  blanks',
      sha256: hash,
      size: null,
      source: 'bundle',
      origin: { file: 'x.sha256', line: 4 },
    },
  ]);
});

test('a line that is not of sha256sum is refused, and so is a name outside the tree', () => {
  for (const line of [
    `${'c'.repeat(63)}  a`,
    `${'c'.repeat(64)} a`,
    `${'c'.repeat(64)}  ../a`,
    `${'c'.repeat(64)}  `,
    'SHA256 (a) = 00',
  ]) {
    assert.throws(
      () => readSha256Sums({ path: 'x', bytes: Buffer.from(line) }),
      withCode('published.bad-line'),
      line,
    );
  }
});

test('a tree path stays in the tree however it is written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '..', '.', '', 'b\0', 'é'), { minLength: 1, maxLength: 6 }),
      parts => {
        const good = parts.every(part => part === 'a' || part === 'é');
        assert.equal(isTreePath(parts.join('/')), good);
      },
    ),
  );
});

test('whatever a kit file holds, reading it ends in a kit or an error that Assay means', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(SMALL_KIT.length), (noise, at) => {
      try {
        parseKit(Buffer.from(SMALL_KIT.slice(0, at) + noise + SMALL_KIT.slice(at)), 'kit.toml');
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});

test('an expectation names one hash, of a form that is known', () => {
  const kit = (lines: string) => `${SMALL_KIT}\n[[expectation]]\npath = "bin/b"\n${lines}\n`;
  const base32 = '19h94i8qrs8snqrlg1w13yhdwqa7aa070r5mb0i0a3aihvv0la24';
  const read = kitOf(kit(`nar-sha256 = "${base32}"`));
  const [, second] = readExpectations(read, [], NO_FILES);
  assert.deepEqual(second, {
    ...{ path: 'bin/b', form: 'nar', size: null, source: 'kit', origin: { file: 'kit.toml', line: 42 } },
    sha256: '44280af686510d052258b5647080524761dea01f81874733b61ae98c512409a6',
  });
  for (const lines of [
    '',
    `sha256 = "${'a'.repeat(64)}"\nnar-sha256 = "${base32}"`,
    `nar-sha256 = "${base32}"\nsize = 4`,
    `nar-sha256 = "${base32.slice(1)}"`,
    `nar-sha256 = "sha1-${base32}"`,
  ]) {
    assert.throws(() => kitOf(kit(lines)), withCode('kit.invalid'), lines);
  }
});

test('the README of every kit whose bundle has to be fetched names its seeds by hash, and the command', () => {
  for (const id of embeddedKits()) {
    const { description, bundleFolder } = loadKit(id);
    const file = join(KITS_FOLDER, id, 'README.md');
    assert.ok(existsSync(file), id);
    if (bundleFolder !== null) continue;
    const text = readFileSync(file, 'utf8');
    for (const { sha256, name } of description.seed) assert.ok(text.includes(sha256), `${id}: ${name}`);
    assert.ok(text.includes(`assay audit --kit ${id} --bundle `), id);
  }
});
