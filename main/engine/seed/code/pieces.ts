import type { ByteRange } from '../../case/index.ts';
import { gapsIn, rangeSet } from '../ranges.ts';
import type { LoadedImage } from '../structure/index.ts';
import type { CodePiece } from './code-map.ts';

/** What reading code needs to know of a file. */
export type LoadedCode = Pick<LoadedImage, 'format' | 'machine' | 'entry' | 'segments'>;

/** The bytes that may be run and are no headers, each once, ascending. */
export function codePieces(bytes: Uint8Array, image: LoadedCode): CodePiece[] {
  const taken: ByteRange[] = [...headersOf(bytes, image)];
  const pieces: CodePiece[] = [];
  for (const { offset, length, address, execute } of image.segments) {
    const end = Math.min(offset + length, bytes.length);
    if (!execute || end <= offset) continue;
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

/** At most `limit` bytes of code from an offset on, and where the rest begins. */
export function cutTo(
  pieces: readonly CodePiece[],
  offset: number,
  limit: number,
): { readonly pieces: readonly CodePiece[]; readonly next: number | null } {
  const cut: CodePiece[] = [];
  let left = limit;
  for (const piece of pieces) {
    const end = piece.offset + piece.length;
    const from = Math.max(piece.offset, offset);
    if (from >= end) continue;
    if (left <= 0) return { pieces: cut, next: from };
    const length = Math.min(end - from, left);
    cut.push({ offset: from, length, address: piece.address + BigInt(from - piece.offset) });
    left -= length;
    if (from + length < end) return { pieces: cut, next: from + length };
  }
  return { pieces: cut, next: null };
}
