import type { DifferencePart } from '../../../contract/documents/difference.ts';
import { DEFAULT_LIMITS, type TarEntry, TarReader } from '../../bundle/index.ts';
import type { Bytes } from '../bytes.ts';
import type { Explaining, Pair } from '../explanation.ts';
import { instant } from '../looks.ts';
import { explainMembers, type Member } from './members.ts';

const BLOCK = 512;
const LIMITS = { ...DEFAULT_LIMITS, entries: 200_000 };
const PIECE = 1 << 18;
/** Extended headers that are shown whole. */
const EXTRA = 4096;

/** Whether a content begins with the header of a tar: its magic stands where POSIX and GNU put it. */
export function looksTar(start: Buffer): boolean {
  return start.toString('latin1', 257, 262) === 'ustar';
}

/** Explains two tars. Throws `archive.*` for one that is not well formed. */
export function explainTar(pair: Pair, work: Explaining): Promise<DifferencePart> {
  return explainMembers('tar archive', 'entry', pair, { a: entriesOf(pair.a), b: entriesOf(pair.b) }, work);
}

function entriesOf(bytes: Bytes): Member[] {
  const entries: Member[] = [];
  const visitor = {
    entry: (entry: TarEntry) => entries.push(memberOf(bytes, entry)),
    content: () => {},
    finished: () => {},
  };
  const reader = new TarReader(visitor, LIMITS, 'tar');
  for (let at = 0; at < bytes.size; at += PIECE) reader.push(bytes.read(at, PIECE));
  reader.end();
  return entries;
}

/** Fields of a header block that are shown as they stand: POSIX.1-2024 pax, "ustar Interchange Format". */
const TEXTS = [
  ['owner', 265, 32],
  ['group', 297, 32],
] as const;
const NUMBERS = [
  ['owner id', 108, 8],
  ['group id', 116, 8],
  ['device major', 329, 8],
  ['device minor', 337, 8],
] as const;

function memberOf(bytes: Bytes, { path, type, mode, size, offset, target, where }: TarEntry): Member {
  const start = where.offset ?? offset - BLOCK;
  const header = bytes.read(offset - BLOCK, BLOCK);
  const text = (at: number, length: number) =>
    header.toString('latin1', at, at + length).replace(/[ \0]+$/, '');
  const seconds = Number.parseInt(text(136, 12).trim(), 8);
  const extra = bytes.read(start, Math.min(EXTRA, offset - BLOCK - start));
  const fields: [string, string][] = [
    ['type', type],
    ['mode', mode.toString(8)],
    ['size', String(size)],
    ['target', target ?? ''],
    ['time', Number.isNaN(seconds) ? text(136, 12) : instant(seconds)],
    ...TEXTS.map(([name, at, length]): [string, string] => [name, text(at, length)]),
    ...NUMBERS.map(([name, at, length]): [string, string] => [name, text(at, length).trim()]),
    ['format', header.toString('latin1', 257, 265).replace(/\0/g, ' ').trimEnd()],
    ['extended header', recordsIn(extra)],
  ];
  return {
    name: path,
    offset: start,
    length: offset - start + size,
    content: { offset, length: size },
    fields,
  };
}

/** The content of extended headers without the blocks around it. */
function recordsIn(extra: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + BLOCK <= extra.length; ) {
    const size = Number.parseInt(extra.toString('latin1', at + 124, at + 136), 8) || 0;
    parts.push(extra.toString('utf8', at + BLOCK, Math.min(extra.length, at + BLOCK + size)));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return parts.join(' ').trim();
}
