import { inputError } from '../../base/index.ts';
import type { SourceSyntax } from '../../case/index.ts';
import { assembleHex0 } from '../hex0.ts';
import { commentLabels, type SourceLabel } from '../source-labels.ts';
import type { Processor } from '../structure/index.ts';
import { sizeOf, storedOf } from './references.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Most parts of a hex1 or hex2 source: bytes, labels and references. */
const PARTS = 1 << 20;

/** What a source gives. */
export interface Assembled {
  readonly bytes: Buffer;
  /** For each byte, the line that gives it, from 1. */
  readonly lines: Uint32Array;
  /** Names of places, in the order of the source. In hex0 they are comments. */
  readonly labels: readonly SourceLabel[];
}

/** What assembling depends on besides the text. */
export interface SourceContext {
  readonly syntax: SourceSyntax;
  /** For the forms of references in hex1 and hex2; null when it is not known. */
  readonly machine: Processor | null;
  /** Where the first byte is loaded. */
  readonly base: number;
}

/**
 * Assembles a source. Throws `hex0.*` and `source.*` with the line: a character that is not in the language, a byte of one
 * digit, a label that is set twice or never, a reference that its bytes cannot hold, a source that gives too much.
 */
export function assembleSource(source: Uint8Array, file: string, context: SourceContext): Assembled {
  const { syntax } = context;
  if (syntax === 'hex0') {
    const { bytes, lines } = assembleHex0(source, file);
    return { bytes, lines, labels: commentLabels(Buffer.from(source).toString('utf8'), lines) };
  }
  const tokens = tokensOf(source, file, syntax, PARTS);
  const { places, labels } = placesOf(tokens, file, context);
  return { ...bytesOf(tokens, places, file, context), labels };
}

/** Bytes from here to a multiple of four, on machines whose instructions lie on one. */
function padding(here: number, machine: Processor | null): number {
  const aligned = machine !== null && /^(arm|aarch64|riscv)/.test(machine);
  return aligned ? (4 - (here % 4)) % 4 : 0;
}

/** How many bytes a part of the source takes up at a place. */
function sizeAt(token: Token, here: number, { syntax, machine }: SourceContext): number {
  if (token.kind === 'byte') return 1;
  if (token.kind === 'reference') return sizeOf(token.sigil, syntax, machine);
  return token.kind === 'align' ? padding(here, machine) : 0;
}

function placesOf(tokens: readonly Token[], file: string, context: SourceContext) {
  const places = new Map<string, number>();
  const labels: SourceLabel[] = [];
  let [here, offset] = [context.base, 0];
  for (const token of tokens) {
    if (token.kind === 'label') {
      const { name, line } = token;
      if (places.has(name))
        throw inputError('source.label-twice', `label '${name}' is set twice`, { file, line });
      places.set(name, here);
      labels.push({ name, offset, line });
    }
    const size = sizeAt(token, here, context);
    if (token.kind === 'address') here = token.value;
    [here, offset] = [here + size, offset + size];
  }
  return { places, labels };
}

function bytesOf(
  tokens: readonly Token[],
  places: ReadonlyMap<string, number>,
  file: string,
  context: SourceContext,
): Omit<Assembled, 'labels'> {
  const bytes: number[] = [];
  const lines: number[] = [];
  const first = tokens.find(token => token.kind === 'byte' || token.kind === 'address');
  const origin = first?.kind === 'address' ? first.value : context.base;
  let here = context.base;
  let [counted, mixedIn] = [false, 0];
  const put = (value: number, line: number) => {
    bytes.push(value & 0xff);
    lines.push(line);
    here += 1;
  };
  const placeOf = (name: string, line: number): number => {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw inputError('source.no-label', `there is no label '${name}'`, { file, line });
  };
  for (const token of tokens) {
    const { line } = token;
    if (token.kind === 'byte') {
      put(token.value ^ (mixedIn & 0xff), line);
      mixedIn >>>= 8;
    } else if (token.kind === 'address') here = token.value;
    else if (token.kind === 'counted') counted = true;
    else if (token.kind === 'word') mixedIn ^= token.value;
    else if (token.kind === 'align')
      for (let left = padding(here, context.machine); left > 0; left -= 1) put(0, line);
    else if (token.kind === 'reference') {
      const target = placeOf(token.name, line);
      const base = token.base === null ? null : placeOf(token.base, line);
      const reference = { sigil: token.sigil, target, base, here, first: origin, counted };
      const { size, bits } = storedOf(reference, context.syntax, context.machine);
      if (bits === null)
        throw inputError('source.too-far', `'${token.sigil}${token.name}' does not fit`, { file, line });
      if (size === 0) mixedIn ^= bits;
      for (let i = 0; i < size; i += 1) put(bits >>> (8 * i), line);
      counted = false;
    }
  }
  return { bytes: Buffer.from(bytes), lines: Uint32Array.from(lines) };
}
