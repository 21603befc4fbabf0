/** Bytes by the name that a definition gives them, in hexadecimal in lower case. A name that is defined several times has all. */
export type Definitions = ReadonlyMap<string, readonly string[]>;

/** Most definitions that are taken, and most that a name may have. */
const COUNT = 1 << 14;
const EACH = 8;
/** Bytes of the longest instruction. */
const LONGEST = 15;

const LINE = /^[ \t]*DEFINE[ \t]+(\S{1,200})[ \t]+((?:[0-9A-Fa-f]{2}){1,15})[ \t]*(?:[#;].*)?$/gm;

/** Definitions of macros as M1 of mescc-tools has them: lines of `DEFINE NAME BYTES`. Lines that are none, or give no bytes, are passed over. */
export function definitionsIn(texts: readonly string[]): Definitions {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    for (const [, name = '', digits = ''] of text.matchAll(LINE)) {
      const bytes = digits.toLowerCase();
      const known = found.get(name) ?? [];
      if (known.length === 0 && found.size >= COUNT) return found;
      if (bytes.length <= 2 * LONGEST && !known.includes(bytes) && known.length < EACH)
        found.set(name, [...known, bytes]);
    }
  }
  return found;
}
