import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Chain, lacking } from './chain.ts';
import { END, member } from './ustar.ts';

const chain = new Chain();
const skip = lacking;
const target = join(chain.work, 'u');

/** Unpacks an archive into an empty folder. */
function untar(archive: Buffer) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  return chain.run('bin/untar', chain.write('c.tar', archive), 'u');
}

/** Every path under a folder, with its permissions and the content of files. */
function tree(folder: string): [string, number, string | null][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.map(name => {
    const stat = lstatSync(join(folder, name));
    return [name, stat.mode & 0o777, stat.isDirectory() ? null : readFileSync(join(folder, name), 'latin1')];
  });
}

/** An archive that the system's tar made of a small tree, and the tree. */
function fromTar(): { archive: Buffer; folder: string } {
  const folder = join(chain.work, 's');
  const deep = join(folder, ...Array.from({ length: 4 }, () => 'd'.repeat(40)));
  for (const path of [join(folder, 'dir', 'sub'), deep]) mkdirSync(path, { recursive: true });
  for (const size of [0, 1, 511, 512, 513, 10_000, 70_000]) {
    writeFileSync(join(folder, 'dir', `f${size}`), Buffer.alloc(size, 'x'));
  }
  writeFileSync(join(deep, 'long'), 'L');
  writeFileSync(join(folder, 'café'), 'u');
  writeFileSync(join(folder, 'dir', 'sub', 'x.sh'), '#!\n', { mode: 0o755 });
  chmodSync(join(folder, 'café'), 0o444);
  const { stdout, status } = spawnSync('tar', ['--format=ustar', '-cf', '-', '-C', folder, '.'], {
    maxBuffer: 1 << 24,
  });
  assert.equal(status, 0);
  return { archive: stdout, folder };
}

const noTar = skip || (spawnSync('tar', ['--version']).status === 0 ? false : 'no tar on this machine');

test('what tar packs is unpacked as it was, once', { skip: noTar }, () => {
  const { archive, folder } = fromTar();
  assert.deepEqual(untar(archive), { status: 0, stdout: '', stderr: '' });
  assert.deepEqual(tree(target), tree(folder));
  assert.equal(chain.run('bin/untar', 'c.tar', 'u').status, 1, 'nothing is overwritten');
  assert.deepEqual(tree(target), tree(folder));
});

test('an archive that is cut off anywhere makes nothing', { skip: noTar }, () => {
  const { archive } = fromTar();
  const end = archive.findLastIndex(byte => byte !== 0);
  const last = (Math.floor(end / 512) + 3) * 512;
  const cuts = [
    0,
    1,
    511,
    512,
    513,
    1024,
    end,
    last - 1024,
    last - 513,
    last - 512,
    last - 1,
    archive.length - 1,
  ];
  for (const cut of cuts) {
    const { status } = untar(archive.subarray(0, cut));
    assert.deepEqual([status, readdirSync(target)], [2, []], `cut at ${cut} of ${archive.length}`);
  }
  assert.equal(untar(archive.subarray(0, last)).status, 0);
});

test('a changed byte in a header makes nothing', { skip }, () => {
  const archive = Buffer.concat([member({ name: 'a', data: 'x' }), END]);
  assert.equal(untar(archive).status, 0);
  for (let at = 0; at < 512; at += 11) {
    const changed = Buffer.from(archive);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const { status, stderr } = untar(changed);
    assert.deepEqual([status, readdirSync(target)], [2, []], `byte ${at}`);
    assert.match(stderr, /^untar: header at byte 0: /);
  }
});

const REFUSED = 'the name is refused';
const NAMES = [
  '/etc/x',
  '/',
  '..',
  '../x',
  'a/../b',
  'a/..',
  '',
  'a\x01',
  'a\nb',
  'a\x7f',
  '../',
  './..',
  'a//../b',
];

test('names that could lead elsewhere are refused, and nothing is made', { skip }, () => {
  const members = [
    ...NAMES.flatMap(name => [{ name }, { name, type: '5' }]),
    ...['/', '..', 'a/..', '\x1b[31m'].map(prefix => ({ name: 'x', prefix })),
    { name: '../x', prefix: 'a' },
    { name: './../x', prefix: '.' },
  ];
  for (const parts of members) {
    const { status, stderr } = untar(Buffer.concat([member({ name: 'first' }), member(parts), END]));
    assert.deepEqual([status, stderr], [2, `untar: header at byte 512: ${REFUSED}\n`], JSON.stringify(parts));
    assert.deepEqual(readdirSync(target), []);
  }
});

test('names that only look so are taken, up to their longest', { skip }, () => {
  const [p, n] = ['p'.repeat(100), 'n'.repeat(100)];
  const members = [
    ...[{ name: '..a' }, { name: 'a..' }, { name: '...' }, { name: 'b', type: '5' }, { name: 'b/..c' }],
    ...[
      { name: p, type: '5' },
      { name: n, prefix: p },
      { name: 'old', type: '\0', data: 'hi' },
    ],
  ];
  assert.equal(untar(Buffer.concat([...members.map(member), END])).status, 0);
  const expected = ['..a', 'a..', '...', 'b', 'b/..c', p, `${p}/${n}`, 'old'];
  assert.deepEqual(
    tree(target).map(([name]) => name),
    expected.sort(),
  );
});

test('whatever is not a good archive of files and folders is refused', { skip }, () => {
  const a = member({ name: 'a' });
  const wrongNumber = 'the mode or the size is wrong';
  const cases: [Buffer, string][] = [
    ...[...'1234678xgLKSDA\x01 '].map((type): [Buffer, string] => [
      Buffer.concat([member({ name: 'a', type, link: '/etc/passwd' }), END]),
      'not a file, not a folder: refused',
    ]),
    ...['ustar  \0', ''].map((magic): [Buffer, string] => [member({ name: 'a', magic }), 'not ustar']),
    ...['', '\x80\0\0\0\0\0\0\0\0\0\0\x01', '0000000000x\0', '-0000000001\0', '00000000008\0'].map(
      (size): [Buffer, string] => [Buffer.concat([member({ name: 'a', size }), END]), wrongNumber],
    ),
    [Buffer.concat([member({ name: 'a', mode: 'zzz' }), END]), wrongNumber],
    [Buffer.concat([member({ name: 'a', type: '5', size: '00000000001\0' }), END, END]), wrongNumber],
    ...['000000\0 ', '', '99999999'].map((checksum): [Buffer, string] => [
      Buffer.concat([member({ name: 'a', checksum }), END]),
      'the checksum is wrong',
    ]),
    ...['00000001000\0', '77777777777\0', '777777777777'].map((size): [Buffer, string] => [
      Buffer.concat([member({ name: 'a', size }), Buffer.alloc(100)]),
      '',
    ]),
    ...[
      Buffer.alloc(0),
      Buffer.alloc(512),
      a,
      Buffer.concat([a, Buffer.alloc(512)]),
      Buffer.concat([a, END, Buffer.alloc(100)]),
    ].map((bytes): [Buffer, string] => [bytes, 'the archive is cut off']),
    [Buffer.concat([a, END, member({ name: 'b' })]), 'something follows the end'],
    [Buffer.concat([a, Buffer.alloc(512), member({ name: 'b' })]), 'something follows the end'],
  ];
  for (const [archive, message] of cases) {
    const { status, stderr } = untar(archive);
    assert.deepEqual([status, readdirSync(target)], [2, []], `${message}: ${stderr}`);
    assert.ok(stderr.endsWith(`${message}\n`), `${message}: ${stderr}`);
  }
});

test('nothing is overwritten and no link is followed', { skip }, () => {
  const a = member({ name: 'a' });
  const folder = member({ name: 'a', type: '5' });
  for (const parts of [[a, a], [a, folder], [member({ name: 'missing/a' })], [member({ name: 'a/' })]]) {
    assert.equal(untar(Buffer.concat([...parts, END])).status, 1);
  }
  assert.equal(untar(Buffer.concat([folder, folder, END])).status, 0);
  const outside = join(chain.work, 'outside');
  mkdirSync(outside);
  for (const [name, type] of [
    ['l', '5'],
    ['f', '0'],
  ] as const) {
    untar(END);
    symlinkSync(type === '5' ? outside : join(outside, 'f'), join(target, name));
    const archive = Buffer.concat([member({ name, type }), member({ name: `${name}/x` }), END]);
    assert.equal(chain.run('bin/untar', chain.write('c.tar', archive), 'u').status, 1);
  }
  assert.deepEqual(readdirSync(outside), []);
});

test('permissions are taken without setuid, and a folder stays usable', { skip }, () => {
  const members = [
    member({ name: 's', mode: '0007777\0' }),
    member({ name: 'd', type: '5', mode: '0000000\0' }),
    member({ name: 'd/x' }),
  ];
  assert.equal(untar(Buffer.concat([...members, END])).status, 0);
  assert.equal(lstatSync(join(target, 's')).mode & 0o7000, 0);
  assert.equal(lstatSync(join(target, 'd')).mode & 0o700, 0o700);
});

test('arguments, files and the limit of 8 MiB', { skip }, () => {
  assert.equal(untar(END).status, 0);
  for (const args of [[], ['c.tar'], ['c.tar', 'u', 'x']]) {
    const { status, stderr } = chain.run('bin/untar', ...args);
    assert.equal(status, 2);
    assert.match(stderr, /usage/);
  }
  for (const args of [
    ['missing', 'u'],
    ['c.tar', 'missing'],
    ['.', 'u'],
    ['c.tar', 'c.tar'],
  ]) {
    assert.equal(chain.run('bin/untar', ...args).status, 1, args.join(' '));
  }
  const large = (size: number) => Buffer.concat([member({ name: 'a', data: 'q'.repeat(size) }), END]);
  assert.equal(untar(large(2 ** 23 - 512 * 4)).status, 0);
  assert.equal(untar(large(2 ** 23 - 512 * 3)).status, 4);
  assert.ok(!existsSync(join(target, 'a')));
});
