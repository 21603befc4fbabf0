import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { canonicalJson, sha256Of } from '../../../main/engine/base/index.ts';
import type { Observation } from '../../../main/engine/replay/index.ts';
import { lacking, machine, play, toolStep } from './stand.ts';

const TOOL = machine.tool ? sha256Of(readFileSync(machine.tool)) : '';

/** Observes one step. */
async function observe(operations: string[], files = {}): Promise<Observation> {
  const { records } = await play([toolStep(1, operations)], files);
  const seen = records[0]?.observation;
  assert.ok(seen, `no observation: ${JSON.stringify(records[0]?.end)}`);
  return seen;
}

const started = (seen: Observation) =>
  seen.programs.map(({ index, parent, path, sha256, via }) => [index, parent, path, sha256, via]);

test('children are seen with parents, arguments and hashes, however odd the arguments', {
  skip: lacking,
}, async () => {
  const odd = 'a"b\n<c>\\ = -1 resumed \u202e\u00e9 "]) = 0';
  const seen = await observe([
    'exec',
    './tool',
    'exec',
    './tool',
    'print',
    odd,
    ';',
    'vexec',
    './tool',
    'nothing',
    ';',
    'vexec',
    './none',
  ]);
  assert.equal(seen.notUnderstood, 0);
  assert.deepEqual(started(seen), [
    [0, null, '/tool', TOOL, 'execve'],
    [1, 0, '/tool', TOOL, 'execve'],
    [2, 1, '/tool', TOOL, 'execve'],
    [3, 0, '/tool', TOOL, 'execve'],
  ]);
  assert.deepEqual(seen.programs[2]?.argv, ['./tool', 'print', odd]);
  assert.deepEqual(seen.failedStarts, [{ program: 0, path: '/none', result: 'ENOENT' }]);
});

test('a script is followed to its interpreter', { skip: lacking }, async () => {
  const files = { run: { content: '#! /tool chdir\n', mode: 0o755 }, x: { content: '' } };
  const { records } = await play([toolStep(1, [], { argv: ['./run', 'x'], program: 'run' } as never)], files);
  // It runs `/tool chdir ./run x`, and ./run is no folder.
  assert.deepEqual(records[0]?.end, { how: 'exited', status: 1 });
  const seen = records[0]?.observation;
  assert.deepEqual(started(seen as Observation), [
    [0, null, '/run', sha256Of('#! /tool chdir\n'), 'execve'],
    [1, 0, '/tool', TOOL, 'interpreter'],
  ]);
  assert.deepEqual(seen?.programs[1]?.argv, ['/tool', 'chdir', './run', 'x']);
});

test('a program has the hash it ran with, or none when that cannot be known', { skip: lacking }, async () => {
  const hashOf = async (before: string[], after: string[], path: string) => {
    const seen = await observe([...before, 'exec', path, 'nothing', ';', ...after, 'nothing']);
    assert.equal(seen.notUnderstood, 0);
    return seen.programs[1]?.sha256;
  };
  const made = ['copy', 'tool', 'new', ';'];
  assert.equal(await hashOf(made, [], './new'), TOOL);
  assert.equal(await hashOf([...made, 'rename', 'new', 'newer', ';'], [], './newer'), TOOL);
  assert.equal(await hashOf(['link', 'tool', 'other', ';'], [], './other'), TOOL);
  assert.equal(
    await hashOf(
      [...made, 'mkdir', 'd', ';', 'rename', 'new', 'd/new', ';', 'rename', 'd', 'e', ';'],
      [],
      'e/new',
    ),
    TOOL,
  );
  assert.equal(await hashOf([], ['rename', 'tool', 'gone', ';'], './tool'), TOOL);
  assert.equal(await hashOf(made, ['append', 'new', 'x', ';'], './new'), null);
  assert.equal(await hashOf(made, ['unlink', 'new', ';'], './new'), null);
  assert.equal(
    await hashOf([...made, 'link', 'new', 'other', ';'], ['append', 'other', 'x', ';'], './new'),
    null,
  );
});

test('a program that is gone again has the programs that wrote all of it', { skip: lacking }, async () => {
  const files = { old: { content: readFileSync(machine.tool ?? ''), mode: 0o755 } };
  const writersOf = async (before: string[], path: string) => {
    const seen = await observe([...before, 'exec', path, 'nothing', ';', 'unlink', path], files);
    assert.equal(seen.notUnderstood, 0);
    const program = seen.programs.find(each => each.path === path.slice(1));
    return [program?.sha256, program?.writers];
  };
  assert.deepEqual(await writersOf(['copy', 'tool', 'new', ';'], './new'), [null, [0]]);
  const moved = [
    'copy',
    'tool',
    'new',
    ';',
    'mkdir',
    'd',
    ';',
    'rename',
    'new',
    'd/new',
    ';',
    'rename',
    'd',
    'e',
    ';',
  ];
  assert.deepEqual(await writersOf(moved, './e/new'), [null, [0]]);
  assert.deepEqual(await writersOf(['exec', './tool', 'copy', 'tool', 'new', ';'], './new'), [null, [1]]);
  assert.deepEqual(await writersOf(['copy', 'tool', 'old', ';'], './old'), [null, [0]]);
  // What may hold something from before the step was not written by it.
  assert.deepEqual(await writersOf(['append', 'old', '', ';'], './old'), [null, []]);
  assert.deepEqual(await writersOf(['rename', 'old', 'new', ';'], './new'), [null, []]);
  assert.deepEqual(await writersOf(['rename', 'old', 'new', ';', 'append', 'new', '', ';'], './new'), [
    null,
    [],
  ]);
  assert.deepEqual(await writersOf(['link', 'old', 'new', ';', 'append', 'new', '', ';'], './new'), [
    null,
    [],
  ]);
  const folder = { 'd/old': files.old };
  const inMoved = [
    'rename',
    'd',
    'e',
    ';',
    'append',
    'e/old',
    '',
    ';',
    'exec',
    './e/old',
    'nothing',
    ';',
    'unlink',
    'e/old',
  ];
  assert.deepEqual((await observe(inMoved, folder)).programs[1]?.writers, []);
});

test('what could have run a program of unknown content is listed', { skip: lacking }, async () => {
  const foreign = Buffer.concat([readFileSync(machine.tool ?? ''), Buffer.from('x')]);
  const other = Buffer.from(foreign);
  other.writeUInt16LE(183, 18); // EM_AARCH64
  const files = { cc: { content: foreign }, 'arm/cc': { content: other }, text: { content: '#!/cc' } };
  const gone = ['copy', 'tool', 'new', ';', 'exec', './new', 'nothing', ';', 'unlink', 'new'];
  assert.deepEqual((await observe(gone, files)).atHand, [TOOL, sha256Of(foreign)].sort());
  assert.equal((await observe(['nothing'], files)).atHand, null);
  // One that the step itself took away is not forgotten.
  assert.deepEqual(
    (await observe([...gone, ';', 'unlink', 'cc'], files)).atHand,
    [TOOL, sha256Of(foreign)].sort(),
  );
});

test('processes are seen with their parents and how they ended', { skip: lacking }, async () => {
  const seen = await observe([
    'exec',
    './tool',
    'exit',
    '3',
    ';',
    'exec',
    './tool',
    'signal',
    '9',
    ';',
    'many',
    '1',
  ]);
  assert.deepEqual(seen.processes, [
    { parent: null, thread: false, status: 0 },
    { parent: 0, thread: false, status: 3 },
    { parent: 0, thread: false, status: null },
    { parent: 0, thread: false, status: 0 },
  ]);
  assert.deepEqual(
    seen.programs.map(program => program.process),
    [0, 1, 2],
  );
});

test('questions about clock, random numbers and the machine are seen, answered or not', {
  skip: lacking,
}, async () => {
  const files = {
    'etc/hostname': { content: 'x' },
    d: { target: '/proc' },
    'dev/random': { target: '/r' },
    r: { content: '' },
  };
  const asked = [
    '/dev/urandom',
    '/dev/random',
    '/etc/hostname',
    'd/uptime',
    '/proc/1234/stat',
    '/etc/passwd',
    '/sys',
  ];
  const seen = await observe(
    asked.flatMap(path => ['read', path, ';']),
    files,
  );
  const own = seen.asked.filter(each => each.path !== '/proc/self/exe');
  assert.deepEqual(own, [
    { program: 0, path: '/dev/random', about: 'random', result: 'tree' },
    { program: 0, path: '/dev/urandom', about: 'random', result: 'ENOENT' },
    { program: 0, path: '/etc/hostname', about: 'machine', result: 'tree' },
    { program: 0, path: '/proc/PID/stat', about: 'machine', result: 'ENOENT' },
    { program: 0, path: '/proc/uptime', about: 'clock', result: 'ENOENT' },
    { program: 0, path: '/sys', about: 'machine', result: 'ENOENT' },
  ]);
});

test('files that a step made and took away again are named', { skip: lacking }, async () => {
  const made = ['write', 'a', '1', ';', 'unlink', 'a', ';', 'write', 'b', '1', ';', 'rename', 'b', 'c', ';'];
  const folders = [
    'mkdir',
    'd',
    ';',
    'rmdir',
    'd',
    ';',
    'unlink',
    'old',
    ';',
    'symlink',
    'x',
    'l',
    ';',
    'unlink',
    'l',
  ];
  const seen = await observe([...made, ...folders], { old: { content: '' } });
  assert.deepEqual(seen.transient, ['a', 'l']);
});

test('sockets are seen with their addresses and errors', { skip: lacking }, async () => {
  const seen = await observe(['connect']);
  assert.deepEqual(seen.sockets, [
    { program: 0, family: 'AF_INET', call: 'socket(AF_INET, SOCK_STREAM, IPPROTO_IP)', result: 'ok' },
    {
      program: 0,
      family: 'AF_INET',
      call: 'connect({sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.7")}, 16)',
      result: 'ENETUNREACH',
    },
  ]);
});

test('paths are resolved through links and working folders', { skip: lacking }, async () => {
  const files = { 'a/b/x': { content: 'x' }, 'a/run': { target: '/tool' }, d: { target: 'a/b' } };
  const seen = await observe(
    [
      'chdir',
      'd',
      ';',
      'unlink',
      '../b/x',
      ';',
      'mkdir',
      'n',
      ';',
      'chdir',
      '..',
      ';',
      'symlink',
      'b/n',
      'm',
      ';',
      'write',
      'm/f',
      '1',
      ';',
      'exec',
      './run',
      'read',
      'm/f',
    ],
    files,
  );
  assert.deepEqual(
    seen.files.map(({ program, path, use }) => [program, path, use]),
    [
      [0, '/a/b/n', 'mkdir'],
      [0, '/a/b/n/f', 'write'],
      [0, '/a/b/x', 'remove'],
      [0, '/a/m', 'link'],
      [1, '/a/b/n/f', 'read'],
    ],
  );
  assert.deepEqual(started(seen)[1], [1, 0, '/a/run', TOOL, 'execve']);
});

test('a loader that an ELF file names is a program too', { skip: lacking }, async () => {
  const elf = Buffer.alloc(256);
  elf.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  elf.writeUInt16LE(2, 16);
  elf.writeUInt16LE(62, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(0x400000n, 24);
  elf.writeBigUInt64LE(64n, 32);
  elf.writeUInt16LE(64, 52);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(2, 56);
  elf.writeUInt32LE(3, 64); // PT_INTERP
  elf.writeBigUInt64LE(200n, 72);
  elf.writeBigUInt64LE(6n, 96);
  elf.write('/tool\0', 200, 'latin1');
  elf.writeUInt32LE(1, 120); // PT_LOAD
  elf.writeUInt32LE(5, 124);
  elf.writeBigUInt64LE(0x600000n, 136);
  elf.writeBigUInt64LE(256n, 152);
  elf.writeBigUInt64LE(256n, 160);
  elf.writeBigUInt64LE(0x1000n, 168);
  const { records } = await play([toolStep(1, [], { argv: ['./prog'], program: 'prog' } as never)], {
    prog: { content: elf, mode: 0o755 },
  });
  assert.deepEqual(started(records[0]?.observation as Observation), [
    [0, null, '/prog', sha256Of(elf), 'execve'],
    [1, 0, '/tool', TOOL, 'loader'],
  ]);
});

test('what would make names mean something else makes the observation incomplete', {
  skip: lacking,
}, async () => {
  assert.equal((await observe(['newns'])).notUnderstood, 1);
});

test('a thread that becomes another program is seen, and that what it does is not', {
  skip: lacking,
}, async () => {
  const seen = await observe(['thread-exec', './tool', 'write', 'f', 'x']);
  assert.equal(seen.notUnderstood, 1);
  assert.deepEqual(started(seen)[1], [1, 0, '/tool', TOOL, 'execve']);
});

test('equal runs give equal bytes, also when processes overlap', { skip: lacking }, async () => {
  const operations = [
    'mkdir',
    'd',
    ';',
    'parallel',
    './a',
    './tool',
    './none',
    './a',
    './tool',
    ';',
    'connect',
    ';',
    'many',
    '20',
  ];
  const files = { a: { target: 'tool' } };
  const first = await observe(operations, files);
  assert.equal(first.notUnderstood, 0);
  assert.deepEqual(
    first.programs.map(program => program.path),
    ['/tool', '/a', '/tool', '/a', '/tool'],
  );
  for (let run = 0; run < 3; run += 1)
    assert.equal(canonicalJson(await observe(operations, files)), canonicalJson(first));
});
