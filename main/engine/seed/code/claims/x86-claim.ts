import { type Operand, operandOf } from './x86-operand.ts';

/** An instruction as somebody writes it. */
export interface Claim {
  readonly mnemonic: string;
  readonly operands: readonly Operand[];
  /** An offset or address that stands behind it in brackets, as `(0f3)`; null when none does. */
  readonly place: bigint | null;
}

/** Names of the same instruction: each with the one that the disassembler uses. */
const SYNONYMS: Readonly<Record<string, string>> = {
  jz: 'je',
  jnz: 'jne',
  jc: 'jb',
  jnae: 'jb',
  jnc: 'jae',
  jnb: 'jae',
  jna: 'jbe',
  jnbe: 'ja',
  jnge: 'jl',
  jnl: 'jge',
  jng: 'jle',
  jnle: 'jg',
  jpe: 'jp',
  jpo: 'jnp',
  sal: 'shl',
  movabs: 'mov',
  retn: 'ret',
  lret: 'retf',
  pushad: 'pushal',
  popad: 'popal',
  pushaw: 'pusha',
  popaw: 'popa',
  loopz: 'loope',
  loopnz: 'loopne',
  movsxd: 'movsx',
  ljmp: 'jmp',
  lcall: 'call',
  wait: 'fwait',
};
const KNOWN = new Set(
  `aaa adc add and bswap bt call cbw cdq cdqe cld cli clc cmc cmp cmpsb cpuid cqo cwd cwde dec div hlt idiv imul in inc int iret
ja jae jb jbe jcxz je jecxz jg jge jl jle jmp jne jno jnp jns jo jp jrcxz js lea leave lgdt lidt lodsb lodsd lodsq lodsw loop loope
loopne mov movsb movsd movsq movsw movsx movzx mul neg nop not or out pop popa popal popf push pusha pushal pushf rcl rcr ret retf
rol ror sar sbb scasb sete setne shl shr stc std sti stosb stosd stosq stosw sub syscall test ud2 xchg xor`.split(
    /\s+/,
  ),
);
/** Their operands are said by their names. */
const BARE = /^(lods|stos|movs|cmps|scas)[bwdq]$/;
const JUMPS = /^(j\w+|call|loop\w*)$/;

/** Whether an instruction leads somewhere, so that its operand is a place. */
export function leads(mnemonic: string): boolean {
  return JUMPS.test(mnemonic);
}

/**
 * The instruction that a part of a comment says, or null when it says none: `mov edi, ebx`, `mov_rdi,[rsp+8]`, `jne8 !cont`,
 * `cmp al, ' '`. All of it must be an instruction; only something in brackets may follow.
 */
export function x86Claim(text: string): Claim | null {
  const said = text.trim();
  const [, first = '', rest = ''] = /^([A-Za-z]+\d*)(?:[_\s]+(.*))?$/.exec(said) ?? [];
  const [, prefix = '', named = first] = /^(rep\w*|lock)$/i.test(first)
    ? (/^(\w+)[\s_]+(\w+)$/.exec(said) ?? [])
    : [null, '', first];
  const mnemonic = nameOf(named);
  if (mnemonic === null) return null;
  const [, before = rest, brackets] =
    /^(.*?)\s*(?:[([]([^)\]]*)[)\]])$/.exec(rest.includes('(') || /\s\[[A-Z]/.test(rest) ? rest : '') ?? [];
  const texts = prefix !== '' || before.trim() === '' ? [] : listOf(before);
  const operands = texts.map(operandOf);
  if (!operands.every(each => each !== null)) return null;
  if (operands.some(each => each.kind === 'place') && !leads(mnemonic)) return null;
  const place = /^(?:0x)?([0-9a-f]{2,16})$/i.exec(brackets ?? '');
  return {
    mnemonic: BARE.test(mnemonic) && prefix !== '' ? `${prefix.toLowerCase()} ${mnemonic}` : mnemonic,
    operands: BARE.test(mnemonic) ? [] : operands,
    place: place ? BigInt(`0x${place[1]}`) : null,
  };
}

/** `je8` and `jz` are both `je`; null for what is no name of an instruction. */
function nameOf(text: string): string | null {
  const plain = text.toLowerCase();
  const name = KNOWN.has(plain) || SYNONYMS[plain] ? plain : plain.replace(/(8|16|32)$/, '');
  const one = SYNONYMS[name] ?? name;
  return KNOWN.has(one) || Object.values(SYNONYMS).includes(one) ? one : null;
}

/** Operands, cut at commas that stand in no brackets and are no character. */
function listOf(text: string): string[] {
  return (text.match(/(?:'[^']'|\[[^\]]*\]|[^,])+/g) ?? []).map(each => each.trim());
}

/** An instruction as the disassembler has it, in the same form. */
export function x86Instruction(mnemonic: string, operands: string): Claim | null {
  const [, prefix = '', name = ''] = /^(?:(rep\w*|lock) )?(\w+)$/.exec(mnemonic) ?? [];
  const one = SYNONYMS[name] ?? name;
  const bare = BARE.test(one);
  const read = bare || operands === '' ? [] : operands.split(', ').map(operandOf);
  return {
    mnemonic: bare && prefix !== '' ? `${prefix} ${one}` : one,
    operands: read.map(each => each ?? { kind: 'unknown' }),
    place: null,
  };
}
