import type { BinaryStructureRow, StructureNodeRow } from '../contract/documents/structure.ts';
import { inertText } from '../contract/inert.ts';
import { plural } from '../engine/index.ts';

/** Column in which meanings begin. */
const MEANING_AT = 52;

/** A structure as a tree: offset, name and value, meaning; what is unusual below its part. */
export function structureText(
  structure: BinaryStructureRow & { readonly name: string; readonly size: number },
): string {
  const { nodes, leftOut, name, size } = structure;
  const depths = new Map<string, number>();
  const digits = Math.max(4, size.toString(16).length);
  const lines = nodes.flatMap(node => {
    const depth = node.parent === null ? 0 : (depths.get(node.parent) ?? 0) + 1;
    depths.set(node.id, depth);
    return nodeLines(node, depth, digits);
  });
  return [
    `${inertText(name)}  ${plural(size, 'byte')}  ${headText(structure)}`,
    ...lines,
    ...(leftOut > 0 ? [`${plural(leftOut, 'more part')} left out.`] : []),
    countText(nodes),
  ].join('\n');
}

function headText({ format, machine, entry }: BinaryStructureRow): string {
  const begins =
    entry === null
      ? ''
      : `, begins at ${entry.address}${entry.offset === null ? '' : ` (offset 0x${entry.offset.toString(16)})`}`;
  return `${format}${machine === null ? '' : `, ${machine}`}${begins}`;
}

function nodeLines(node: StructureNodeRow, depth: number, digits: number): string[] {
  const { label, value, meaning, offset, length, notices } = node;
  const place = length === 0 ? ' '.repeat(digits + 2) : `0x${offset.toString(16).padStart(digits, '0')}`;
  const name = `${place}  ${'  '.repeat(depth)}${inertText(label)}${value === null ? '' : ` = ${inertText(value)}`}`;
  const line = meaning === null ? name : `${name.padEnd(MEANING_AT)}  ${inertText(meaning)}`;
  const indent = ' '.repeat(digits + 4 + depth * 2);
  return [
    line,
    ...notices.map(
      ({ severity, message, code }) => `${indent}${severity.toUpperCase()}: ${inertText(message)} [${code}]`,
    ),
  ];
}

function countText(nodes: readonly StructureNodeRow[]): string {
  const said = nodes.flatMap(({ notices }) => notices);
  const of = (severity: string) => said.filter(notice => notice.severity === severity).length;
  return `${plural(of('problem'), 'problem')}, ${of('unusual')} unusual, ${plural(of('note'), 'note')}.`;
}
