import { spawnSync } from 'node:child_process';

/** A line of a commented hex0 page that has bytes. */
export interface PageLine {
  /** Line of the page, from 1. */
  readonly line: number;
  /** Offset of its first byte, counted. */
  readonly offset: number;
  /** Offset that the comment states. */
  readonly stated: number;
  readonly size: number;
  /** The comment after the offset: a field, an instruction, or characters. */
  readonly text: string;
}

/** A commented hex0 page: what it says about each byte. */
export interface Page {
  readonly lines: readonly PageLine[];
  /** Each label's offset as its line states it, and as counted. */
  readonly labels: ReadonlyMap<string, { readonly stated: number; readonly counted: number }>;
}

/** A decoded instruction: offset, how many bytes, and its text in one convention for pages and disassembler. */
export interface Instruction {
  readonly offset: number;
  readonly size: number;
  readonly text: string;
}

/** Reads a page. Throws when a line has bytes and no comment of the form `# 0ab  what`. */
export function readPage(source: string): Page {
  const lines: PageLine[] = [];
  const labels = new Map<string, { stated: number; counted: number }>();
  let offset = 0;
  for (const [i, line] of source.split('\n').entries()) {
    const [, at, name] = /^# ([0-9a-f]{3}) {2}(\w+):$/.exec(line) ?? [];
    if (at && name) labels.set(name, { stated: Number.parseInt(at, 16), counted: offset });
    if (line === '' || line.startsWith('#')) continue;
    const [, bytes, stated, text] = /^((?:[0-9a-f]{2} )+) *# ([0-9a-f]{3}) {2}(.+)$/.exec(line) ?? [];
    if (!bytes || !stated || !text) throw new Error(`line ${i + 1} has no offset: ${line}`);
    const size = bytes.length / 3;
    lines.push({ line: i + 1, offset, stated: Number.parseInt(stated, 16), size, text });
    offset += size;
  }
  return { lines, labels };
}

/** The instructions that a page says are there, from the offset of its program to its end, or to its first characters. */
export function statedInstructions(page: Page, start: number): Instruction[] {
  return page.lines
    .filter(({ offset, text }) => offset >= start && !text.startsWith('"'))
    .map(({ offset, size, text }) => ({ offset, size, text: canonical(text.replace(/ +; .*/, '')) }));
}

/** The instructions that `objdump` finds in a file between two offsets. */
export function disassemble(file: string, start: number, end: number): Instruction[] {
  const range = [`--start-address=${start}`, `--stop-address=${end}`];
  const format = ['-D', '-b', 'binary', '-m', 'i386:x86-64', '-M', 'intel', '--insn-width=16'];
  const { stdout, status } = spawnSync('objdump', [...format, ...range, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`objdump: status ${status}`);
  return [...stdout.matchAll(/^ *([0-9a-f]+):\t((?:[0-9a-f]{2} )+) *\t(.*)$/gm)].map(
    ([, offset = '', bytes = '', text = '']) => ({
      offset: Number.parseInt(offset, 16),
      size: bytes.length / 3,
      text: canonical(text),
    }),
  );
}

/** Whether this machine has objdump. */
export function hasObjdump(): boolean {
  return spawnSync('objdump', ['--version']).status === 0;
}

const STRING_INSTRUCTIONS: [RegExp, string][] = [
  [/^lods al,.*/, 'lodsb'],
  [/^stos byte .*,al$/, 'stosb'],
  [/^stos dword .*,eax$/, 'stosd'],
];

/** The size of memory where a register says it too. */
const MEMORY_BESIDE_REGISTER = /\b(?:byte|dword|qword) (?=\[.*\],(?!0x))|(?<=,)(?:byte|dword|qword) (?=\[)/g;

/**
 * One way to write an instruction: the names objdump has for jumps, hexadecimal numbers, the target of a jump as an offset, no
 * blank after a comma, and the size of memory only where no register tells it.
 */
function canonical(text: string): string {
  const line = text
    .replace(/ +# .*/, '')
    .replace(/^(call|j\w+) +\w+ \(([0-9a-f]{3})\)$/, '$1 0x$2')
    .replace(/'\\?(.)'/g, (_, character: string) => hexadecimal(character.charCodeAt(0)))
    .replace(/(?<![\w.])(\d+|0x[0-9a-f]+)(?!\w)/g, number => hexadecimal(Number(number)))
    .replace(/\*0x([1248])\b/g, '*$1')
    .replace(/\b(BYTE|DWORD|QWORD) PTR /g, size => `${size.split(' ')[0]?.toLowerCase()} `)
    .replace(/\bds:(0x[0-9a-f]+)/g, '[$1]')
    .replace('+0x0]', ']')
    .replace(/^jz /, 'je ')
    .replace(/^jnz /, 'jne ')
    .replace(/ +/g, ' ')
    .replace(/, /g, ',')
    .trim();
  const known = STRING_INSTRUCTIONS.find(([pattern]) => pattern.test(line))?.[1];
  return known ?? line.replace(MEMORY_BESIDE_REGISTER, '');
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}
