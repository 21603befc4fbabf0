import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 16;
/** Longest line taken, in bytes: an execve with as many and as long arguments as Linux lets a program have. */
export const LINE_LIMIT = 24 << 20;

/** Reads a file line by line, one character a byte. A line over the limit, or one without an end, comes as null. */
export function* traceLines(file: string, limit = LINE_LIMIT): Generator<string | null> {
  const fd = openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    let pieces: string[] = [];
    let length = 0;
    for (;;) {
      const n = readSync(fd, buffer, 0, CHUNK, null);
      if (n === 0) break;
      const chunk = buffer.subarray(0, n);
      for (let at = 0; at < n; ) {
        const end = chunk.indexOf(10, at);
        const piece = chunk.toString('latin1', at, end < 0 ? n : end);
        length += piece.length;
        if (length <= limit) pieces.push(piece);
        if (end < 0) break;
        yield length > limit ? null : pieces.length === 1 ? piece : pieces.join('');
        pieces = [];
        length = 0;
        at = end + 1;
      }
    }
    if (length > 0) yield null;
  } finally {
    closeSync(fd);
  }
}
