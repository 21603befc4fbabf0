import { inputError } from '../base/index.ts';

/** Bytes to look for. A place where any byte may stand is -1. */
export interface BytePattern {
  readonly bytes: readonly number[];
  /** Whether the case of ASCII letters does not count. */
  readonly foldCase: boolean;
}

/** The longest pattern that is looked for, in bytes. */
export const PATTERN_LIMIT = 1024;

/** A text as bytes to look for. Throws `search.bad-pattern` when it is empty or too long. */
export function textPattern(text: string, foldCase: boolean): BytePattern {
  return checked({ bytes: [...Buffer.from(text, 'utf8')], foldCase });
}

/** `7f 45 ?? 46`: hexadecimal bytes, `??` for any. Throws `search.bad-pattern`. */
export function hexPattern(text: string): BytePattern {
  const digits = text.replace(/\s+/g, '');
  if (!/^([0-9a-f]{2}|\?\?)*$/i.test(digits)) {
    throw inputError(
      'search.bad-pattern',
      `'${text}' is no pattern of bytes`,
      undefined,
      'Write it as 7f 45 ?? 46.',
    );
  }
  const bytes = (digits.match(/../g) ?? []).map(pair => (pair === '??' ? -1 : Number.parseInt(pair, 16)));
  return checked({ bytes, foldCase: false });
}

function checked(pattern: BytePattern): BytePattern {
  const { length } = pattern.bytes;
  if (length > 0 && length <= PATTERN_LIMIT && pattern.bytes.some(byte => byte >= 0)) return pattern;
  throw inputError(
    'search.bad-pattern',
    `a pattern has 1 to ${PATTERN_LIMIT} bytes, at least one of them known`,
  );
}

/** Finds a pattern in pieces of bytes. */
export class Matcher {
  readonly length: number;
  readonly #bytes: readonly number[];
  readonly #fold: boolean;
  /** The longest run of known bytes, and where it stands: what is looked for first. */
  readonly #anchor: Buffer;
  readonly #anchorAt: number;

  constructor({ bytes, foldCase }: BytePattern) {
    this.#bytes = foldCase ? bytes.map(lower) : bytes;
    this.length = bytes.length;
    this.#fold = foldCase;
    const { at, length } = longestRun(this.#bytes);
    this.#anchorAt = at;
    this.#anchor = Buffer.from(this.#bytes.slice(at, at + length));
  }

  /** Where the pattern begins at or after `from`; -1 when it does not. */
  find(piece: Buffer, from: number): number {
    if (this.#fold) return folded(piece).indexOf(this.#anchor.toString('latin1'), from);
    for (let at = from + this.#anchorAt; ; at += 1) {
      at = piece.indexOf(this.#anchor, at);
      const start = at - this.#anchorAt;
      if (at < 0 || start + this.length > piece.length) return -1;
      if (this.#bytes.every((byte, i) => byte < 0 || piece[start + i] === byte)) return start;
    }
  }
}

let foldedPiece: { readonly piece: Buffer; readonly text: string } | null = null;

/** A piece as text in which ASCII capitals are small; kept for the next question about the same piece. */
function folded(piece: Buffer): string {
  if (foldedPiece?.piece !== piece) {
    const small = Buffer.from(piece);
    for (let i = 0; i < small.length; i += 1) small[i] = lower(small[i] as number);
    foldedPiece = { piece, text: small.toString('latin1') };
  }
  return foldedPiece.text;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
}

function longestRun(bytes: readonly number[]): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < bytes.length; at += 1) {
    let end = at;
    while (end < bytes.length && (bytes[end] as number) >= 0) end += 1;
    if (end - at > best.length) best = { at, length: end - at };
    at = Math.max(at, end);
  }
  return best;
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
