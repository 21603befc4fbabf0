/** The language mac, read anew from the head of its source: rules turn lines into source for hex2. */

interface Rule {
  readonly pattern: RegExp;
  /** For each group of the pattern: how many bytes a number has and whether it has a sign, or null for a label. */
  readonly holes: readonly ({ readonly size: number; readonly signed: boolean } | null)[];
  readonly body: string;
}

const ESCAPES: Record<string, number> = { n: 10, t: 9, '0': 0 };
const QUOTED = /("(?:\\.|[^"\\])*"|'(?:\\.|[^\\])')/;
/** A statement: everything before a comment that does not start between quotes. */
const STATEMENT = /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^\\])'|[^;#"'])*/;
const NUMBER = "(-?(?:'(?:\\\\.|[^\\\\])'|0x[0-9a-fA-F]+|[0-9]+|[A-Za-z_.][\\w.]*))";
const LABEL = '([A-Za-z_.][\\w.]*)';

/** Turns a source for mac into a source for hex2, without the comments that mac adds. Throws on a line that fits no rule. */
export function mac(source: string): string {
  const rules: Rule[] = [];
  const constants = new Map<string, bigint>();
  const out: string[] = [];
  for (const line of source.split('\n')) {
    const text = shortest(STATEMENT.exec(line)?.[0] ?? '');
    const [, word = '', rest = ''] = /^(\w*)(?: (.*))?$/s.exec(text) ?? [];
    if (text === '') continue;
    else if (/^[:@]/.test(text)) out.push(text);
    else if (word === 'def') rules.push(ruleOf(rest));
    else if (word === 'const') constants.set(...constantOf(rest, constants));
    else if (word === 'text') out.push(Buffer.from(characters(rest.slice(1, -1))).toString('hex'));
    else if (word === 'zeros') out.push('00'.repeat(Number(numberOf(rest, constants))));
    else out.push(apply(rules, text, constants));
  }
  return `${out.join('\n')}\n`;
}

function shortest(statement: string): string {
  return statement
    .trim()
    .split(QUOTED)
    .map((part, i) => (i % 2 ? part : part.replace(/[ \t]+/g, ' ').replace(/ ?, ?/g, ',')))
    .join('');
}

function ruleOf(text: string): Rule {
  const [pattern = '', body = ''] = text.split(' => ', 2);
  const holes: Rule['holes'][number][] = [];
  const parts = pattern.split(/(\?s?[1248]|@)/).map(part => {
    if (part === '@') {
      holes.push(null);
      return LABEL;
    }
    if (!part.startsWith('?')) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    holes.push({ size: Number(part.at(-1)), signed: part[1] === 's' });
    return NUMBER;
  });
  return { pattern: new RegExp(`^${parts.join('')}$`), holes, body };
}

function constantOf(text: string, constants: Map<string, bigint>): [string, bigint] {
  const [name = '', value = ''] = text.split(' = ', 2);
  return [name, numberOf(value, constants)];
}

function apply(rules: readonly Rule[], text: string, constants: Map<string, bigint>): string {
  for (const { pattern, holes, body } of rules) {
    const found = pattern.exec(text)?.slice(1);
    if (!found) continue;
    const numbers = holes.flatMap((hole, i) => (hole ? [digits(found[i] ?? '', hole, constants)] : []));
    if (numbers.includes(null)) continue;
    const label = found[holes.indexOf(null)] ?? '';
    return body.replace(/\?/g, () => numbers.shift() ?? '').replace('@', label);
  }
  throw new Error(`no rule fits: ${text}`);
}

/** The bytes of a number as hexadecimal digits, low byte first, or null when it is none or they cannot hold it. */
function digits(
  text: string,
  { size, signed }: { size: number; signed: boolean },
  constants: Map<string, bigint>,
): string | null {
  const bits = BigInt(8 * size);
  const value = read(text, constants);
  if (value === null || value < -(1n << (bits - 1n)) || value >= 1n << (signed ? bits - 1n : bits))
    return null;
  const written = BigInt.asUintN(8 * size, value)
    .toString(16)
    .padStart(2 * size, '0');
  return Buffer.from(written, 'hex').reverse().toString('hex');
}

function numberOf(text: string, constants: Map<string, bigint>): bigint {
  const value = read(text, constants);
  if (value === null) throw new Error(`no number: ${text}`);
  return value;
}

function read(text: string, constants: Map<string, bigint>): bigint | null {
  if (text.startsWith('-')) {
    const value = read(text.slice(1), constants);
    return value === null ? null : -value;
  }
  if (text.startsWith("'")) return BigInt(characters(text.slice(1, -1))[0] ?? 0);
  if (/^[0-9]/.test(text)) return BigInt(text);
  return constants.get(text) ?? null;
}

function characters(quoted: string): number[] {
  return [...quoted.matchAll(/\\(.)|([^\\])/gs)].map(([, escaped, plain]) =>
    escaped === undefined ? (plain ?? '').charCodeAt(0) : (ESCAPES[escaped] ?? escaped.charCodeAt(0)),
  );
}
