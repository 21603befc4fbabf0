import { isUtf8 } from 'node:buffer';
import { structuredPatch } from 'diff';
import type { DifferencePart, LineRow } from '../../../contract/documents/difference.ts';
import type { Bytes } from '../bytes.ts';
import { counted, distinctLooks, type Explaining, type Pair, part, wholePlace } from '../explanation.ts';
import { looksOfTexts } from '../looks.ts';

/** Lines gone and come that are looked for; texts that differ in more are compared byte by byte. */
const EDITS = 2000;
/** Rows and characters of a row that are listed. */
const ROWS = 400;
const ROW = 500;

/** The text of a content, or null when it is none: not UTF-8, with a NUL, or too large. */
export function textOf(bytes: Bytes, limit: number): string | null {
  if (bytes.size > limit) return null;
  const content = bytes.read(0, bytes.size);
  return isUtf8(content) && !content.includes(0) ? content.toString('utf8') : null;
}

/** Explains two texts line by line; null when so many lines differ that bytes say as much. */
export function explainText(a: string, b: string, pair: Pair, _work: Explaining): DifferencePart | null {
  const patch = structuredPatch('', '', a, b, '', '', { context: 2, maxEditLength: EDITS });
  if (!patch) return null;
  const rows: LineRow[] = [];
  for (const hunk of patch.hunks) {
    let [inA, inB] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const text = line.slice(1, ROW + 1);
      if (line.startsWith('-')) rows.push({ kind: 'gone', a: inA++, b: null, text });
      else if (line.startsWith('+')) rows.push({ kind: 'come', a: null, b: inB++, text });
      else if (line.startsWith(' ')) rows.push({ kind: 'same', a: inA++, b: inB++, text });
      else if (rows.length > 0) rows.push({ kind: 'same', a: null, b: null, text: line });
    }
  }
  const [gone, come] = [rows.filter(row => row.kind === 'gone'), rows.filter(row => row.kind === 'come')];
  const onlyOrder = sameLines(gone, come);
  const says = onlyOrder
    ? `the same ${counted(gone.length, 'line')} in another order`
    : `${counted(gone.length, 'line')} only in the first, ${counted(come.length, 'line')} only in the second`;
  return part('text', 'Text', says, {
    ...wholePlace(pair),
    lines: rows.slice(0, ROWS),
    looks: onlyOrder
      ? [{ cause: 'order', words: 'depends on the order in which something was listed', a: '', b: '' }]
      : looksOfLines(gone, come),
    notAnalysed: rows.length > ROWS ? `${counted(rows.length - ROWS, 'more row')} are not listed` : null,
  });
}

function sameLines(gone: readonly LineRow[], come: readonly LineRow[]): boolean {
  if (gone.length === 0 || gone.length !== come.length) return false;
  const sorted = (rows: readonly LineRow[]) => rows.map(row => row.text).sort();
  const others = sorted(come);
  return sorted(gone).every((text, i) => text === others[i]);
}

/** Lines that stand in each other's place; what differs in them has to differ in its form's own words too. */
function looksOfLines(gone: readonly LineRow[], come: readonly LineRow[]): DifferencePart['looks'] {
  const looks = gone.slice(0, 50).flatMap((row, i) => {
    const other = come[i];
    if (!other) return [];
    const [p, q] = differentWords(row.text, other.text);
    const look = looksOfTexts(p, q);
    return look ? [look] : [];
  });
  return distinctLooks(looks);
}

/** The words of two lines between what they share at their beginning and at their end. */
function differentWords(a: string, b: string): [string, string] {
  const [p, q] = [a.split(/(?<=\s)/), b.split(/(?<=\s)/)];
  while (p.length > 0 && q.length > 0 && p[0] === q[0]) {
    p.shift();
    q.shift();
  }
  while (p.length > 0 && q.length > 0 && p.at(-1) === q.at(-1)) {
    p.pop();
    q.pop();
  }
  return [p.join('').trim(), q.join('').trim()];
}
