import type { DiffDocument, DifferencePart } from '../contract/documents/difference.ts';
import { inertText } from '../contract/inert.ts';
import { amount, plural } from '../engine/index.ts';

/** What `assay diff` says to a person. */
export function diffText({
  a,
  b,
  same,
  summary,
  explanation,
  diffoscope,
  noDiffoscope,
}: DiffDocument): string {
  const side = (word: string, { name, sha256, size }: DiffDocument['a']) =>
    `${word}  ${sha256}  ${plural(size, 'byte')}  ${inertText(name)}`;
  const lines = [side('first ', a), side('second', b), ''];
  if (same || !explanation) return [...lines, 'The files are the same.'].join('\n');
  const { first } = summary;
  lines.push(`They differ: ${amount(summary)}.`);
  if (first) lines.push(`First difference: 0x${hex(first.a)} in the first, 0x${hex(first.b)} in the second.`);
  if (!summary.exact)
    lines.push('Places that belong together were found by samples: a shorter account may exist.');
  lines.push('', ...partLines(explanation, 0));
  if (diffoscope) {
    lines.push('', `diffoscope ${diffoscope.version} says${diffoscope.cut ? ' (cut)' : ''}:`);
    lines.push(
      ...diffoscope.text
        .trimEnd()
        .split('\n')
        .map(line => `  ${inertText(line)}`),
    );
  } else if (noDiffoscope) lines.push('', `${inertText(noDiffoscope)}.`);
  return lines.join('\n');
}

function partLines(part: DifferencePart, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const looks = part.looks.map(look => lookText(look)).join('; ');
  const lines = [
    `${indent}${inertText(part.title)}: ${inertText(part.says)}${depth > 0 && looks ? `; ${looks}` : ''}`,
  ];
  for (const field of part.fields) {
    lines.push(
      `${indent}  ${inertText(field.name)}: ${inertText(field.a) || 'nothing'} | ${inertText(field.b) || 'nothing'}`,
    );
  }
  for (const { kind, a, b, text } of part.lines) {
    const mark = { same: ' ', gone: '-', come: '+' }[kind];
    lines.push(`${indent}  ${String(a ?? b ?? '').padStart(5)} ${mark} ${inertText(text)}`);
  }
  if (part.notAnalysed !== null)
    lines.push(`${indent}  Not analysed further: ${inertText(part.notAnalysed)}.`);
  return [...lines, ...part.parts.flatMap(each => partLines(each, depth + 1))];
}

function lookText({ words, a, b }: DifferencePart['looks'][number]): string {
  return a === '' && b === '' ? words : `${words}: ${inertText(a)} | ${inertText(b)}`;
}

function hex(offset: number): string {
  return offset.toString(16).toUpperCase();
}
