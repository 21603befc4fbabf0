import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { AssayError, INSTALLATION, sha256Of } from '../../../../main/engine/base/index.ts';
import { assembleSource, type Processor, proveSource } from '../../../../main/engine/seed/index.ts';
import { codeOf } from '../code/sample.ts';

type Syntax = Parameters<typeof assembleSource>[2]['syntax'];

const assemble = (text: string, syntax: Syntax, machine: Processor | null = 'amd64', base = 0x60_0000) =>
  assembleSource(Buffer.from(text), 'x', { syntax, machine, base });
const hex = (...args: Parameters<typeof assemble>) => assemble(...args).bytes.toString('hex');

/** Sources of our own, and what they give: distances from the end of a reference, absolute places, counted instructions. */
const VECTORS: readonly [string, Syntax, Processor, string, string][] = [
  ['four bytes back', 'hex1', 'amd64', ':a e9 %a', 'e9fbffffff'],
  ['a name at the place before', 'hex2', 'amd64', ':loop eb !loop', 'ebfe'],
  ['two, three and four bytes', 'hex2', 'x86', '@z ~z %z :z', '070004000000000000'],
  ['absolute, four bytes', 'hex2', 'amd64', '90 &z :z', '9005006000'],
  ['from another label', 'hex2', 'amd64', ':a 90 90 :b %b>a', '909002000000'],
  ['aarch64 counts instructions after ^', 'hex2', 'aarch64', ':a 1f2003d5 ^~a 17', '1f2003d5ffffff17'],
  ['aarch64 counts from two instructions on', 'hex2', 'aarch64', '%z :z', 'f8ffffff'],
  ['aarch64 pads to instructions', 'hex2', 'aarch64', '90 < 90', '9000000090'],
  ['x86 does not pad', 'hex2', 'x86', '90 < 90', '9090'],
  [
    'riscv mixes a jump into its word',
    'hex2',
    'riscv64',
    '$end 6F 00 00 00 13 00 00 00 :end',
    '6f00800013000000',
  ],
  ['riscv mixes a branch', 'hex1', 'riscv64', ':a 13 00 00 00 @a 63 00 05 00', '13000000e30e05fe'],
  ['riscv mixes any word', 'hex2', 'riscv32', '.000A0000 13000000', '130a0000'],
  ['riscv upper and lower parts', 'hex2', 'riscv64', '~v 17050000 !v 13050500 :v', '1705000013058500'],
  [
    'the kit: short, four, address, offset',
    'bedrock-hex2',
    'amd64',
    '90 ~z %z &z $z :z',
    '900c080000000e0060000e000000',
  ],
  [
    'the kit: an address of its own',
    'bedrock-hex2',
    'amd64',
    '@00400000 be &w eb ~o :w 4f4b :o c3',
    'be07004000eb024f4bc3',
  ],
  ['the kit: hex1', 'bedrock-hex1', 'amd64', '90 :a $a %a', '9001000000f8ffffff'],
];

for (const [what, syntax, machine, text, expected] of VECTORS) {
  test(`${syntax}, ${machine}: ${what}`, () => {
    assert.equal(hex(text, syntax, machine), expected);
  });
}

test('two bytes hold a place below 65,536', () => {
  assert.equal(hex('90 $z :z', 'hex2', 'amd64', 0), '900300');
});

test('every byte knows its line, every label its place', () => {
  const { bytes, lines, labels } = assemble(':a\n90 # :b\n%a ; x\n4\n1 :c', 'hex2');
  assert.equal(bytes.toString('hex'), '90fbffffff41');
  assert.deepEqual([...lines], [2, 3, 3, 3, 3, 4]);
  assert.deepEqual(labels, [
    { name: 'a', offset: 0, line: 1 },
    { name: 'c', offset: 6, line: 5 },
  ]);
});

test('what is wrong is told with its line', () => {
  const wrong: readonly [string, Syntax, string, number][] = [
    ['90\n%nowhere', 'hex2', 'source.no-label', 2],
    [':a\n:a', 'hex1', 'source.label-twice', 2],
    ['90\n9', 'hex2', 'source.half-byte', 2],
    ['9 :a 0', 'hex1', 'source.half-byte', 1],
    ['90\nxyz', 'hex2', 'source.bad-character', 2],
    ['@a', 'bedrock-hex1', 'source.bad-character', 1],
    [`:a ${'90'.repeat(200)}\n!a`, 'hex2', 'source.too-far', 2],
  ];
  for (const [text, syntax, code, line] of wrong) {
    assert.throws(
      () => assemble(text, syntax),
      (error: unknown) => error instanceof AssayError && error.code === code && error.where?.line === line,
      text,
    );
  }
});

/** A jump to a label as each machine has it. */
const JUMPS: readonly [Processor, string, string, string?][] = [
  ['amd64', '90', 'e9 %L'],
  ['x86', '90', 'eb !L'],
  ['aarch64', '1f2003d5', '^~L 14', '^~L 17'],
  ['riscv64', '13000000', '$L 6f000000'],
  ['riscv32', '13000000', '@L 63000500'],
];
for (const [machine, nop, jump, jumpBack = jump] of JUMPS) {
  test(`${machine}: what is assembled to a label is disassembled to its place`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.nat(20), async (before, after) => {
        const forward = `${nop.repeat(before)} ${jump} ${nop.repeat(after)} :L ${nop}`;
        const back = `:L ${nop.repeat(before + 1)} ${jumpBack}`;
        for (const text of [forward, back]) {
          const { bytes, labels } = assemble(text, 'hex2', machine);
          const { rows } = await codeOf(bytes.toString('hex'), machine);
          const found = rows.find(row => row.kind === 'jump' || row.kind === 'conditional');
          assert.equal(found?.target, labels[0]?.offset);
        }
      }),
      { numRuns: 30 },
    );
  });
}

test("the embedded kit's own sources give the programs that its chain makes", () => {
  const bundle = join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle');
  const published = readFileSync(join(bundle, 'bedrock.sha256'), 'utf8');
  for (const [program, syntax, ...files] of [
    ['bin/cat', 'bedrock-hex1', 'cat.hex1'],
    ['bin/hex2', 'bedrock-hex1', 'elf.hex1', 'hex2.hex1'],
    ['bin/mac', 'bedrock-hex2', 'elf.hex1', 'mac.hex2'],
  ] as const) {
    const source = Buffer.concat(files.map(file => readFileSync(join(bundle, 'src', file))));
    const { bytes } = assembleSource(source, program, { syntax, machine: 'amd64', base: 0x40_0000 });
    assert.match(published, new RegExp(`^${sha256Of(bytes)} {2}${program}$`, 'm'));
  }
});

test('a proof is by the language that the kit names, for the machine of the seed', () => {
  const seed = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
  const text = seed
    .toString('hex')
    .replace('e856000000', 'e8%read')
    .replace(/4489c7/, ':read 4489c7');
  const proved = (syntax: Syntax) =>
    proveSource(seed, Buffer.from(text.replace('%read', '%read ')), { path: 's', syntax }).assembles;
  assert.deepEqual([proved('hex2'), proved('bedrock-hex2'), proved('hex0')], [true, true, false]);
});
