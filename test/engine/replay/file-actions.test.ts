import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { sha256Of } from '../../../main/engine/base/index.ts';
import type { Step } from '../../../main/engine/chain/index.ts';
import { runReplay } from '../../../main/engine/replay/index.ts';
import { withCode } from '../../support/errors.ts';
import { file, folder, hardlink, symlink } from '../bundle/tar-maker.ts';
import { inputOf, lacking, machine, newCase, planOf, play, toolStep } from './stand.ts';

const END = Buffer.alloc(1024);
const tarOf = (...parts: Buffer[]) => Buffer.concat([...parts, END]);

/** A step in which the workstation does something. */
function action(number: number, rest: Record<string, unknown>): Step {
  const origin = { file: 'Containerfile', line: number };
  return { number, id: `step-${number}`, stage: 'all', title: 'File action', origin, ...rest } as Step;
}

const copy = (number: number, from: string, to: string, more = {}) =>
  action(number, { action: 'copy', from, to, into: false, mode: null, ...more });
const add = (number: number, from: string, to: string, more = {}) =>
  action(number, { action: 'add', from, to, into: true, mode: null, sha256: null, ...more });
const tool = (number: number, operations: string[], more = {}) =>
  toolStep(number, operations, {
    program: 'r/tool',
    root: 'r',
    argv: ['/tool', ...operations],
    ...more,
  } as Partial<Step>);

/** What a step wrote: path, mode and what is in it or where it leads. */
const wrote = (
  record:
    | { written: { path: string; mode: number; sha256: string | null; target: string | null }[] }
    | undefined,
) => record?.written.map(each => [each.path, each.mode.toString(8), each.sha256 ?? each.target]);

test('a program with a root of its own sees and changes nothing else', { skip: lacking }, async () => {
  const { records, printed } = await play(
    [
      action(1, { action: 'mkdir', path: 'r/w' }),
      copy(2, 'tool', 'r/tool', { mode: 0o700 }),
      action(3, { action: 'write', path: 'r/w/in', text: 'ä\n', mode: 0o640 }),
      tool(
        4,
        [
          'list',
          '/',
          ';',
          'copy',
          '/w/in',
          '/../../out',
          ';',
          'symlink',
          '/w',
          '/l',
          ';',
          'copy',
          'in',
          '/l/again',
        ],
        { cwd: '/w' },
      ),
      copy(5, 'r/w', 'other'),
    ],
    { outside: { content: 'secret' } },
  );
  assert.equal(records.at(-1)?.number, 5);
  assert.deepEqual(wrote(records[0]), [
    ['r', '755', null],
    ['r/w', '755', null],
  ]);
  assert.deepEqual(
    records[2]?.written.map(each => [each.path, each.mode]),
    [['r/w/in', 0o640]],
  );
  assert.doesNotMatch(printed(4), /outside|other/);
  const hash = sha256Of('ä\n');
  assert.deepEqual(
    wrote(records[3])?.map(([path, , content]) => [path, content]),
    [
      ['r/l', '/w'],
      ['r/out', hash],
      ['r/w/again', hash],
    ],
  );
  const seen = records[3]?.observation;
  assert.equal(seen?.notUnderstood, 0);
  assert.equal(seen?.programs[0]?.path, '/r/tool');
  assert.equal(seen?.programs[0]?.sha256, records[1]?.written[0]?.sha256);
  assert.deepEqual(
    seen?.files.filter(each => each.use === 'write').map(each => each.path),
    ['/r/out', '/r/w/again'],
  );
  assert.deepEqual(
    wrote(records[4])?.map(([path]) => path),
    ['other', 'other/again', 'other/in'],
  );
});

test('the unshare runtime tells the same of a program with a root of its own', {
  skip: lacking || (!machine.unshare && 'no unshare'),
}, async () => {
  const steps = [
    copy(1, 'tool', 'r/tool', { mode: 0o755 }),
    tool(2, ['mkdir', '/d', ';', 'chdir', '/d', ';', 'write', 'f', 'x', ';', 'read', '/../d/f']),
  ];
  const runtimes = [machine.bubblewrap, machine.unshare].filter(each => each !== null);
  const played = await Promise.all(runtimes.map(runtime => play(steps, {}, { ...(runtime && { runtime }) })));
  const [one, two] = played.map(({ records }) => ({ ...records[1], written: wrote(records[1]) }));
  assert.deepEqual(one, two);
  assert.deepEqual(
    one?.observation?.files.map(each => `${each.use} ${each.path}`),
    ['mkdir /r/d', 'read /r/d/f', 'write /r/d/f'],
  );
});

test('archives are unpacked whatever they are packed with, other files are copied', {
  skip: lacking,
}, async () => {
  const tar = tarOf(folder('d/'), file('d/f', 'x'), symlink('d/l', '/etc'), hardlink('h', 'd/f'));
  const { records } = await play(
    [
      add(1, 'a.tar', 'o'),
      add(2, 'a.tgz', 'p'),
      add(3, 'a.zst', 'q'),
      add(4, 'plain.gz', 's'),
      add(5, 'text', 't', { into: false, mode: 0o600 }),
    ],
    {
      ...{
        'a.tar': { content: tar },
        'a.tgz': { content: gzipSync(tar) },
        'a.zst': { content: zstdCompressSync(tar) },
      },
      ...{
        'plain.gz': { content: gzipSync('no tar, but as long as one would be '.repeat(40)) },
        text: { content: 'text' },
      },
    },
  );
  const hash = sha256Of('x');
  for (const [i, to] of ['o', 'p', 'q'].entries()) {
    assert.deepEqual(wrote(records[i]), [
      [to, '755', null],
      [`${to}/d`, '755', null],
      [`${to}/d/f`, '644', hash],
      [`${to}/d/l`, '777', '/etc'],
      [`${to}/h`, '644', hash],
    ]);
  }
  assert.deepEqual(
    wrote(records[3])?.map(([path]) => path),
    ['s', 's/plain.gz'],
  );
  assert.deepEqual(wrote(records[4]), [['t', '600', sha256Of('text')]]);
});

test('a layer takes away and replaces', { skip: lacking }, async () => {
  const [lower, upper] = [
    tarOf(folder('d/'), file('d/a', '1'), file('d/b', '2'), file('e/c', '3'), file('g', '4')),
    tarOf(
      file('d/.wh.a', ''),
      folder('e/'),
      file('e/.wh..wh..opq', ''),
      file('e/n', '5'),
      file('.wh.g', ''),
      file('g2', '6'),
    ),
  ];
  const layer = (number: number, from: string, bytes: Buffer) =>
    action(number, { action: 'layer', from, to: 'r', sha256: sha256Of(bytes), image: 'c'.repeat(64) });
  const { records } = await play(
    [layer(1, 'l1', lower), layer(2, 'l2', gzipSync(upper)), copy(3, 'r', 'all')],
    {
      l1: { content: lower },
      l2: { content: gzipSync(upper) },
    },
  );
  assert.deepEqual(records[1]?.removed, ['r/d/a', 'r/e/c', 'r/g']);
  assert.deepEqual(
    wrote(records[2])?.map(([path]) => path),
    ['all', 'all/d', 'all/d/b', 'all/e', 'all/e/n', 'all/g2'],
  );
});

/** Runs steps that cannot be done and gives the error. */
async function refused(steps: Step[], files: Parameters<typeof play>[1], code: string): Promise<void> {
  const theCase = newCase();
  await assert.rejects(runReplay(theCase, inputOf(theCase, planOf(steps), files)), withCode(code));
}

test('hostile trees and archives: no link is followed, nothing leaves the tree, what is pinned must fit', {
  skip: lacking,
}, async () => {
  const links = tool(2, [
    'symlink',
    '/',
    '/up',
    ';',
    'symlink',
    '../../..',
    '/out',
    ';',
    'write',
    '/file',
    'x',
  ]);
  const made = [copy(1, 'tool', 'r/tool', { mode: 0o755 }), links];
  const cases: [Step, string][] = [
    [copy(3, 'tool', 'r/up/evil'), 'replay.file-action'],
    [copy(3, 'tool', 'r/out/evil'), 'replay.file-action'],
    [copy(3, 'r/up', 'x'), 'replay.file-action'],
    [copy(3, 'r/up/tool', 'x'), 'replay.file-action'],
    [action(3, { action: 'write', path: 'r/out/evil', text: '', mode: 0o644 }), 'replay.file-action'],
    [action(3, { action: 'mkdir', path: 'r/out/evil' }), 'replay.file-action'],
    [action(3, { action: 'mkdir', path: 'r/file/x' }), 'replay.file-action'],
    [action(3, { action: 'write', path: 'r', text: '', mode: 0o644 }), 'replay.file-action'],
    [copy(3, 'r', 'r/inside'), 'replay.file-action'],
    [copy(3, 'absent', 'x'), 'replay.file-action'],
    [add(3, 'up.tar', 'r'), 'archive.path-leaves-tree'],
    [add(3, 'through.tar', 'r'), 'replay.file-action'],
    [add(3, 'cut.tar', 'r'), 'archive.truncated'],
    [add(3, 'up.tar', 'r', { sha256: 'a'.repeat(64) }), 'replay.file-action'],
    [
      action(3, { action: 'layer', from: 'up.tar', to: 'r', sha256: 'a'.repeat(64), image: 'c'.repeat(64) }),
      'replay.file-action',
    ],
  ];
  const files = {
    'up.tar': { content: tarOf(file('../evil', 'x')) },
    'through.tar': { content: tarOf(symlink('s', '/'), file('s/evil', 'x')) },
    'cut.tar': { content: tarOf(file('f', 'x'.repeat(2000))).subarray(0, 1500) },
  };
  for (const [step, code] of cases) await refused([...made, step], files, code);
});

test('a file takes the place of a link, and the link stays what it was', { skip: lacking }, async () => {
  const { records } = await play([
    copy(1, 'tool', 'r/tool', { mode: 0o755 }),
    tool(2, ['write', '/a', 'old', ';', 'symlink', 'a', '/l']),
    action(3, { action: 'write', path: 'r/l', text: 'new', mode: 0o644 }),
    tool(4, ['copy', '/a', '/b', ';', 'copy', '/l', '/c']),
  ]);
  assert.deepEqual(wrote(records[2]), [['r/l', '644', sha256Of('new')]]);
  assert.deepEqual(
    wrote(records[3])?.map(([path, , hash]) => [path, hash]),
    [
      ['r/b', sha256Of('old')],
      ['r/c', sha256Of('new')],
    ],
  );
});
