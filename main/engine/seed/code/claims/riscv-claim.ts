import type { CodeRow } from '../listing.ts';
import type { Agreement, Target } from './compare.ts';

/**
 * Compares a claim in the words of stage0's RISC-V sources, `rd_a7 !56 addi` or `rs1_a0 @terminate beqz`, with an instruction. Only
 * registers, plain numbers of arithmetic and the names of places that jumps lead to are compared.
 */
export function riscvAgreement(
  claim: string,
  { mnemonic, operands }: CodeRow,
  target: Target | null,
): Agreement {
  const words = claim.split(/\s+/);
  const name = words.at(-1) ?? '';
  const said = words.slice(0, -1);
  if (!/^[a-z]+$/.test(name) || !said.every(word => /^(rd|rs1|rs2)_\w+$|^[!@$~][\w-]+$/.test(word)))
    return 'not-comparable';
  const forms = FORMS[mnemonic];
  if (!forms) return 'not-comparable';
  const actual = operands.split(/, |\(|\)/).filter(each => each !== '');
  const fields = new Map(forms.fields.map((field, i) => [field, actual[i] ?? '']));
  if (!forms.names.includes(name)) return KNOWN.has(name) ? 'differs' : 'not-comparable';
  let result: Agreement = 'equal';
  for (const word of said) {
    const [, field = 'imm', value = ''] = /^(rd|rs1|rs2)_(\w+)$/.exec(word) ?? [null, 'imm', word.slice(1)];
    const there = fields.get(field) ?? forms.implied?.[field] ?? (field === 'imm' ? '0' : 'zero');
    if (field !== 'imm') {
      if (nameOf(value) !== there) return 'differs';
    } else if (word.startsWith('!') && NUMBER.test(value) && NUMBER.test(there)) {
      if (numberOf(value) !== numberOf(there)) return 'differs';
    } else {
      const places = /^[@$]/.test(word) ? target?.places.get(value) : undefined;
      if (!places) result = 'not-comparable';
      else if (!places.includes(target?.offset ?? -1)) return 'differs';
    }
  }
  return result;
}

const NUMBER = /^-?(0x[0-9a-f]+|[1-9]\d*|0)$/;
const numberOf = (text: string) => Number(text.replace('-', '')) * (text.startsWith('-') ? -1 : 1);

/** `x20` is `s4`: names of the calling convention by number. */
const NAMES =
  'zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6'.split(
    ' ',
  );
function nameOf(text: string): string {
  const [, number] = /^x(\d+)$/.exec(text) ?? [];
  return number === undefined ? (text === 'fp' ? 's0' : text) : (NAMES[Number(number)] ?? text);
}

interface Form {
  /** The names that a claim may have for it. */
  readonly names: readonly string[];
  /** What its operands are, in the order in which the disassembler writes them. */
  readonly fields: readonly string[];
  /** Registers that it does not write. */
  readonly implied?: Readonly<Record<string, string>>;
}

/** By the name that the disassembler writes. */
const FORMS: Readonly<Record<string, Form>> = {
  addi: { names: ['addi'], fields: ['rd', 'rs1', 'imm'] },
  mv: { names: ['mv', 'addi'], fields: ['rd', 'rs1'] },
  add: { names: ['add'], fields: ['rd', 'rs1', 'rs2'] },
  sub: { names: ['sub'], fields: ['rd', 'rs1', 'rs2'] },
  and: { names: ['and'], fields: ['rd', 'rs1', 'rs2'] },
  or: { names: ['or'], fields: ['rd', 'rs1', 'rs2'] },
  xor: { names: ['xor'], fields: ['rd', 'rs1', 'rs2'] },
  ...Object.fromEntries(
    ['lb', 'lbu', 'lh', 'lhu', 'lw', 'lwu', 'ld'].map(each => [
      each,
      { names: [each], fields: ['rd', 'imm', 'rs1'] },
    ]),
  ),
  ...Object.fromEntries(
    ['sb', 'sh', 'sw', 'sd'].map(each => [each, { names: [each], fields: ['rs2', 'imm', 'rs1'] }]),
  ),
  ...Object.fromEntries(
    ['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu'].map(each => [
      each,
      { names: [each], fields: ['rs1', 'rs2'] },
    ]),
  ),
  beqz: { names: ['beqz', 'beq'], fields: ['rs1'] },
  bnez: { names: ['bnez', 'bne'], fields: ['rs1'] },
  bltz: { names: ['bltz', 'blt'], fields: ['rs1'] },
  bgez: { names: ['bgez', 'bge'], fields: ['rs1'] },
  j: { names: ['jal', 'j'], fields: [] },
  jal: { names: ['jal'], fields: [], implied: { rd: 'ra' } },
  ret: { names: ['ret', 'jalr'], fields: [], implied: { rs1: 'ra' } },
  lui: { names: ['lui'], fields: ['rd'] },
  auipc: { names: ['auipc'], fields: ['rd'] },
  ecall: { names: ['ecall'], fields: [] },
};
const KNOWN = new Set(Object.values(FORMS).flatMap(({ names }) => names));
