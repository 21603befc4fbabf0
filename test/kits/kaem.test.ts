import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { chooseRuntime, type ReadyRuntime } from '../../main/engine/replay/index.ts';
import { Chain, lacking, spawn } from './chain.ts';
import { commandsOf } from './commands.ts';
import { hex0 } from './languages.ts';

const container: ReadyRuntime | string = await chooseRuntime().catch((error: Error) => error.message);
const chain = new Chain();
const unaided = new Chain(false);
const skip = lacking;
const KAEM = join(chain.root, 'seed/kaem-seed');
const FAILED = 'Subprocess error\n';

/** Makes a program for scripts to run: the headers, and these instructions. */
function program(name: string, instructions: string): void {
  const { out } = chain.assemble('bin/hex2', `${chain.source('elf.hex1')}\n${instructions}\n:z`);
  assert.ok(out);
  writeFileSync(join(chain.work, name), out, { mode: 0o755 });
}

if (!skip) {
  // t writes its arguments, each with the zero after it, as Linux has put them in memory before the environment: pop rcx;
  // pop rsi; mov rdx, [rsp+rcx*8]; sub rdx, rsi; write(1, rsi, rdx); exit(0).
  program('t', '59 5e 48 8b 14 cc 48 29 f2 bf 01 00 00 00 b8 01 00 00 00 0f 05 31 ff b8 3c 00 00 00 0f 05');
  program('three', 'bf 03 00 00 00 b8 3c 00 00 00 0f 05');
  program('crash', '0f 0b');
  // Closes descriptor 3 and exits with what that gave, and 9: 0 when it was not open.
  program('closed', 'bf 03 00 00 00 b8 03 00 00 00 0f 05 83 c0 09 89 c7 b8 3c 00 00 00 0f 05');
}

/** Runs a script in the work folder. The environment is not empty, for what `t` does. */
function kaem(script: string, environment: Record<string, string> = { A: '1' }) {
  return spawn(KAEM, [chain.write('script', script)], chain.work, environment);
}

/** What standard output holds when all of these commands are of `t`. */
function outputOf(commands: readonly (readonly string[])[]): string {
  return commands.map(command => ` +> ${command.join(' ')}\n${command.join('\0')}\0`).join('');
}

test('the second seed is small, and its page assembles to it', { skip }, () => {
  const seed = chain.read('seed/kaem-seed');
  assert.ok(seed.length <= 700);
  assert.ok(statSync(KAEM).mode & 0o111);
  assert.deepEqual(hex0(chain.source('kaem.hex0')), seed);
  for (const name of ['seed/hex0-seed', 'bin/hex1', 'bin/hex2']) {
    assert.deepEqual(chain.assemble(name, chain.source('kaem.hex0')).out, seed, name);
  }
});

const runs = chain.plan.steps.flatMap(step => (step.action === 'run' ? [step.argv] : []));

test('bedrock.kaem has the commands of the steps', () => {
  assert.deepEqual(commandsOf(chain.read('bedrock.kaem').toString()), runs);
  assert.equal(runs.length, 23);
});

test('the Containerfile has the commands of the steps, and copies what is there', () => {
  const lines = chain
    .read('Containerfile')
    .toString()
    .split('\n')
    .filter(line => /^[^#]/.test(line));
  const commands = lines.filter(line => line.startsWith('RUN ')).map(line => JSON.parse(line.slice(4)));
  assert.deepEqual(
    commands.map(([name, ...args]) => [name.slice(1), ...args]),
    runs,
  );
  const stages = ['scratch'];
  const copied: string[] = [];
  for (const line of lines) {
    const [, base = '', name = ''] = /^FROM (\S+)(?: AS (\S+))?$/.exec(line) ?? [];
    if (line.startsWith('FROM ')) assert.ok(stages.includes(base), line);
    if (name) stages.push(name);
    const [word, ...rest] = line.split(' ');
    const from = rest[0]?.startsWith('--from=') ? rest.shift()?.slice(7) : undefined;
    if (from !== undefined) assert.ok(stages.includes(from), line);
    else if (word === 'COPY') copied.push(...rest.filter(part => !part.startsWith('--')).slice(0, -1));
    assert.ok(['FROM', 'WORKDIR', 'COPY', 'RUN'].includes(word ?? ''), line);
  }
  const inputs = chain.plan.steps.flatMap(step => (step.action === 'run' ? step.inputs : []));
  const ofBundle = inputs.filter(path => existsSync(join(chain.kit.bundleFolder ?? '', path)));
  assert.deepEqual(copied.sort(), [...new Set(['seed/hex0-seed', ...ofBundle])].sort());
  const results = lines
    .filter(line => line.startsWith('COPY --from'))
    .map(line => line.split(' ')[2]?.slice(1));
  const expected = chain.kit.description.expectation.map(entry => entry.path);
  assert.deepEqual(
    results,
    expected.filter(path => path.startsWith('bin/')),
  );
});

test('in an empty container the script makes what the steps make', {
  skip: skip || (typeof container === 'string' && container),
}, () => {
  if (typeof container === 'string') throw new Error(container);
  for (const step of chain.plan.steps) if (step.action === 'mkdir') mkdirSync(join(unaided.root, step.path));
  const { argv, environment } = container.runtime.command(container.tool, {
    argv: ['seed/kaem-seed', 'bedrock.kaem'],
    start: 'seed/kaem-seed',
    scratch: realpathSync(chain.work),
    root: realpathSync(unaided.root),
    cwd: '/',
    environment: [],
  });
  const [name = '', ...args] = argv;
  const { status, stdout, stderr } = spawn(name, args, '/', environment);
  assert.deepEqual([status, stderr], [0, '']);
  assert.ok(
    stdout.startsWith(' +> seed/hex0-seed src/hex0.hex0 bin/hex0\n +> bin/hex0 src/hex1.hex0 bin/hex1\n'),
  );
  for (const { path } of chain.kit.description.expectation)
    assert.deepEqual(unaided.read(path), chain.read(path), path);
});

test('a command is what its line says', { skip }, () => {
  const cases: [script: string, commands: string[][]][] = [
    ['', []],
    ['\n \t\n# t a\n', []],
    ['t\n', [['t']]],
    [
      ' t\ta  b \n\tt c\n',
      [
        ['t', 'a', 'b'],
        ['t', 'c'],
      ],
    ],
    [
      't a # b\nt a#b\n#\n',
      [
        ['t', 'a'],
        ['t', 'a'],
      ],
    ],
    ['t "a  b" "#" "\\"\n', [['t', 'a  b', '#', '\\']]],
    ['t "a\nb"\n', [['t', 'a\nb']]],
    ['t "a"b c"d e"f\n', [['t', 'a', 'b', 'cd e', 'f']]],
    ['t "" a""b\n""\n', [['t', 'a', 'b']]],
    ['t a\\bc \\# d\\\n  e\n', [['t', 'a', 'c', 'd', 'e']]],
    ["t ' $x $(A) * ~ ; | a=b .\n", [['t', "'", '$x', '$(A)', '*', '~', ';', '|', 'a=b', '.']]],
    ['t \xe9\x01\x7f\r\n', [['t', '\xe9\x01\x7f\r']]],
    [
      './t a\n"t" b\n',
      [
        ['./t', 'a'],
        ['t', 'b'],
      ],
    ],
  ];
  for (const [script, commands] of cases) {
    assert.deepEqual(commandsOf(script), commands, script);
    assert.deepEqual(kaem(script), { status: 0, stdout: outputOf(commands), stderr: '' }, script);
  }
});

test('a last line without its newline is not run, nor what follows a quote without its partner', {
  skip,
}, () => {
  for (const end of ['t b', 't b # c', 't b\\\n', 't "b\nt c\n', 't b\\']) {
    assert.deepEqual(kaem(`t a\n${end}`), { status: 0, stdout: outputOf([['t', 'a']]), stderr: '' }, end);
  }
});

test('random scripts run as the language, read anew, has them, up to the first failure', { skip }, () => {
  const part = fc.constantFrom(
    't',
    't',
    '\nt ',
    '\nt ',
    ' ',
    '\t',
    '\n',
    '"',
    '#',
    '\\',
    'a"b c"',
    '\\\n',
    '"\n"',
  );
  let most = 0;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40, size: 'max' }), parts => {
      const script = `t ${parts.join('')}`;
      const commands = commandsOf(script);
      const failing = commands.find(([name]) => name !== 't');
      const good = failing ? commands.slice(0, commands.indexOf(failing)) : commands;
      most = Math.max(most, good.length);
      assert.deepEqual(kaem(script), {
        status: failing ? 1 : 0,
        stdout: outputOf(good) + (failing ? ` +> ${failing.join(' ')}\n` : ''),
        stderr: failing ? FAILED : '',
      });
    }),
    { numRuns: 150 },
  );
  assert.ok(most > 4, `at most ${most} commands`);
});

test('a command that fails in any way ends the script', { skip }, () => {
  chain.write('plain', 'no program');
  for (const command of ['three', 'crash', 'none', './none', '.', 'plain', 't/t']) {
    assert.deepEqual(
      kaem(`t a\n${command} x\nt b\n`),
      { status: 1, stdout: `${outputOf([['t', 'a']])} +> ${command} x\n`, stderr: FAILED },
      command,
    );
  }
});

test('what is no script or no usage is an error', { skip }, () => {
  chain.write('script', 't\n');
  const failed = { status: 1, stdout: '', stderr: FAILED };
  for (const args of [[], ['script', 'script'], ['none'], ['.'], ['']]) {
    assert.deepEqual(spawn(KAEM, args, chain.work, { A: '1' }), failed, args.join(' '));
  }
  for (const script of ['t a\0b\n', 't "\0"\n', 't \0']) assert.deepEqual(kaem(script), failed, script);
  assert.equal(kaem('# \0\nt \\\0\n').status, 0);
});

test('a command has 65531 bytes at most, however they are divided', { skip }, () => {
  const argument = (size: number) => 'x'.repeat(size);
  const many = Array.from({ length: 32_764 }, () => 'x');
  const good = [
    ['t', argument(65_528)],
    ['t', ...many],
    ['t', argument(30_000), argument(35_527)],
  ];
  for (const command of good) {
    for (const end of ['\n', '  # comment\n', '""\\\n\n']) {
      assert.deepEqual(kaem(`${command.join(' ')}${end}`), {
        status: 0,
        stdout: outputOf([command]),
        stderr: '',
      });
    }
  }
  const bad = [
    `t ${argument(65_529)}`,
    `t ${many.join(' ')} x`,
    `t "${'\n'.repeat(200_000)}"`,
    argument(200_001),
  ];
  for (const command of bad) {
    const run = kaem(`t a\n${command}\nt b\n`);
    assert.deepEqual(run, { status: 1, stdout: outputOf([['t', 'a']]), stderr: FAILED });
  }
  assert.equal(kaem(`#${argument(200_001)}\n${' '.repeat(2 ** 17)}t\n`).status, 0);
});

test('the environment is passed through as it is, and the script is not', { skip }, () => {
  const print = chain.write('print.mjs', 'process.stdout.write(JSON.stringify(process.env))');
  const environment = { A: '1', 'b c': 'd "e" \\ $A', PATH: '/none' };
  const { status, stdout } = kaem(`"${process.execPath}" ${print}\n`, environment);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout.slice(stdout.indexOf('\n') + 1)), environment);
  assert.equal(kaem('closed\n').status, 0);
});

test('when what is to be run cannot be written, it is not run', { skip }, () => {
  const full = openSync('/dev/full', 'w');
  after(() => closeSync(full));
  rmSync(join(chain.work, 'made'), { force: true });
  chain.write('script', `${join(chain.root, 'bin/cat')} made script\n`);
  const { status } = spawnSync(KAEM, ['script'], {
    cwd: chain.work,
    env: {},
    stdio: ['ignore', full, 'ignore'],
    timeout: 5000,
  });
  assert.equal(status, 1);
  assert.ok(!existsSync(join(chain.work, 'made')));
  assert.equal(spawn(KAEM, ['script'], chain.work).status, 0);
  assert.ok(existsSync(join(chain.work, 'made')));
});
