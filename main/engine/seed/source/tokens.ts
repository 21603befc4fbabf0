import { type AssayError, inputError } from '../../base/index.ts';
import type { SourceSyntax } from '../../case/index.ts';

/** A part of a hex1 or hex2 source, with its line from 1. */
export type Token = { readonly line: number } & (
  | { readonly kind: 'byte'; readonly value: number }
  | { readonly kind: 'label'; readonly name: string }
  /** A reference to a label; from another label where `base` names one. */
  | {
      readonly kind: 'reference';
      readonly sigil: string;
      readonly name: string;
      readonly base: string | null;
    }
  /** `<`: zeros up to a multiple of four. */
  | { readonly kind: 'align' }
  /** `^`: the next reference counts in instructions. */
  | { readonly kind: 'counted' }
  /** `.`: four bytes that are combined with the four that follow. */
  | { readonly kind: 'word'; readonly value: number }
  /** The address of what follows. */
  | { readonly kind: 'address'; readonly value: number }
);

/** How the parts of a language are written. A reference never begins with a digit or `:`. */
const LANGUAGES: Readonly<Record<Exclude<SourceSyntax, 'hex0'>, RegExp>> = {
  hex1: /(?<label>:)(?<set>[!-~])|(?<sigil>[!@$~%&])(?<name>[!-~])|(?<mark>\^)|(?<digit>[0-9A-Fa-f])/y,
  hex2: /(?<label>:)(?<set>[!-=?-~]+)|(?<sigil>[!@$~%&])(?<name>[!-=?-~]+)(?:>(?<base>[!-=?-~]+))?|(?<mark>[<^])|\.(?<word>(?:\s*[0-9A-Fa-f]){8})|(?<digit>[0-9A-Fa-f])/y,
  'bedrock-hex1': /(?<label>:)(?<set>[!-~])|(?<sigil>[%$])(?<name>[!-~])|(?<digit>[0-9A-Fa-f])/y,
  'bedrock-hex2':
    /(?<label>:)(?<set>[!-~]+)|@(?<address>[0-9A-Fa-f]{8})|(?<sigil>[%~&$])(?<name>[!-~]+)|(?<digit>[0-9A-Fa-f])/y,
};

/**
 * The parts of a source. Throws `source.bad-character`, `source.half-byte` or `source.too-large`, with the line; `limit` is the
 * most parts.
 */
export function tokensOf(
  source: Uint8Array,
  file: string,
  syntax: Exclude<SourceSyntax, 'hex0'>,
  limit: number,
): Token[] {
  const tokens: Token[] = [];
  let half: { readonly digit: string; readonly line: number } | null = null;
  const halfByte = (line: number) =>
    inputError('source.half-byte', 'a byte has only one digit', { file, line });
  for (const [i, text] of Buffer.from(source).toString('latin1').split('\n').entries()) {
    const line = i + 1;
    for (const groups of partsOf(text, LANGUAGES[syntax], file, line)) {
      if (tokens.length >= limit) throw tooLarge(file, line, limit);
      const { digit } = groups;
      if (digit === undefined) {
        if (half) throw halfByte(half.line);
        tokens.push(tokenOf(groups, line));
      } else if (half) {
        tokens.push({ kind: 'byte', value: Number.parseInt(half.digit + digit, 16), line: half.line });
        half = null;
      } else half = { digit, line };
    }
  }
  if (half) throw halfByte(half.line);
  return tokens;
}

type Groups = Readonly<Record<string, string | undefined>>;

function* partsOf(text: string, pattern: RegExp, file: string, line: number): Generator<Groups> {
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '#' || character === ';') return;
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found?.groups) throw badCharacter(character, file, line);
    yield found.groups;
    // A name ends at a comment as it does at a blank.
    const comment = found[0].search(/[#;]/);
    if (comment > 0 && found.groups.name !== undefined)
      throw badCharacter(found[0][comment] ?? '', file, line);
    at = pattern.lastIndex;
  }
}

function tokenOf(groups: Groups, line: number): Token {
  const { set, sigil, name, base, mark, word, address } = groups;
  if (set !== undefined) return { kind: 'label', name: set, line };
  if (sigil !== undefined) return { kind: 'reference', sigil, name: name ?? '', base: base ?? null, line };
  if (address !== undefined) return { kind: 'address', value: Number.parseInt(address, 16), line };
  if (word !== undefined)
    return { kind: 'word', value: Buffer.from(word.replace(/\s/g, ''), 'hex').readUInt32LE(0), line };
  return { kind: mark === '<' ? 'align' : 'counted', line };
}

function badCharacter(character: string, file: string, line: number): AssayError {
  const code = character.charCodeAt(0).toString(16).padStart(2, '0');
  return inputError('source.bad-character', `byte 0x${code} is not in the language`, { file, line });
}

function tooLarge(file: string, line: number, limit: number): AssayError {
  return inputError('source.too-large', `the source has more than ${limit} parts`, { file, line });
}
