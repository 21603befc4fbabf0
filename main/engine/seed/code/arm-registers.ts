/** Names that are another name of a register. */
const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '8': { fp: 'x29', lr: 'x30' },
  '4': { sb: 'r9', sl: 'r10', fp: 'r11', ip: 'r12', r13: 'sp', r14: 'lr', r15: 'pc' },
};

/** The register of AArch64 or ARM that a name is, and its bits: `w8` and `x8` are one. Null for what is none, or always zero. */
export function armRegister(
  name: string,
  word: number,
): { readonly register: string | null; readonly bits: number } {
  const plain = ALIASES[word]?.[name] ?? name;
  if (word === 4) return { register: /^(r\d+|sp|lr|pc)$/.test(plain) ? plain : null, bits: 32 };
  const [, kind = '', number = ''] = /^([xw])(\d+)$/.exec(plain) ?? [];
  if (number !== '') return { register: `x${number}`, bits: kind === 'x' ? 64 : 32 };
  if (plain === 'wsp') return { register: 'sp', bits: 32 };
  return { register: plain === 'sp' ? plain : null, bits: plain === 'wzr' ? 32 : 64 };
}
