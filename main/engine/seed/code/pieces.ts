import type { ByteRange } from '../../case/index.ts';
import { gapsIn, rangeSet } from '../ranges.ts';
import type { LoadedImage } from '../structure/index.ts';
import type { CodePiece } from './code-map.ts';

/** Most segments whose bytes are read as code; a file may name thousands, and a seed has one or two. */
const SEGMENTS = 256;

/** What reading code needs to know of a file. */
export type LoadedCode = Pick<LoadedImage, 'format' | 'machine' | 'entry' | 'segments'>;

/**
 * The bytes that may be run and are no headers, each once, ascending. What holds the entry is run, whatever the file says of it:
 * firmware starts programs that claim no right to it.
 */
export function codePieces(bytes: Uint8Array, image: LoadedCode): CodePiece[] {
  const taken: ByteRange[] = [...headersOf(bytes, image)];
  const pieces: CodePiece[] = [];
  const entry = image.entry?.offset ?? -1;
  const runs = image.segments.filter(
    ({ offset, length, execute }) =>
      length > 0 && offset < bytes.length && (execute || (entry >= offset && entry < offset + length)),
  );
  for (const { offset, length, address } of runs.slice(0, SEGMENTS)) {
    const end = Math.min(offset + length, bytes.length);
    for (const gap of gapsIn(rangeSet(taken), end)) {
      const from = Math.max(gap.offset, offset);
      const to = gap.offset + gap.length;
      if (to > from)
        pieces.push({ offset: from, length: to - from, address: address + BigInt(from - offset) });
    }
    taken.push({ offset, length: end - offset });
  }
  return pieces.sort((a, b) => a.offset - b.offset);
}

/** The ELF header and the table of program headers: they are loaded with the code and are no code. */
function headersOf(bytes: Uint8Array, { format }: LoadedCode): ByteRange[] {
  if (format !== 'elf' || bytes.length < 52) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wide = bytes[4] === 2;
  if (wide && bytes.length < 64) return [];
  const little = bytes[5] !== 2;
  const place = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
  const each = view.getUint16(wide ? 54 : 42, little);
  const count = view.getUint16(wide ? 56 : 44, little);
  const ranges = [
    { offset: 0, length: wide ? 64 : 52 },
    { offset: place, length: each * count },
  ];
  return ranges.filter(({ offset, length }) => length > 0 && offset + length <= bytes.length);
}

/** Part of the code, and where the parts before and behind it begin. */
export interface CodePart {
  readonly pieces: readonly CodePiece[];
  readonly previous: number | null;
  readonly next: number | null;
}

/** The part of the code that holds an offset, or the next code behind it, when the code is cut into parts of `limit` bytes. */
export function partOf(pieces: readonly CodePiece[], offset: number, limit: number): CodePart {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let before = 0;
  for (const piece of pieces) before += Math.min(Math.max(offset - piece.offset, 0), piece.length);
  const start = Math.floor(Math.min(before, total - 1) / limit) * limit;
  return {
    pieces: cut(pieces, start, start + limit),
    previous: start === 0 ? null : (cut(pieces, start - limit, start)[0]?.offset ?? null),
    next: cut(pieces, start + limit, start + limit + 1)[0]?.offset ?? null,
  };
}

/** The code from its byte `start` up to its byte `end`, counted without what lies between the pieces. */
function cut(pieces: readonly CodePiece[], start: number, end: number): CodePiece[] {
  const found: CodePiece[] = [];
  let at = 0;
  for (const { offset, length, address } of pieces) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, length)];
    if (to > from) found.push({ offset: offset + from, length: to - from, address: address + BigInt(from) });
    at += length;
  }
  return found;
}
