import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramStep } from '../../../../main/engine/chain/index.ts';
import { withCode } from '../../../support/errors.ts';
import { blob, planOf, stepsOf } from './reading.ts';

const BEGIN = 'FROM scratch AS a\n';
const COPY = { action: 'copy', mode: null };
const programs = (text: string, files = {}, plan = '') =>
  planOf(text, files, plan).steps.filter((step): step is ProgramStep => step.action === 'run');

test('stages have roots of their own; only those that are needed are made', () => {
  const plan = planOf(
    'FROM scratch AS one\nWORKDIR /w\nFROM scratch AS unused\nWORKDIR /x\nFROM one AS Two\nCOPY --from=one /w /v\n',
  );
  assert.deepEqual(
    plan.stages.map(({ id }) => id),
    ['one', 'two'],
  );
  assert.deepEqual(plan.results, ['roots/two']);
  assert.deepEqual(
    plan.steps.map(step => [step.id, step.action, step.origin.line]),
    [
      ['one-line-1', 'mkdir', 1],
      ['one-line-2', 'mkdir', 2],
      ['two-line-5', 'copy', 5],
      ['two-line-6', 'copy', 6],
    ],
  );
  assert.deepEqual(plan.image?.workingFolder, '/w');
  const first = planOf('FROM scratch AS one\nWORKDIR /w\nFROM scratch AS two\n', {}, 'target = "one"');
  assert.deepEqual(first.results, ['roots/one']);
});

test('COPY and ADD: into folders, from the context, from stages, from named folders', () => {
  const files = { 'x/f': '1', 'x/g': '2', 'fetch/t.tgz': '3', 'other/h': '4' };
  const text = `${BEGIN}WORKDIR /w\nCOPY x/f x/g ./\nCOPY x/f /y\nCOPY --chmod=0750 x/f sub/\nADD fetch/t.tgz .\nCOPY ["x/f", "a b"]\nCOPY --from=fetch . /d/\nCOPY --from=named h .\nCOPY ../../x/f ../../z\n`;
  assert.deepEqual(stepsOf(text, files, '[plan.contexts]\nnamed = "other"').slice(2), [
    { line: 3, ...COPY, from: 'x/f', to: 'roots/a/w', into: true },
    { line: 3, ...COPY, from: 'x/g', to: 'roots/a/w', into: true },
    { line: 4, ...COPY, from: 'x/f', to: 'roots/a/y', into: false },
    { line: 5, ...COPY, from: 'x/f', to: 'roots/a/w/sub', into: true, mode: 0o750 },
    { line: 6, action: 'add', mode: null, from: 'fetch/t.tgz', to: 'roots/a/w', into: true, sha256: null },
    { line: 7, ...COPY, from: 'x/f', to: 'roots/a/w/a b', into: false },
    { line: 8, ...COPY, from: 'fetch', to: 'roots/a/d', into: true },
    { line: 9, ...COPY, from: 'other/h', to: 'roots/a/w', into: true },
    { line: 10, ...COPY, from: 'x/f', to: 'roots/a/z', into: false },
  ]);
});

test('heredocs: tabs, variables, several', () => {
  const text = `${BEGIN}ARG V=1\nWORKDIR /w\nCOPY <<-EOF f\n\tone $V\n\t two\n\tEOF\nCOPY --chmod=755 <<'EOF' <<OTHER d/\n\t$V \\\nEOF\n$V\nOTHER\n`;
  assert.deepEqual(stepsOf(text).slice(2), [
    { line: 4, action: 'write', path: 'roots/a/w/f', text: 'one 1\n two\n', mode: 0o644 },
    { line: 8, action: 'write', path: 'roots/a/w/d/EOF', text: '\t$V \\\n', mode: 0o755 },
    { line: 8, action: 'write', path: 'roots/a/w/d/OTHER', text: '1\n', mode: 0o755 },
  ]);
});

test('RUN: exec form, shell form, heredoc, network, environment, folder', () => {
  const text = `ARG G=g\n${BEGIN}ARG G\nARG L\nENV A=1 B="x y"\nENV C $A c\nENV PATH=/p:$PATH\nWORKDIR /w\nWORKDIR s\nRUN --network=none ["./p", "$A", "a b"]\nSHELL ["/bin/kaem", "--file"]\nRUN echo $A \\\n  # a comment\n\n  more\nRUN <<EOF\n$A\nEOF\n`;
  const [exec, shell, heredoc] = programs(text);
  assert.deepEqual(exec?.argv, ['./p', '$A', 'a b']);
  assert.deepEqual([exec?.program, exec?.root, exec?.cwd], ['roots/a/w/s/p', 'roots/a', '/w/s']);
  assert.deepEqual(exec?.environment, [
    ['PATH', '/p:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['A', '1'],
    ['B', 'x y'],
    ['C', '1 c'],
    ['G', 'g'],
  ]);
  assert.deepEqual(shell?.argv, ['/bin/kaem', '--file', 'echo $A   more']);
  assert.deepEqual(heredoc?.argv, ['/bin/kaem', '--file', '$A\n']);
  assert.equal(heredoc?.program, 'roots/a/bin/kaem');
});

test('variables as words use them', () => {
  const forms = {
    $A: '1',
    '${A}x': '1x',
    '${N:-d}': 'd',
    '${A:-d}': '1',
    '${E:-d}': 'd',
    '${E-d}': '',
    '${N-d}': 'd',
    '${A:+y}': 'y',
    '${E:+y}': '',
    '${N:-$A}': '1',
    "'$A'": '$A',
    '"$A b"': '1 b',
    '\\$A': '$A',
    '"\\$A"': '$A',
    'a\\b': 'ab',
    $N: '',
    a$: 'a$',
  };
  for (const [form, value] of Object.entries(forms)) {
    const text = `FROM scratch\nENV A=1\nENV E=\nENV V=${form}\nRUN ["/p"]\n`;
    const environment = new Map(programs(text)[0]?.environment);
    assert.equal(environment.get('V'), value, form);
  }
  const both = programs('FROM scratch\nENV A=1\nENV A=2 B=$A\nRUN ["/p"]\n')[0];
  assert.equal(new Map(both?.environment).get('B'), '1');
});

test('a package file gives arguments, and the hashes that sources must have', () => {
  const hash = 'c'.repeat(64);
  const file = `[package]\nname = "p"\nversion = "1.2"\n[sources.my_lib]\nhash = "${hash}"\nversion = "7"\nfile = "lib-{version}.tar.gz"\nmirrors = ["https://example.org/x/7.zip"]\n[sources.Other]\nversion = "8"\nmirrors = ["https://example.org/y/o-8.tar"]\n[sources.plain]\nhash = "${hash}"\nfile = "plain.tar"\n`;
  const text = `${BEGIN}ARG MY_LIB_SOURCE\nARG MY_LIB_VERSION\nARG OTHER_SOURCE\nARG VERSION=0\nADD fetch/\${MY_LIB_SOURCE} /\nADD fetch/$OTHER_SOURCE /o-$MY_LIB_VERSION-$VERSION/\nADD fetch/plain.tar /\n`;
  const files = {
    'package.toml': file,
    'fetch/lib-7.tar.gz': '',
    'fetch/o-8.tar': '',
    'fetch/plain.tar': '',
  };
  const add = { action: 'add', mode: null, into: true };
  assert.deepEqual(stepsOf(text, files, 'package = "package.toml"').slice(1), [
    { line: 6, ...add, from: 'fetch/lib-7.tar.gz', to: 'roots/a', sha256: hash },
    { line: 7, ...add, from: 'fetch/o-8.tar', to: 'roots/a/o-7-1.2', sha256: null },
    { line: 8, ...add, from: 'fetch/plain.tar', to: 'roots/a', sha256: hash },
  ]);
  for (const bad of [
    '[sources.a]\nversion = "1"\nfile = "../x"',
    '[sources.a]\nversion = "1"\nfile = "{what}"',
    'no toml',
  ]) {
    assert.throws(
      () => planOf(BEGIN, { 'package.toml': bad }, 'package = "package.toml"'),
      withCode('containerfile.package'),
    );
  }
});

test('an image from outside comes from a layout in the bundle, by its digest alone', () => {
  const config = blob({ architecture: '386', config: { Env: ['PATH=/x', 'Z=1'], WorkingDir: '/z' } });
  const layers = ['1', '2'].map(digit => ({ digest: `sha256:${digit.repeat(64)}` }));
  const manifest = blob({ config: { digest: config.digest }, layers });
  const files = {
    [`im/blobs/sha256/${config.name}`]: config.text,
    [`im/blobs/sha256/${manifest.name}`]: manifest.text,
  };
  const image = `[[plan.image]]\nname = "stagex/base"\nlayout = "im"\ndigest = "${manifest.name}"`;
  const text =
    'FROM --platform=linux/386 stagex/base AS b\nFROM b\nRUN ["/p"]\nCOPY --from=stagex/base /q /r\n';
  const plan = planOf(text, files, image);
  assert.deepEqual(
    plan.steps.map(step => [step.stage, step.action]),
    [
      ...[
        ['image-1', 'mkdir'],
        ['image-1', 'layer'],
        ['image-1', 'layer'],
        ['b', 'copy'],
        ['stage-2', 'copy'],
      ],
      ...[
        ['stage-2', 'run'],
        ['stage-2', 'copy'],
      ],
    ],
  );
  assert.equal(plan.steps[1]?.action === 'layer' && plan.steps[1].from, `im/blobs/sha256/${'1'.repeat(64)}`);
  const run = plan.steps.find(step => step.action === 'run');
  assert.deepEqual(run?.environment, [
    ['PATH', '/x'],
    ['Z', '1'],
  ]);
  assert.equal(run?.cwd, '/z');
  assert.ok(plan.description.includes(`im/blobs/sha256/${manifest.name}`));
  assert.throws(() => planOf('FROM other\n', files, image), withCode('containerfile.no-image'));
  assert.throws(
    () => planOf('FROM --platform=linux/amd64 stagex/base\n', files, image),
    withCode('containerfile.image'),
  );
  // The layer's file may be anything: it is checked when it is unpacked. Each document must be there, and complete.
  for (const gone of [manifest.name, config.name]) {
    const { [`im/blobs/sha256/${gone}`]: _, ...rest } = files;
    assert.throws(() => planOf(text, rest, image), withCode('containerfile.image'));
  }
  const changed = { ...files, [`im/blobs/sha256/${manifest.name}`]: `${manifest.text} ` };
  assert.throws(() => planOf(text, changed, image), withCode('containerfile.image'));
});

test('the history of an image has what made no layer too, and begins with that of its base', () => {
  const layers = ['1', '2'].map(digit => ({ digest: `sha256:${digit.repeat(64)}` }));
  const image = (history: unknown) => {
    const config = blob({ architecture: '386', config: {}, ...(history !== undefined && { history }) });
    const manifest = blob({ config: { digest: config.digest }, layers });
    const files = {
      [`im/blobs/sha256/${config.name}`]: config.text,
      [`im/blobs/sha256/${manifest.name}`]: manifest.text,
    };
    const named = `[[plan.image]]\nname = "base"\nlayout = "im"\ndigest = "${manifest.name}"`;
    return (text: string) => planOf(text, files, named).image;
  };
  const entries = [
    { created_by: 'one' },
    { created_by: 'ENV X=1', empty_layer: true },
    { created_by: 'two' },
  ];
  const made = image(entries)(
    'ARG G=g\nFROM base AS b\nARG G\nARG N\nENV A=1 B="x y"\nENV C $A\nSHELL ["/s", "-c"]\nWORKDIR /\nWORKDIR /w\n' +
      'COPY --chmod=755 <<EOF /f\nx\nEOF\nRUN go\nFROM b\nARG M=m\nENV M=m\nRUN ["/p"]\n',
  );
  assert.deepEqual(made?.shell, ['/s', '-c']);
  assert.deepEqual(
    made?.history.map(({ createdBy, root, steps }) => [createdBy, root, steps.length]),
    [
      ['one', 'roots/image-1', 1],
      ['ENV X=1', null, 0],
      ['two', 'roots/image-1', 1],
      ['ARG G=g', null, 0],
      ['ARG N', null, 0],
      ['ENV A=1 B=x y', null, 0],
      ['ENV C=1', null, 0],
      ['SHELL [/s -c]', null, 0],
      ['WORKDIR /', null, 0],
      ['WORKDIR /w', 'roots/b', 1],
      ['COPY --chmod=755 <<EOF /f # buildkit', 'roots/b', 1],
      ['RUN |2 G=g N= /s -c go # buildkit', 'roots/b', 1],
      ['ARG M=m', null, 0],
      ['ENV M=m', null, 0],
      ['RUN |3 G=g N= M=m /p # buildkit', 'roots/stage-14', 1],
    ],
  );
  assert.equal(image(undefined)('FROM base\n')?.history.length, 2);
  for (const history of [entries.slice(1), [...entries, { created_by: 'three' }]]) {
    assert.throws(() => image(history)('FROM base\n'), withCode('containerfile.image'));
  }
});

test('a minimal kaem on a script of the file is followed command by command', () => {
  const interpreter = '[[plan.interpreter]]\npath = "/w/kaem"\ndialect = "minimal"\nscript = "k"';
  const text = `${BEGIN}WORKDIR /w\nCOPY <<-'EOF' k\n\t./a "b c" \\\n\t d\n\t# nothing\n\t/e f\nEOF\nRUN ["/w/kaem"]\nRUN ["/w/kaem"]\n`;
  assert.deepEqual(
    programs(text, {}, interpreter).map(({ argv, program, origin }) => [argv, program, origin.line]),
    [
      [['./a', 'b c', 'd'], 'roots/a/w/a', 4],
      [['/e', 'f'], 'roots/a/e', 7],
      // By then the script may be another one.
      [['/w/kaem'], 'roots/a/w/kaem', 10],
    ],
  );
});

test('whatever is not understood stops with file and line', () => {
  const files = { f: '' };
  const cases: [string, number, string?][] = [
    ['USER root', 2],
    ['RUN --mount=type=bind ["/p"]', 2],
    ['RUN --network=host ["/p"]', 2],
    ['COPY --chown=1:1 f /', 2],
    ['COPY --link f /', 2],
    ['COPY f* /', 2],
    ['COPY f', 2],
    ['ADD https://example.org/x /', 2],
    ['ADD git@example.org:x /', 2],
    ['ADD --checksum=sha256:1 f /', 2],
    ['ADD absent /', 2, 'no-source'],
    ['COPY --chmod=u+x f /', 2],
    ['COPY --from=0 /x /y', 2],
    ['COPY --from=a /x /y', 2, 'no-image'],
    ['RUN ["p"]', 2],
    ['RUN []', 2],
    ['SHELL /bin/sh -c', 2],
    ['ENV A', 2],
    ['ENV 1=2', 2],
    ['ARG a-b', 2],
    ['ENV A=${B:?no}', 2],
    ['ENV A=${B%x}', 2],
    ['ENV A=$1', 2],
    ["ENV A='x", 2],
    ['ARG BUILDPLATFORM', 2],
    ['COPY <<EOF x\na', 2, 'syntax'],
    ['COPY << EOF x\nEOF', 2, 'syntax'],
    ['COPY <<EOF x\na\\b\nEOF', 2],
    ['RUN <<EOF\n#!/bin/sh\nEOF', 2],
    ['RUN cat <<EOF\nEOF', 2],
    ['FROM a b', 2, 'syntax'],
    ['FROM a AS a', 2, 'syntax'],
    ['FROM a AS ../x', 2, 'syntax'],
    ['FROM --platform=windows/amd64 a AS b', 2],
    ['WORKDIR /\0', 2],
    [`WORKDIR /${'x'.repeat(2000)}`, 2],
    ['ENV A=1\nARG A=2', 3],
    ['COPY --from=a --from=a f /', 2, 'syntax'],
  ];
  for (const [text, line, code = 'not-supported'] of cases) {
    assert.throws(
      () => planOf(BEGIN + text, files),
      error => {
        withCode(`containerfile.${code}`)(error);
        assert.deepEqual((error as { where: unknown }).where, { file: 'Containerfile', line }, text);
        return true;
      },
      text,
    );
  }
  assert.throws(() => planOf('# escape=`\nFROM scratch\n'), withCode('containerfile.syntax'));
  assert.throws(() => planOf('ARG A\n'), withCode('containerfile.no-stage'));
  assert.throws(() => planOf('WORKDIR /x\nFROM scratch\n'), withCode('containerfile.not-supported'));
  assert.throws(() => planOf(BEGIN, { '.dockerignore': '*' }), withCode('containerfile.not-supported'));
  assert.throws(() => planOf(BEGIN, { 'roots/a/p': '' }), withCode('containerfile.not-supported'));
});

test('paths stay in the tree, whatever they are', () => {
  const text = `${BEGIN}WORKDIR ../../..\nWORKDIR /../x\nCOPY ../../../f ../../../../g\nCOPY --from=n ../../h /\nRUN ["../../../p"]\n`;
  for (const step of planOf(text, { f: '', 'n/h': '' }, '[plan.contexts]\nn = "n"').steps) {
    for (const path of Object.values(step).filter(value => typeof value === 'string')) {
      assert.ok(!path.split('/').includes('..') || step.action === 'run', path);
    }
    if (step.action === 'copy') assert.ok(step.to.startsWith('roots/a'));
    if (step.action === 'run') assert.equal(step.program, 'roots/a/p');
  }
});
