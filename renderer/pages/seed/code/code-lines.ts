import type { CodeRowAnswer, SeedCodeAnswer } from '../../../../main/contract/requests/index.ts';
import { counted } from '../../../parts/format.ts';

/** One line of the listing: a name above an instruction, an instruction, or words between them. */
export type CodeLine =
  | { readonly kind: 'label'; readonly key: string; readonly name: string; readonly offset: number }
  | { readonly kind: 'row'; readonly key: string; readonly row: CodeRowAnswer; readonly index: number }
  | { readonly kind: 'note' | 'call'; readonly key: string; readonly words: string }
  | { readonly kind: 'part'; readonly key: string; readonly words: string; readonly offset: number };

const hex = (value: number) => `0x${value.toString(16).toUpperCase()}`;

/** What stands between instructions, and where the parts before and behind begin. */
export function linesOf(code: SeedCodeAnswer): CodeLine[] {
  const labels = new Map(code.labels.map(label => [label.offset, label.name]));
  const others = new Map<number, string[]>();
  for (const { offset, kind, other } of code.disagreements) {
    const words =
      kind === 'jump'
        ? `A jump to ${hex(offset)} reads ${other}`
        : `From the front, ${hex(offset)} reads ${other}`;
    others.set(offset, [...(others.get(offset) ?? []), words]);
  }
  const lines: CodeLine[] = [];
  const note = (words: string, offset: number, i = 0) =>
    lines.push({ kind: 'note', key: `note ${offset} ${i} ${words}`, words });
  if (code.previous !== null)
    lines.push({ kind: 'part', key: 'previous', words: 'The part before this', offset: code.previous });
  let unreached = false;
  for (const [index, row] of code.rows.entries()) {
    const before = code.rows[index - 1];
    if (before && before.offset + before.length < row.offset)
      note(`${hex(before.offset + before.length)}–${hex(row.offset - 1)} is no code`, row.offset);
    const apart = row.reached === false && row.readBy === null;
    if (apart && !unreached) note('Nothing reaches this', row.offset);
    unreached = apart;
    const name = labels.get(row.offset);
    if (name !== undefined)
      lines.push({ kind: 'label', key: `label ${row.offset}`, name, offset: row.offset });
    lines.push({ kind: 'row', key: `${row.offset}`, row, index });
    if (row.call) lines.push({ kind: 'call', key: `call ${row.offset}`, words: callWords(row.call) });
    for (let at = row.offset; others.size > 0 && at < row.offset + row.length; at += 1) {
      for (const [i, words] of (others.get(at) ?? []).entries()) note(words, at, i);
    }
  }
  if (code.next !== null) {
    const words = `Not disassembled beyond ${hex(code.next)}`;
    lines.push({ kind: 'part', key: 'next', words, offset: code.next });
  }
  return lines;
}

/** A system call in words; that it holds on conditions is said, which ones when it is selected. */
function callWords({ text, conditions }: NonNullable<CodeRowAnswer['call']>): string {
  return conditions.length === 0 ? text : `${text}, on ${counted(conditions.length, 'condition')}`;
}

/** Where a jump leads, or the last instruction that sets the number of a system call; null for a row without. */
export function leadsTo(row: CodeRowAnswer | undefined): number | null {
  return row?.target ?? row?.call?.rests.at(-1) ?? null;
}

/** The index of the row that holds a byte; -1 where none does. */
export function rowAt(rows: readonly CodeRowAnswer[], offset: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  return row && offset < row.offset + row.length ? low - 1 : -1;
}

/** Bytes, `end` left out. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The rows that bytes touch: the first, and the last left out; equal when there is none. */
export function rowsIn(rows: readonly CodeRowAnswer[], { start, end }: Range): { from: number; to: number } {
  let from = 0;
  while (from < rows.length && (rows[from]?.offset ?? 0) + (rows[from]?.length ?? 0) <= start) from += 1;
  let to = from;
  while (to < rows.length && (rows[to]?.offset ?? 0) < end) to += 1;
  return { from, to };
}

/** The bytes of the rows from one to another, in any order. */
export function bytesOfRows(rows: readonly CodeRowAnswer[], a: number, b: number): Range | null {
  const [first, last] = [rows[Math.min(a, b)], rows[Math.max(a, b)]];
  return first && last ? { start: first.offset, end: last.offset + last.length } : null;
}

/** The row that a key moves to from row `at`; null for keys that do not move. */
export function rowAfter(key: string, at: number, count: number, page: number): number | null {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

/** The next row after `at`, around the end, that has a byte which nobody explained; null when none has. */
export function nextUnexplainedRow(
  rows: readonly CodeRowAnswer[],
  at: number,
  unexplained: readonly { readonly offset: number; readonly length: number }[],
): CodeRowAnswer | null {
  const open = (row: CodeRowAnswer) =>
    unexplained.some(
      range => row.offset < range.offset + range.length && range.offset < row.offset + row.length,
    );
  for (let i = 1; i <= rows.length; i += 1) {
    const row = rows[(at + i + rows.length) % rows.length];
    if (row && open(row)) return row;
  }
  return null;
}

/** What a reader of the screen hears of an instruction. */
export function spoken(row: CodeRowAnswer, label: string | undefined, said: readonly string[]): string {
  const instruction =
    row.kind === 'data' ? `data ${row.bytes} ${row.operands}` : `${row.mnemonic} ${row.operands}`;
  return [
    ...(label === undefined ? [] : [label]),
    hex(row.offset),
    instruction.trim(),
    ...(row.call ? [callWords(row.call)] : []),
    ...(row.target === null ? [] : [`to ${hex(row.target)}`]),
    ...(row.readBy === null ? [] : [`read by ${hex(row.readBy)}`]),
    ...(row.reached === false && row.readBy === null ? ['nothing reaches it'] : []),
    ...(row.line === null ? [] : [`line ${row.line}`]),
    ...(said.length > 0 ? said : ['unexplained']),
  ].join(', ');
}
