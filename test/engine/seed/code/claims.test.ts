import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { INSTALLATION } from '../../../../main/engine/base/index.ts';
import {
  assembleSource,
  checkClaims,
  definitionsIn,
  disassemble,
  loadedImage,
  type Processor,
} from '../../../../main/engine/seed/index.ts';
import { codeOf, imageOf } from './sample.ts';

/** What checking the comments of a source of our own gives. */
async function check(text: string, machine: Processor) {
  const { bytes, lines, labels } = assembleSource(Buffer.from(text), 'x', {
    syntax: 'hex0',
    machine,
    base: 0,
  });
  const listing = await codeOf(bytes.toString('hex'), machine, { labels });
  return checkClaims(listing, { text, lines, labels });
}

/** Ways in which authors write an instruction that is there. */
const SAME: readonly [Processor, string][] = [
  ['amd64', '31 db # xor ebx, ebx'],
  ['amd64', '31 DB ; XOR EBX,EBX'],
  ['amd64', '31 db ; xor_ebx,ebx # sums'],
  ['amd64', '6a 3c # 000  push 60 ; exit'],
  ['amd64', '3c fc ; cmp_al, !-4'],
  ['amd64', "3c 3b # cmp al, ';' ; a comment?"],
  ['amd64', "3c 41 # cmp al, 'A'"],
  ['amd64', '48 c7 c0 3c 00 00 00 ; mov_rax, %0x3c'],
  ['amd64', '48 8b 7c 24 08 ; mov_rdi,[rsp+8]'],
  ['amd64', '8a 06 # mov al, byte [rsi]'],
  ['amd64', '87 d8 # xchg eax, ebx'],
  ['amd64', '#:top\neb fe # jmp8 !top'],
  ['amd64', '# top:\n74 fe # jz top (000)'],
  ['x86', 'cd 80 ; int !0x80'],
  ['x86', 'cd 80 ; int 80h'],
  ['x86-16', '26 88 07 # mov [es:bx],al'],
  ['x86-16', '83 ff 00 # cmp di,byte +0x0 [Check if toggled]'],
  ['riscv64', '13 05 c0 f9 # rd_a0 !-100 addi ; AT_FDCWD'],
  ['riscv64', '83 35 01 01 # rd_a1 rs1_sp !16 ld'],
  ['riscv64', '# :me\n63 00 05 00 # rs1_a0 @me beqz'],
];
for (const [machine, text] of SAME) {
  test(`the same, ${machine}: ${text}`, async () => {
    const { questions, equal, notCompared } = await check(text, machine);
    assert.deepEqual([questions, equal, notCompared], [[], 1, 0]);
  });
}

/** Comments that say something else, and the sentence about them. */
const OTHER: readonly [Processor, string, string][] = [
  ['amd64', '89 d8 # mov eax, ecx', "Line 1 says 'mov eax, ecx'; the instruction is 'mov eax, ebx'"],
  ['amd64', '90\n90 # 002  nop', 'Line 2 says that it is at 0x002; it is at 0x1'],
  ['amd64', '89 df # mov edi, 0', "Line 1 says 'mov edi, 0'; the instruction is 'mov edi, ebx'"],
  ['amd64', '31 db # sub ebx, ebx', "Line 1 says 'sub ebx, ebx'; the instruction is 'xor ebx, ebx'"],
  ['amd64', '6a 3d # push 60', "Line 1 says 'push 60'; the instruction is 'push 0x3d'"],
  [
    'amd64',
    '8a 46 01 # mov al, [rsi]',
    "Line 1 says 'mov al, [rsi]'; the instruction is 'mov al, byte ptr [rsi + 1]'",
  ],
  [
    'amd64',
    '#:a\n90\n#:b\neb fd # jmp b',
    "Line 4 says 'jmp b'; the instruction is 'jmp 0x400000', which leads to 0x0",
  ],
  [
    'amd64',
    '90\neb fd # jmp 1',
    "Line 2 says 'jmp 1'; the instruction is 'jmp 0x400000', which leads to 0x0",
  ],
  ['x86-16', '72 fe # jnc top', "Line 1 says 'jnc top'; the instruction is 'jb 0x7c00', which leads to 0x0"],
  [
    'riscv64',
    '13 05 c0 f9 # rd_a1 !-100 addi',
    "Line 1 says 'rd_a1 !-100 addi'; the instruction is 'addi a0, zero, -0x64'",
  ],
  [
    'amd64',
    '90\n#:next (0x400007)\n90',
    'Line 2 says that next is at 0x400007; it is at 0x400001, offset 0x1',
  ],
];
for (const [machine, text, sentence] of OTHER) {
  test(`differs, ${machine}: ${JSON.stringify(text)}`, async () => {
    const { questions } = await check(text, machine);
    assert.deepEqual(
      questions.map(each => each.text),
      [sentence],
    );
  });
}

/** Words that only look like instructions, or cannot be held against one. */
const NOTHING_SAID: readonly [Processor, string][] = [
  ['amd64', '0f 05 # Call it a good day'],
  ['amd64', '0f 05 # and then'],
  ['amd64', '31 db ; loop over all of them'],
  ['amd64', '31 db # test if we got anything'],
  ['amd64', '0f 05 # not done yet'],
  ['amd64', '8a 05 00 00 00 00 ; mov_al,[rip+DWORD] %table'],
  ['amd64', 'eb 00 # jmp elsewhere'],
  ['amd64', '31 db 31 c0 # xor eax, eax'],
  ['aarch64', '1f 20 03 d5 # SET_X0_TO_1'],
  ['riscv64', '13 05 c0 f9 # Set up a0'],
];
for (const [machine, text] of NOTHING_SAID) {
  test(`no question, ${machine}: ${text}`, async () => {
    const { questions, equal } = await check(text, machine);
    assert.deepEqual([questions, equal], [[], 0]);
  });
}

test('the comments of the embedded seeds say what their instructions do, every one of them in the first', async () => {
  for (const [seed, source, equal] of [
    ['hex0-seed', 'hex0.hex0', 74],
    ['kaem-seed', 'kaem.hex0', 115],
  ] as const) {
    const bundle = join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle');
    const bytes = readFileSync(join(bundle, 'seed', seed));
    const text = readFileSync(join(bundle, 'src', source), 'utf8');
    const { lines, labels } = assembleSource(Buffer.from(text), source, {
      syntax: 'hex0',
      machine: 'amd64',
      base: 0,
    });
    const listing = await disassemble(bytes, loadedImage(bytes), { labels });
    assert.ok(listing);
    const checked = checkClaims(listing, { text, lines, labels });
    assert.deepEqual([checked.questions, checked.equal], [[], equal]);
  }
});

test('no comment makes it throw', async () => {
  const words = fc.constantFrom(
    'mov',
    'jmp',
    'rep',
    'movsb',
    'eax',
    ',',
    '[',
    ']',
    "'",
    '#',
    '0x',
    '-',
    '(',
    '9',
    ' ',
    '_',
    'rd_a0',
    '!',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(words, fc.string({ maxLength: 4 })), { maxLength: 12 }),
      async parts => {
        const comment = parts.join('').replaceAll('\n', ' ');
        for (const machine of ['amd64', 'riscv64'] as const) {
          const bytes = Buffer.from('13050000', 'hex');
          const listing = await disassemble(bytes, imageOf(bytes, machine));
          assert.ok(listing);
          checkClaims(listing, {
            text: `13050000 #${comment}`,
            lines: Uint32Array.of(1, 1, 1, 1),
            labels: [],
          });
        }
      },
    ),
  );
});

test('macros of a source are held against what the bundle defines them as, and where a place leads', async () => {
  const definitions = definitionsIn([
    'DEFINE QUIT a80b80d2 # the number\nDEFINE ZERO 000080D2\nDEFINE JUMP 14\nDEFINE ODD xyz\nDEFINE ASK 010000d4\n',
    'DEFINE ZERO e0031faa\nNOT DEFINE OTHER 00',
  ]);
  assert.deepEqual([...definitions.keys()], ['QUIT', 'ZERO', 'JUMP', 'ASK']);
  assert.deepEqual(definitions.get('ZERO'), ['000080d2', 'e0031faa']);
  const text = [
    'a8 0b 80 d2 # QUIT',
    '20 00 80 d2 # ZERO ; but it is one',
    '#:on',
    '02 00 00 14 # ^~ask JUMP',
    'ff ff ff 17 # ^~on JUMP',
    '#:ask',
    '01 00 00 d4 # ASK',
    '1f 20 03 d5 # WAIT',
    'fb ff ff 14 # ^~ask JUMP',
  ].join('\n');
  const bytes = { syntax: 'hex0', machine: 'aarch64', base: 0 } as const;
  const assembled = assembleSource(Buffer.from(text), 'x', bytes);
  const listing = await codeOf(assembled.bytes.toString('hex'), 'aarch64', { labels: assembled.labels });
  const macros = { definitions, bytes: assembled.bytes };
  const { questions, equal, notCompared } = checkClaims(listing, { text, ...assembled, macros });
  assert.deepEqual(
    questions.map(({ text: words }) => words),
    [
      "Line 2 says 'ZERO'; the instruction is 'mov x0, #1'",
      "Line 5 says '^~on JUMP'; the instruction is 'b #0x400008', which leads to 0x8",
    ],
  );
  assert.deepEqual([equal, notCompared], [3, 2]);
});
