import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Chain, lacking } from './chain.ts';

const chain = new Chain();
const skip = lacking;
const SEED = 'seed/hex0-seed';
const ASSEMBLERS = [SEED, 'bin/hex0', 'bin/hex1', 'bin/hex2', 'bin/mac'];

/** The status for what is wrong with the arguments or the language: hex0 has one for everything. */
const wrong = (program: string) => (program.includes('hex0') ? 1 : 2);
const low = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
};
const n = (size: number) => 'n'.repeat(size);
const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

for (const program of ASSEMBLERS) {
  test(`${program}: arguments and files`, { skip }, () => {
    const input = chain.write('in', program === 'bin/mac' ? 'text "H"\n' : '48\n');
    for (const args of [[], [input], [input, 'none', 'more']]) {
      assert.equal(chain.run(program, ...args).status, wrong(program), args.join(' '));
    }
    for (const [from, to] of [
      ['missing', 'none'],
      ['.', 'none'],
      [input, 'missing/out'],
      [input, '.'],
      [input, '/dev/full'],
    ]) {
      assert.equal(chain.run(program, from ?? '', to ?? '').status, 1, `${from} ${to}`);
    }
    // hex0 makes OUT before it looks at IN, as its page says.
    assert.equal(existsSync(join(chain.work, 'none')), program.includes('hex0'));
    rmSync(join(chain.work, 'none'), { force: true });
    assert.equal(chain.run(program, input, 'good').status, 0);
  });
}

for (const program of ASSEMBLERS.slice(0, 4)) {
  test(`${program}: digits, blanks and comments, and nothing else`, { skip }, () => {
    const good: [string, string][] = [
      ['', ''],
      ['48 65\t6C6c\n6 F # zz\n;zz\n0a', 'Hello\n'],
      ['# no newline', ''],
      ['00fFFf', '\x00\xff\xff'],
      ['4#c\n8', 'H'],
      ['#\xff\x00\r\n41;#\n42', 'AB'],
    ];
    for (const [source, bytes] of good) {
      const { status, out } = chain.assemble(program, source);
      assert.deepEqual([status, out?.toString('latin1')], [0, bytes], source);
    }
    const bad = program === SEED ? badCharacters() : [...'/G`g!"\x00\r\v\x1f\x7f\x80\xff,.'];
    for (const character of bad) {
      assert.equal(chain.assemble(program, `41 ${character} 42`).status, wrong(program), character);
    }
    for (const half of ['4', '41 4', '414#', '4\n']) {
      assert.equal(chain.assemble(program, half).status, wrong(program), half);
    }
  });
}

/** All of ASCII that is not in the language, and some of what is not ASCII. */
function badCharacters(): string[] {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  return [
    ...ascii.filter(character => !/[0-9a-fA-F \n\t#;]/.test(character)),
    '\x80',
    '\xa0',
    '\xb0',
    '\xff',
  ];
}

for (const program of ['bin/hex1', 'bin/hex2']) {
  test(`${program}: labels`, { skip }, () => {
    const cases: [source: string, status: number, out?: Buffer][] = [
      [':a %a ', 0, low(-4)],
      ['%a 90 :a 91', 0, Buffer.concat([low(1), Buffer.from([0x90, 0x91])])],
      ['90 $a :a $a ', 0, Buffer.concat([Buffer.from([0x90]), low(5), low(5)])],
      [':A :a %A 00 %a ', 0, Buffer.concat([low(-4), Buffer.from([0]), low(-9)])],
      [':a # %b', 0, Buffer.alloc(0)],
      ['%a ', 3],
      [':a :a ', 3],
      ['4 :a 1', 2],
      ['4%a :a ', 2],
      [':', 2],
      ['%', 2],
      [': a', 2],
      [':\n', 2],
      [':# ', 2],
      [':\x7f ', 2],
      [':\xe9 ', 2],
    ];
    for (const [source, status, bytes] of cases) {
      const made = chain.assemble(program, source);
      assert.deepEqual([made.status, made.out], [status, bytes ?? null], source);
    }
  });
}

test('hex2: names, distances and addresses, and where something is wrong', { skip }, () => {
  const good: [string, Buffer][] = [
    [':loop 90 ~loop', Buffer.from([0x90, 0xfe])],
    [`~x ${'90'.repeat(127)}:x`, Buffer.from([0x7f, ...Buffer.alloc(127, 0x90)])],
    [`:x ${'90'.repeat(127)}~x`, Buffer.from([...Buffer.alloc(127, 0x90), 0x80])],
    ['&a :a', low(0x40_0004)],
    ['@08048000 &a :a', low(0x804_8004)],
    ['@ffffff00 &a :a', low(0xffff_ff04)],
    ['&m $m @00600000 :m @00600010 :n', Buffer.concat([low(0x60_0000), low(0x20_0000)])],
    ['90 @00400001 90', Buffer.from([0x90, 0x90])],
    [`:${n(55)} %${n(55)}`, low(-4)],
    [':ab %a :a ', low(0)],
    [':a#c\n%a;d', low(-4)],
  ];
  for (const [source, bytes] of good) {
    const { status, stderr, out } = chain.assemble('bin/hex2', source);
    assert.deepEqual([status, stderr, out], [0, '', bytes], source.slice(0, 40));
  }
  const bad: [string, number, string][] = [
    [`~x ${'90'.repeat(128)}:x`, 3, 'line 1: too far'],
    [`:x ${'90'.repeat(128)}\n~x`, 3, 'line 2: too far'],
    ['@fffffffe &a :a ', 3, 'line 1: too far'],
    ['90 @00600000 90', 2, 'line 1: a byte after the address was changed'],
    ['@0040000', 2, 'line 1: not in the language'],
    ['4@00400000', 2, 'line 1: half a byte'],
    ['\n\n4', 2, 'line 3: half a byte'],
    [`\n:${n(56)}`, 4, 'line 2: name too long'],
    ['# c\n90 %nope\n', 3, 'line 2: no such label'],
    [':a %ab ', 3, 'line 1: no such label'],
    [':a\n:a\n', 3, 'line 2: label set twice'],
    [lines(16_385, i => `:l${i}`), 4, 'line 16385: too many labels'],
  ];
  for (const [source, status, message] of bad) {
    const made = chain.assemble('bin/hex2', source);
    assert.deepEqual(
      [made.status, made.stderr, made.out],
      [status, `hex2: ${message}\n`, null],
      source.slice(0, 40),
    );
  }
});

test('IN of one byte less than 1 MiB is taken, and not one byte more', { skip }, () => {
  for (const program of ['bin/hex1', 'bin/hex2', 'bin/mac']) {
    const largest = Buffer.alloc(2 ** 20 - 1, '#');
    assert.equal(chain.assemble(program, largest).status, 0, program);
    const { status, stderr, out } = chain.assemble(program, Buffer.concat([largest, Buffer.from('\n')]));
    const name = program.slice(4);
    const message = name === 'hex1' ? '' : `${name}: IN is too large\n`;
    assert.deepEqual([status, stderr, out], [4, message, null], program);
  }
  const dense = chain.assemble('bin/hex1', `:a ${'%a'.repeat(524_286)}`);
  assert.equal(dense.out?.length, 524_286 * 4);
});

test('cat: files put together, OUT among them, up to 8 MiB', { skip }, () => {
  const a = chain.write('a', 'one\n');
  const b = chain.write('b', Buffer.alloc(100_000, 'b'));
  const largest = chain.write('largest', Buffer.alloc(2 ** 23 - 1));
  const out = () => chain.run('bin/sha256sum', 'o').stdout.slice(0, 64);
  assert.equal(chain.run('bin/cat', 'o', a, b, a).status, 0);
  chain.write('expected', `one\n${'b'.repeat(100_000)}one\n`);
  assert.equal(out(), chain.run('bin/sha256sum', 'expected').stdout.slice(0, 64));
  assert.equal(chain.run('bin/cat', 'o', largest).status, 0);
  assert.equal(chain.run('bin/cat', 'none', largest, a).status, 4);
  const bad: [string[], number][] = [
    [[], 2],
    [['none'], 2],
    [['none', a, 'missing'], 1],
    [['none', '.'], 1],
    [['missing/o', a], 1],
    [['/dev/full', a], 1],
  ];
  for (const [args, status] of bad)
    assert.equal(chain.run('bin/cat', ...args).status, status, args.join(' '));
  assert.ok(!existsSync(join(chain.work, 'none')));
});

/** What mac makes of statements, without the comments it adds. */
function digitsOf(source: string): string[] {
  const { status, stderr, out } = chain.assemble('bin/mac', source);
  assert.deepEqual([status, stderr], [0, ''], source.slice(0, 60));
  const text = out?.toString('latin1') ?? '';
  return text
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim())
    .filter(line => line !== '');
}

const NUMBERS = ['', 's']
  .flatMap(sign => [1, 2, 4, 8].map(size => `def ${sign || 'u'}${size} ?${sign}${size} => ?\n`))
  .join('');

test('mac: a number fits its bytes exactly up to its limits', { skip }, () => {
  for (const size of [1, 2, 4, 8]) {
    for (const sign of ['u', 's']) {
      const bits = BigInt(8 * size);
      const [least, most] = [-(1n << (bits - 1n)), (1n << (sign === 's' ? bits - 1n : bits)) - 1n];
      const values = [least, most, -1n, 0n, 1n];
      const hex = (value: bigint) =>
        `${value < 0n ? '-' : ''}0x${(value < 0n ? -value : value).toString(16)}`;
      const statements = values.flatMap(value => [`${sign}${size} ${value}`, `${sign}${size} ${hex(value)}`]);
      const expected = values.flatMap(value => {
        const digits = BigInt.asUintN(8 * size, value)
          .toString(16)
          .padStart(2 * size, '0');
        const bytes = Buffer.from(digits, 'hex')
          .reverse()
          .toString('hex')
          .replace(/..(?!$)/g, '$& ');
        return [bytes, bytes];
      });
      assert.deepEqual(digitsOf(NUMBERS + statements.join('\n')), expected);
      for (const value of [least - 1n, most + 1n]) {
        const { status, stderr } = chain.assemble('bin/mac', `${NUMBERS}${sign}${size} ${value}\n`);
        assert.deepEqual([status, stderr], [2, `mac: line 9: no rule fits: ${sign}${size} ${value}\n`]);
      }
    }
  }
});

test('mac: statements', { skip }, () => {
  assert.deepEqual(digitsOf('const A = 5\nconst B = -A\ndef n ?1 => ?\nn B\nn -B\nn A'), ['fb', '05', '05']);
  assert.deepEqual(digitsOf("def n ?1 => ?\nn ';' ; c\nn '\\n'\nn '''\nn -'a'"), ['3b', '0a', '27', '9f']);
  assert.deepEqual(digitsOf('def  a   b ,c =>  00 \n  a b,\tc;x\na b , c'), ['00', '00']);
  assert.deepEqual(
    digitsOf('def i [x+?s1], ?1 => 01 ? ?\ndef i [x+?s4], ?1 => 02 ? ?\ni [x+127], 5\ni [x+128], 5'),
    ['01 7f 05', '02 80 00 00 00 05'],
  );
  assert.deepEqual(digitsOf('def j @ => e9 %@\nj a.b_1\n:a.b_1\n@00600000\nzeros 3'), [
    'e9 %a.b_1',
    ':a.b_1',
    '@00600000',
    '00 00 00',
  ]);
  assert.match(
    chain.assemble('bin/mac', 'text "a;b#c\\"\\\\\\n\\t\\0"').out?.toString() ?? '',
    /^61 3b 62 23 63 22 5c 0a 09 00 /,
  );
});

test('mac: what is wrong is named with its line, and nothing is made', { skip }, () => {
  const bad: [string, number, string][] = [
    ...['n1', 'u1 --1', 'u1 0x', "u1 ''", "u1 'a", 'u1 1x', 'u1 1 2', 'u1 X'].map(wrongLine),
    ...['const a', 'const 1 = 1', 'const a = zz', 'def a', 'def => b', 'def a ?3 => ?', 'def a ?1 => 00'].map(
      wrongLine,
    ),
    ...['def a @ => 00', 'text "a', 'text "\\q"', 'zeros -1', 'zeros 65537', 'u1 \xe9', 'u1 1\r'].map(
      wrongLine,
    ),
    ['def a => 00\ndef a => 01\n', 3, 'line 2: defined before: def a => 01'],
    ['const a = 0\nconst a = 0\n', 3, 'line 2: defined before: const a = 0'],
    [lines(4097, i => `const c${i} = ${i}`), 4, 'line 4097: too many definitions: const c4096 = 4096'],
    ['zeros 65536\n'.repeat(30), 4, 'OUT is too large'],
  ];
  for (const [source, status, message] of bad) {
    const made = chain.assemble('bin/mac', source);
    assert.deepEqual([made.status, made.out], [status, null], source.slice(-60));
    assert.ok(made.stderr.startsWith(`mac: ${message}`), made.stderr.slice(0, 100));
    assert.match(made.stderr, /^[^\n]*\n$/);
  }
  const long = chain.assemble('bin/mac', `:${'x'.repeat(255)}`);
  assert.equal(long.status, 4);
  assert.match(long.stderr, /^mac: line 1: too long: :xxx/);
});

function wrongLine(statement: string): [string, number, string] {
  return [`${NUMBERS}${statement}\n`, 2, 'line 9: '];
}
