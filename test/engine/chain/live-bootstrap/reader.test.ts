import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AssayError } from '../../../../main/engine/base/index.ts';
import {
  type Expectation,
  type Plan,
  planSchema,
  readExpectations,
  readPins,
  readPlan,
  type Step,
  unaidedPlan,
} from '../../../../main/engine/chain/index.ts';
import { programs } from '../kaem/reading.ts';
import { filesOf, GENERATED, kitFrom, MANIFEST, sha, smallToml, smallTree, type Tree } from './small-tree.ts';

type Setting = Parameters<typeof smallToml>[1];
const TOOLBOX = Buffer.from('\x7fELF');

function read(change: Tree = {}, setting: Setting = {}): { plan: Plan; expectations: Expectation[] } {
  const kit = kitFrom(smallToml(TOOLBOX, setting));
  const files = filesOf(smallTree(change));
  return { plan: readPlan(kit, files), expectations: readExpectations(kit, [], files) };
}

const commands = (plan: Plan) => programs(plan).map(step => step.argv.join(' '));
const ends = (plan: Plan) =>
  plan.notes
    .filter(note => note.code.startsWith('live-bootstrap.'))
    .map(note => [note.code, note.origin.line]);

function refuses(change: Tree, code: string, line?: number, setting: Setting = {}): void {
  assert.throws(
    () => read(change, setting),
    (error: unknown) => {
      assert.ok(error instanceof AssayError, String(error));
      assert.equal(error.code, code, error.message);
      if (line !== undefined) assert.equal(error.where?.line, line);
      return true;
    },
  );
}

test('the workstation lays out what upstream’s Python would, and says for each file where it is asked for', () => {
  const { plan } = read();
  const layout = plan.steps.filter(step => step.action !== 'run');
  assert.deepEqual(
    layout.map(step => [
      step.action,
      'from' in step ? step.from : '',
      'to' in step ? step.to : 'path' in step ? step.path : '',
      step.origin.file,
    ]),
    [
      ['copy', 'seed/stage0', 'target', 'kit.toml'],
      ['copy', 'seed/after.kaem', 'target/after.kaem', 'kit.toml'],
      ['copy', 'seed/seed.kaem', 'target/seed.kaem', 'kit.toml'],
      ['copy', 'generated', 'target/generated', 'kit.toml'],
      ['copy', 'steps', 'target/steps', 'kit.toml'],
      ['mkdir', '', 'target/external/distfiles', 'kit.toml'],
      [
        'copy',
        'distfiles/early-1.0.tar',
        'target/external/distfiles/early-1.0.tar',
        'steps/early-1.0/sources',
      ],
      ['copy', 'distfiles/two', 'target/external/distfiles/two', 'steps/early-2.0/sources'],
      [
        'copy',
        'distfiles/late-2.0.tar.gz',
        'target/external/distfiles/late-2.0.tar.gz',
        'steps/late-2.0/sources',
      ],
      ['write', '', 'target/steps/bootstrap.cfg', 'kit.toml'],
    ],
  );
  assert.equal(
    layout.length,
    plan.steps.findIndex(step => step.action === 'run'),
    'before the first program',
  );
  assert.deepEqual(planSchema.parse(JSON.parse(JSON.stringify(plan))), plan);
});

test('the kaem phase is stepped command by command through scripts that the chain only makes', () => {
  const { plan } = read();
  const steps = programs(plan);
  assert.deepEqual(
    commands(plan).slice(6, 30),
    [
      'catm seed-full.kaem /steps/bootstrap.cfg /steps/env seed.kaem',
      'mkdir /usr /usr/bin /external/repo',
      ...['kaem', 'catm', 'mkdir', 'cp', 'match', 'sha256sum'].map(
        name => `cp /x86/bin/${name} /usr/bin/${name}`,
      ),
      'cp /toolbox /script-generator',
      './script-generator /steps/manifest',
      'cp /external/distfiles/early-1.0.tar /usr/bin/early',
      'match xFalse xTrue',
      'sha256sum -c early-1.0.x86.checksums',
      'cp /external/distfiles/two /usr/bin/early',
      'catm /tidy /steps/env',
      'cp /toolbox /usr/bin/bash',
      ...commands(plan).slice(22, 28),
    ].slice(0, 24),
  );
  const at = (command: string) => steps.find(step => step.argv.join(' ') === command) ?? assert.fail(command);
  assert.deepEqual(at('mkdir /usr /usr/bin /external/repo').origin, { file: 'seed/seed.kaem', line: 2 });
  assert.equal(at('mkdir /usr /usr/bin /external/repo').program, 'target/x86/bin/mkdir');
  const early = at('sha256sum -c early-1.0.x86.checksums');
  assert.deepEqual(
    [early.program, early.root, early.cwd, early.origin.file],
    ['target/usr/bin/sha256sum', 'target', '/steps/early-1.0', 'steps/early-1.0/pass1.kaem'],
  );
  assert.deepEqual(Object.fromEntries(early.environment).pkg, 'early-1.0');
});

test('each later directive is one step of a bash of its own, without what was unset', () => {
  const { plan } = read();
  const shells = programs(plan).filter(step => step.program === 'target/usr/bin/bash');
  assert.deepEqual(
    shells.map(step => [
      step.title,
      step.stage,
      step.origin.line,
      'PREFIX' in Object.fromEntries(step.environment),
    ]),
    [
      ['. /steps/improve/forget.sh', 'steps/1.sh', 8, true],
      ['build late-1.0 pass1.sh', 'steps/1.sh', 10, false],
      ['build late-1.0 pass2.sh', 'steps/1.sh', 11, false],
      ['uninstall late-1.0 /usr/bin/old', 'steps/1.sh', 12, false],
      ['build bash-2.0 pass1.sh', 'steps/1.sh', 15, false],
      ['build late-2.0 pass1.sh', 'steps/2.sh', 16, false],
    ],
  );
  assert.equal(
    Object.fromEntries(shells[1]?.environment ?? []).ARCH,
    'x86',
    'an indented line is not followed',
  );
  assert.deepEqual(shells[1]?.argv, [
    'bash',
    '-c',
    `${GENERATED['steps/1.sh']?.split('\n').slice(1, 6).join('\n')}\nbuild late-1.0 pass1.sh\n`,
  ]);
});

test('published hashes are expected after the step that should meet them, scripts as they were derived', () => {
  const { plan, expectations } = read();
  const byNumber = new Map(plan.steps.map(step => [step.number, step]));
  const titles = expectations.map(({ path, sha256, source, after }) => {
    const step = byNumber.get(after ?? 0) ?? assert.fail(path);
    return [path.replace('target/', ''), sha256, source, step.title];
  });
  assert.deepEqual(
    titles.filter(([, , source]) => source === 'bundle'),
    [
      ['usr/bin/early', sha('early one'), 'bundle', 'sha256sum -c early-1.0.x86.checksums'],
      ['usr/bin/early', sha('early two'), 'bundle', 'cp /external/distfiles/two /usr/bin/early'],
      ['external/repo/late-1.0_0.tar.bz2', sha('late-1.0 pass1\n'), 'bundle', 'build late-1.0 pass1.sh'],
      ['external/repo/late-1.0_1.tar.bz2', sha('late-1.0 pass2\n'), 'bundle', 'build late-1.0 pass2.sh'],
      ['external/repo/bash-2.0_0.tar.bz2', sha('bash-2.0 pass1\n'), 'bundle', 'build bash-2.0 pass1.sh'],
      ['external/repo/late-2.0_0.tar.bz2', sha('late-2.0 pass1\n'), 'bundle', 'build late-2.0 pass1.sh'],
    ],
  );
  assert.deepEqual(
    Object.fromEntries(
      titles
        .filter(([, , , title]) => title === './script-generator /steps/manifest')
        .map(([path, hash]) => [path, hash]),
    ),
    Object.fromEntries(Object.entries(GENERATED).map(([path, text]) => [path, sha(text)])),
  );
});

test('where upstream would write hashes anew instead of checking them, they are expected all the same', () => {
  const { plan, expectations } = read({}, { configuration: { UPDATE_CHECKSUMS: 'True' } });
  assert.ok(commands(plan).includes('sha256sum -o early-1.0.x86.checksums /usr/bin/early'));
  assert.deepEqual(
    expectations.filter(each => each.path === 'target/usr/bin/early').map(each => each.sha256),
    [sha('early one'), sha('early two')],
  );
});

test('a copy of a file with a published hash is to have that hash', () => {
  const list = `${sha('tool')}  x86/bin/cp\n`;
  const script = String(smallTree()['seed/stage0/kaem.x86']).replace(
    './x86/bin/kaem --file',
    './x86/bin/sha256sum -c answers\n./x86/bin/kaem --file',
  );
  const { expectations } = read({ 'seed/stage0/answers': list, 'seed/stage0/kaem.x86': script });
  assert.deepEqual(
    expectations
      .filter(each => each.sha256 === sha('tool'))
      .map(each => [each.path, each.source, each.origin.file]),
    [
      ['target/x86/bin/cp', 'bundle', 'seed/stage0/answers'],
      ['target/usr/bin/cp', 'derived', 'seed/seed.kaem'],
    ],
  );
});

test('the plan goes as far as source archives are there, and says which is the first that is not', () => {
  const tree = smallTree();
  const { 'distfiles/two': _, ...rest } = tree;
  const kit = kitFrom(smallToml(TOOLBOX));
  const plan = readPlan(kit, filesOf(rest));
  assert.deepEqual(ends(plan), [['live-bootstrap.missing-distfile', 4]]);
  assert.match(
    plan.notes[0]?.message ?? '',
    new RegExp(`early-2.0.*two, sha256 ${sha('early two')}, from https://example.org/git~v2`),
  );
  assert.equal(commands(plan).at(-1), 'sha256sum -c early-1.0.x86.checksums');
  const script = readExpectations(kit, [], filesOf(rest)).find(each => each.path === 'target/steps/0.sh');
  assert.equal(
    script?.sha256,
    sha(GENERATED['steps/0.sh'] ?? ''),
    'the whole script is foreseen, not what is read of it',
  );
  assert.throws(() => unaidedPlan(kit, plan), { code: 'plan.no-unaided' });
});

test('a kit may name the package to end with', () => {
  const until = (name: string) => read({}, { plan: `until = "${name}"` }).plan;
  assert.deepEqual(ends(until('early-2.0')), [['live-bootstrap.until', 4]]);
  assert.equal(commands(until('early-2.0')).at(-1), 'cp /external/distfiles/two /usr/bin/early');
  assert.equal(commands(until('bash-1.0')).at(-1), 'cp /toolbox /usr/bin/bash');
  assert.equal(until('late-1.0').steps.at(-1)?.title, 'build late-1.0 pass1.sh');
  assert.equal(until('late-1.0 pass2').steps.at(-1)?.title, 'build late-1.0 pass2.sh');
  refuses({}, 'live-bootstrap.until', undefined, { plan: 'until = "never-1.0"' });
});

test('a jump that is taken ends the plan', () => {
  const { plan } = read({
    'steps/manifest': MANIFEST.replace('improve: tidy', 'jump: linux ( CHROOT == True )'),
  });
  assert.deepEqual(ends(plan), [['live-bootstrap.jump', 6]]);
  assert.equal(commands(plan).at(-1), 'cp /external/distfiles/two /usr/bin/early');
});

test('published hashes that nothing meets, and packages that nobody published a hash for, are noted', () => {
  const sums = String(smallTree()['steps/SHA256SUMS.pkgs']).replace(/^.*late-2.0_0.*\n/m, '');
  assert.deepEqual(ends(read({ 'steps/SHA256SUMS.pkgs': sums }).plan), [
    ['live-bootstrap.new-shell', 2],
    ['live-bootstrap.no-hash', 16],
    ['live-bootstrap.stale-hash', 2],
  ]);
});

test('source archives are pinned, each once, whatever the bundle holds of them', () => {
  const tree = smallTree();
  for (const path of Object.keys(tree)) if (path.startsWith('distfiles/')) delete tree[path];
  assert.deepEqual(
    readPins(kitFrom(smallToml(TOOLBOX)), filesOf(tree)).map(({ path, sha256, origin }) => [
      path,
      sha256,
      origin,
    ]),
    [
      ['distfiles/early-1.0.tar', sha('early one'), { file: 'steps/early-1.0/sources', line: 1 }],
      ['distfiles/two', sha('early two'), { file: 'steps/early-2.0/sources', line: 1 }],
      ['distfiles/late-2.0.tar.gz', sha('late'), { file: 'steps/late-2.0/sources', line: 1 }],
    ],
  );
});

test('a script generator that runs again goes on from the variables that it wrote, and must write the same', () => {
  const again = 'set -ex\n/script-generator /steps/manifest\n';
  const { plan, expectations } = read({ 'steps/improve/tidy.sh': again });
  const runs = plan.steps.filter(step => step.title.endsWith('script-generator /steps/manifest'));
  assert.deepEqual(
    runs.map(run => expectations.filter(each => each.after === run.number).length),
    [5, 5],
  );
  const manifest = MANIFEST.replace(
    'build: early-1.0',
    'define: TWICE = yes ( ONCE == yes )\ndefine: ONCE = yes\nbuild: early-1.0',
  );
  refuses({ 'steps/improve/tidy.sh': again, 'steps/manifest': manifest }, 'live-bootstrap.script-changed');
});

test('driven by itself, the chain begins from the same layout', () => {
  const { plan } = read();
  const alone = unaidedPlan(kitFrom(smallToml(TOOLBOX)), plan);
  const [last, ...before] = alone.steps.toReversed();
  assert.ok(last?.action === 'run' && before.every(step => step.action !== 'run'));
  assert.deepEqual(
    [last.argv, last.program, last.root],
    [['/kaem-seed', 'kaem.x86'], 'target/kaem-seed', 'target'],
  );
  assert.equal(last.number, alone.steps.length);
});

test('what the manifest may not say stops the reader with file and line', () => {
  const manifest = (line: string) => ({ 'steps/manifest': `# first\n${line}\n` });
  for (const line of [
    'build:',
    'make: early-1.0',
    'build: early-1.0  ( A == B )',
    ' build: early-1.0',
    'build:\tearly-1.0',
    'build: early-1.0\r',
    'build: ../early-1.0',
    'build: /early',
    'build: a/b',
    'build: $(x)',
    'improve: ../../x',
    'build: early-1.0 ( A == B',
    'build: early-1.0 A == B',
    'build: early-1.0 ( A = B )',
    'build: early-1.0 ( A == B | C == D )',
    'build: early-1.0 ( A == B || )',
    'build: early-1.0 ( ( A == B ) )',
    'build: early-1.0 ( A == B ) more',
    'build: early-1.0 more',
    'define: A',
    'define: A 1',
    'define: 1 = 1',
    'define: A = ( B == C ) D',
    'uninstall: a;b',
    'uninstall: ../a',
    `build: ${'x'.repeat(64)}`,
  ])
    refuses(manifest(line), 'live-bootstrap.manifest', 2);
  refuses({ 'steps/manifest': 'build: early-1.0\n'.repeat(20_000) }, 'live-bootstrap.manifest', 10_001);
  assert.throws(() => read({ 'steps/manifest': 'build: early-1.0\n'.repeat(1_000_000) }), /larger than/);
  refuses(manifest('build: nothing-1.0'), 'live-bootstrap.no-script', 2);
  refuses(manifest('improve: nothing'), 'live-bootstrap.no-script', 2);
});

test('predicates mean what they mean upstream', () => {
  const built = (predicate: string) => {
    const { plan } = read({ 'steps/manifest': `build: early-1.0 ( ${predicate} )\n` });
    return commands(plan).some(command => command.includes('early-1.0.tar'));
  };
  for (const [predicate, holds] of [
    ['True', true],
    ['ARCH', false],
    ['ARCH == x86', true],
    ['ARCH != x86', false],
    ['NOBODY != x', true],
    ['ARCH == no || CHROOT == True', true],
    ['ARCH == no && CHROOT == True || CHROOT == True', false],
    ['ARCH == x86 && CHROOT == no || CHROOT == True', true],
    ['ARCH == x86 && True', true],
  ] as const)
    assert.equal(built(predicate), holds, predicate);
});

test('lists of sources: with and without a letter, mirrors, what is no line', () => {
  const hash = sha('early one');
  const sources = (text: string) => ({ 'steps/early-1.0/sources': text });
  const names = (text: string) =>
    readPins(kitFrom(smallToml(TOOLBOX)), filesOf(smallTree(sources(text))))
      .filter(pin => pin.origin.file === 'steps/early-1.0/sources')
      .map(pin => pin.path);
  for (const text of [
    `f https://example.org/a.tar ${hash}`,
    `https://example.org/a.tar ${hash}\n`,
    `https://example.org/other ${hash} a.tar\n\n`,
    `git https://example.org/r~1 https://example.org/a.tar ${hash}`,
    `git://example.org/r~1 https://example.org/a.tar ${hash}`,
    `git://example.org/r~1 _ ${hash} a.tar`,
    `f http://one.org/a.tar ${hash}\nf http://two.org/a.tar ${hash}\n`,
  ])
    assert.deepEqual(names(text), ['distfiles/a.tar'], text);
  for (const [text, line] of [
    [`f https://example.org/a.tar ${hash.slice(1)}`, 1],
    [`x https://example.org/a.tar ${hash}`, 1],
    [`g https://example.org/r~1 _ ${hash}`, 1],
    [`f https://example.org/ ${hash}`, 1],
    [`f https://example.org/a ${hash} ../a`, 1],
    [`f https://example.org/a ${hash} ..`, 1],
    [`f https://example.org/a ${hash} a b`, 1],
    [`f http://one.org/a.tar ${hash}\nf http://two.org/a.tar ${sha('x')}`, 2],
  ] as const)
    refuses(sources(text), 'live-bootstrap.sources', line);
});

test('two packages that mean different files by one name are refused', () => {
  refuses(
    { 'steps/late-1.0/sources': `f https://example.org/two ${sha('other')}\n` },
    'live-bootstrap.sources',
    1,
  );
});

test('what would ask a person, what is not there, and scripts without end are refused', () => {
  refuses({}, 'live-bootstrap.interactive', undefined, { configuration: { INTERACTIVE: 'True' } });
  refuses({}, 'live-bootstrap.interactive', undefined, { configuration: { CONFIGURATOR: 'True' } });
  refuses({ target: null }, 'live-bootstrap.place');
  const { generated: _, ...rest } = smallTree();
  assert.throws(() => readPlan(kitFrom(smallToml(TOOLBOX)), filesOf(rest)), { code: 'live-bootstrap.place' });
  refuses({ 'steps/early-1.0/pass1.kaem': 'kaem --file pass1.kaem\n' }, 'kaem.too-deep', 1);
  refuses({ 'steps/SHA256SUMS.pkgs': 'nonsense\n' }, 'published.bad-line', 1);
  refuses({ 'steps/early-1.0/pass1.kaem': 'unknown\n' }, 'kaem.uncertain', 1);
});

test('a script that is put together from itself is not followed, but run by its kaem', () => {
  const seed = String(smallTree()['seed/seed.kaem']);
  const { plan } = read({
    'seed/seed.kaem': seed.replace(
      './script-generator',
      'catm /a /steps/env\ncatm /a /a /a\nkaem --file /a\n./script-generator',
    ),
  });
  assert.ok(commands(plan).includes('kaem --file /a'));
});

test('little that asks for much is refused', () => {
  const jumps = 'jump: linux ( True )\n'.repeat(2000);
  const env = `${smallTree()['steps/env']}#${'x'.repeat(60_000)}\n`;
  refuses({ 'steps/manifest': jumps, 'steps/env': env }, 'live-bootstrap.too-large');
  const list = `${sha('x')}  /usr/bin/early\n`.repeat(2000);
  const check = 'sha256sum -c early-1.0.x86.checksums\n'.repeat(2000);
  refuses(
    { 'steps/early-1.0/early-1.0.x86.checksums': list, 'steps/early-1.0/pass1.kaem': check },
    'live-bootstrap.too-large',
  );
  const many = 'build: late-1.0\n'.repeat(9000);
  const { plan } = read({ 'steps/manifest': `build: bash-1.0\n${many}`, 'steps/late-1.0/sources': '' });
  assert.equal(plan.steps.at(-1)?.title, 'build late-1.0 pass9000.sh');
});

test('whatever a manifest says, it gives a plan or an error with its line', () => {
  const word = fc.constantFrom(
    'build:',
    'improve:',
    'define:',
    'jump:',
    'uninstall:',
    'early-1.0',
    'tidy',
    'A',
    '=',
    '==',
    '!=',
    '(',
    ')',
    '||',
    '&&',
    'True',
    '#',
    '',
    '..',
    '\t',
    'é',
  );
  const line = fc.array(word, { maxLength: 9 }).map(words => words.join(' '));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), lines => {
      try {
        const { plan } = read({ 'steps/manifest': `${lines.join('\n')}\n` });
        assert.ok(plan.steps.every((step: Step, i) => step.number === i + 1));
      } catch (error) {
        assert.ok(error instanceof AssayError, String(error));
        assert.ok(error.where?.file !== undefined, error.message);
      }
    }),
    { numRuns: 300 },
  );
});
