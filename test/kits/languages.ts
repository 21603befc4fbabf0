/**
 * The languages hex0, hex1 and hex2, read anew from the heads of their sources and sharing nothing with the programs of the
 * kit: what both make from a source is what the source says.
 */

/** A label or a use of one (`:` `%` `~` `&` `$`), an address (`@`), or a digit. */
interface Token {
  readonly kind: string;
  readonly text: string;
}

/** Where hex2 takes a program to be loaded when nothing else is said. */
const HEX2_BASE = 0x40_0000;

const HEX1 = /\s*(?:(?<kind>[:%$])(?<name>[!-~])|(?<digit>[0-9a-fA-F]))/y;
const HEX2 = /\s*(?:(?<kind>[:%~&$])(?<name>[!-~]+)|@(?<address>[0-9a-fA-F]{8})|(?<digit>[0-9a-fA-F]))/y;

/** Assembles hex0, the language of pairs of digits. Throws on whatever is not in it. */
export function hex0(source: string): Buffer {
  const digits = withoutComments(source).replace(/[ \t\n]/g, '');
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(digits)) throw new Error('not hex0');
  return Buffer.from(digits, 'hex');
}

/** Assembles hex1: hex0, and labels of one character. Throws on whatever is not in it. */
export function hex1(source: string): Buffer {
  const tokens = tokensOf(source, HEX1);
  return pass(tokens, 0, pass(tokens, 0, null).labels).bytes;
}

/** Assembles hex2: hex1, labels with names, and addresses. Throws on whatever is not in it. */
export function hex2(source: string): Buffer {
  const tokens = tokensOf(source, HEX2);
  return pass(tokens, HEX2_BASE, pass(tokens, HEX2_BASE, null).labels).bytes;
}

function withoutComments(source: string): string {
  return source.replace(/[#;][^\n]*/g, '');
}

function tokensOf(source: string, pattern: RegExp): Token[] {
  const text = withoutComments(source).trimEnd();
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const { kind, name, address, digit } = pattern.exec(text)?.groups ?? {};
    if (digit) tokens.push({ kind: 'digit', text: digit });
    else if (address) tokens.push({ kind: '@', text: address });
    else if (kind && name) tokens.push({ kind, text: name });
    else throw new Error(`not in the language: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  return tokens;
}

/** One pass: `known` is null in the first, where any number will do for a label. */
function pass(tokens: readonly Token[], base: number, known: Map<string, number> | null) {
  const labels = new Map<string, number>();
  const bytes: number[] = [];
  let [first, here, half] = [base, base, ''];
  const put = (value: number, size: number) => {
    for (let i = 0; i < size; i += 1) bytes.push(Math.floor(value / 256 ** i) & 0xff);
    here += size;
  };
  for (const { kind, text } of tokens) {
    if (kind === 'digit') {
      half += text;
      if (half.length < 2) continue;
      put(Number.parseInt(half, 16), 1);
      half = '';
      continue;
    }
    if (half !== '') throw new Error(`half a byte before ${kind}${text}`);
    if (kind === ':') {
      if (labels.has(text)) throw new Error(`label set twice: ${text}`);
      labels.set(text, here);
    } else if (kind === '@') {
      here = Number.parseInt(text, 16);
      if (bytes.length === 0) first = here;
    } else {
      const size = kind === '~' ? 1 : 4;
      put(known === null ? 0 : reference(kind, text, known, { first, here, size }), size);
    }
  }
  if (half !== '') throw new Error('half a byte at the end');
  return { labels, bytes: Buffer.from(bytes) };
}

function reference(
  kind: string,
  name: string,
  labels: Map<string, number>,
  { first, here, size }: { first: number; here: number; size: number },
): number {
  const label = labels.get(name);
  if (label === undefined) throw new Error(`no such label: ${name}`);
  if (kind === '&') return label;
  if (kind === '$') return label - first;
  const distance = label - here - size;
  if (Math.abs(distance + 0.5) > 2 ** (8 * size - 1)) throw new Error(`too far: ${name}`);
  return distance;
}
