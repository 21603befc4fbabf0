import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { INSTALLATION } from '../../../../../main/engine/base/index.ts';
import { type CodeListing, disassemble, loadedImage } from '../../../../../main/engine/seed/index.ts';
import { ENCODERS } from './encoders.ts';
import { codeOf, programs } from './program.ts';
import { EMULATORS, type Emulated, elfOf, type Moment, notHere, run } from './qemu.ts';

const NUMBERS = { amd64: 'rax', x86: 'eax', aarch64: 'x8', arm: 'r7', riscv64: 'a7', riscv32: 'a7' } as const;
const STACKS = { amd64: 'rsp', x86: 'esp', aarch64: 'sp', arm: 'r13', riscv64: 'sp', riscv32: 'sp' } as const;
/** Arguments of which a program's kernel looks at 32 bits, with their sign. */
const INTS = new Set(['fd', 'status', 'pid']);
const low = (bits: number, value: bigint) => BigInt.asUintN(bits, value);

/** How many numbers and arguments were held against what really happened. */
interface Held {
  numbers: number;
  args: number;
}

async function listingOf(program: Uint8Array): Promise<CodeListing> {
  const listing = await disassemble(program, loadedImage(program));
  assert.ok(listing);
  return listing;
}

/** Holds what is said of every system call on no condition against the registers whenever it was made. */
function hold(machine: Emulated, { rows }: CodeListing, moments: readonly Moment[]): Held {
  const held = { numbers: 0, args: 0 };
  const calls = new Map(rows.map(row => [row.address, row]));
  const stack = moments[0]?.registers.get(STACKS[machine]) ?? 0n;
  const bits = machine === 'amd64' || machine === 'aarch64' || machine === 'riscv64' ? 64 : 32;
  for (const { pc, registers } of moments) {
    const row = calls.get(pc);
    const call = row?.call;
    if (!row || !call || Object.keys(call.conditions).length > 0) continue;
    assert.equal(row.reached, true, `0x${row.offset.toString(16)} ran and is said to be out of reach`);
    const number = Number(low(32, registers.get(NUMBERS[machine]) ?? -1n));
    const said = call.number === null ? call.oneOf.map(each => each.number) : [call.number];
    if (said.length === 0) continue;
    held.numbers += 1;
    const none = call.unless.length > 0 && number >= 0x400;
    const what = `0x${row.offset.toString(16)}: ${JSON.stringify(said)}`;
    assert.ok(none || said.includes(number), `${what}, and it was ${number}`);
    for (const { name, register, value } of call.args) {
      const words = value?.split(' or ') ?? [];
      if (words.length === 0 || !words.every(word => /^(-?(0x)?[0-9a-f]+|stack([+-]\d+)?)$/.test(word)))
        continue;
      const width = INTS.has(name) ? 32 : bits;
      const can = words.map(word => low(width, numberOf(word, name, stack)));
      const was = low(width, registers.get(register) ?? -1n);
      held.args += 1;
      assert.ok(
        can.includes(was),
        `${what}: ${name} is said to be ${value}, and it was 0x${was.toString(16)}`,
      );
    }
  }
  return held;
}

function numberOf(word: string, name: string, stack: bigint): bigint {
  const [, distance = '0'] = /^stack(.*)$/.exec(word) ?? [];
  if (word.startsWith('stack')) return stack + BigInt(distance.replace('+', ''));
  return name === 'mode' ? BigInt(`0o${word}`) : BigInt(word.startsWith('-') ? word : word);
}

for (const machine of Object.keys(EMULATORS) as Emulated[]) {
  const skip = notHere(machine);
  test(`${machine}: what is said of system calls is what happens when random programs are run`, {
    skip,
  }, async () => {
    const all = { numbers: 0, args: 0 };
    const property = fc.asyncProperty(programs, async program => {
      const file = elfOf(machine, codeOf(program, ENCODERS[machine]));
      const moments = run(machine, file, ['one']);
      assert.ok(moments.length > 0, 'the program ran');
      const held = hold(machine, await listingOf(file), moments);
      all.numbers += held.numbers;
      all.args += held.args;
    });
    await fc.assert(property, { numRuns: Number(process.env.ASSAY_RUNS ?? 25) });
    // How many arguments are numbers is left to chance; that there is a call to hold against is not.
    assert.ok(all.numbers > 15, `too little was held against anything: ${JSON.stringify(all)}`);
  });
}

test('the embedded seed does what is said of it', { skip: notHere('amd64') }, async () => {
  const seed = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
  const source = join(INSTALLATION, 'audit-kits/bedrock-amd64/kit.toml');
  const held = hold('amd64', await listingOf(seed), run('amd64', seed, [source, 'out']));
  assert.ok(held.numbers >= 4, JSON.stringify(held));
});
