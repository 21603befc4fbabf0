import { inputError } from '../base/index.ts';

/** Bytes to look for, each with the bits of it that must agree. */
export interface BytePattern {
  readonly bytes: Uint8Array;
  /** As long as `bytes`: 0xff for a byte that is known, 0 for any. */
  readonly mask: Uint8Array;
}

/** The longest pattern that is looked for, in bytes. */
export const PATTERN_LIMIT = 1024;

/** How a text is written in bytes. */
export type TextEncodingName = 'utf-8' | 'utf-16le';

/**
 * A text as bytes to look for; with `foldCase` the case of ASCII letters does not count. Throws `search.bad-pattern` when it is
 * empty or too long.
 */
export function textPattern(
  text: string,
  foldCase: boolean,
  encoding: TextEncodingName = 'utf-8',
): BytePattern {
  const bytes = Uint8Array.from(Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le'));
  const mask = new Uint8Array(bytes.length).fill(0xff);
  if (foldCase) {
    const unit = encoding === 'utf-8' ? 1 : 2;
    for (let at = 0; at < bytes.length; at += unit) {
      if (isLetter(bytes[at] as number) && (unit === 1 || bytes[at + 1] === 0)) mask[at] = 0xdf;
    }
  }
  return checked({ bytes, mask });
}

/** `7f 4? ?? 46`: hexadecimal bytes, `?` for any digit. Blanks, commas and `0x` do not count. Throws `search.bad-pattern`. */
export function hexPattern(text: string): BytePattern {
  const digits = text.replace(/\b0x/gi, '').replace(/[\s,]+/g, '');
  if (!/^([0-9a-f?]{2})*$/i.test(digits)) {
    throw inputError(
      'search.bad-pattern',
      `'${text}' is no pattern of bytes`,
      undefined,
      'Write whole bytes, as 7f 4? ?? 46.',
    );
  }
  const pairs = digits.match(/../g) ?? [];
  return checked({
    bytes: Uint8Array.from(pairs, pair => Number.parseInt(pair.replaceAll('?', '0'), 16)),
    mask: Uint8Array.from(pairs, ([high, low]) => (high === '?' ? 0 : 0xf0) | (low === '?' ? 0 : 0x0f)),
  });
}

function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

function checked(pattern: BytePattern): BytePattern {
  const { length } = pattern.bytes;
  if (length > 0 && length <= PATTERN_LIMIT && pattern.mask.some(bits => bits !== 0)) return pattern;
  throw inputError(
    'search.bad-pattern',
    `a pattern has 1 to ${PATTERN_LIMIT} bytes, at least one digit of them known`,
  );
}

/**
 * Whether a name fits: `*` stands for any characters, `?` for one; a pattern without either is looked for anywhere, whatever the
 * case. A pattern with a slash is about the whole path, another about its last part.
 */
export function nameFits(path: string, pattern: string): boolean {
  const name = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  if (!/[*?]/.test(pattern)) return name.toLowerCase().includes(pattern.toLowerCase());
  return globFits(name, pattern);
}

/** Glob matching that goes back to the last star only, so that its time is bounded by the product of the lengths. */
function globFits(name: string, pattern: string): boolean {
  let [n, p, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = n;
      p += 1;
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      n += 1;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      n = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
