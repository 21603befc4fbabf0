import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

let counter = 0;

/** A name beside `path` that no other writer uses. */
export function temporaryName(path: string): string {
  counter += 1;
  return join(dirname(path), `.tmp-${process.pid}-${counter}`);
}

/**
 * Writes a whole file so that after a crash either the old content or all of the new is there:
 * temporary name, fsync, rename, fsync of the folder.
 */
export function writeFileAtomic(path: string, content: Uint8Array | string, mode = 0o644): void {
  writePiecesAtomic(path, [typeof content === 'string' ? Buffer.from(content, 'utf8') : content], mode);
}

/** The same from pieces that come one after the other; when one does not come, nothing is written. Gives their bytes. */
export function writePiecesAtomic(path: string, pieces: Iterable<Uint8Array>, mode = 0o644): number {
  const temporary = temporaryName(path);
  const fd = openSync(temporary, 'wx', mode);
  let written = 0;
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
      written += piece.length;
    }
    fsyncSync(fd);
  } catch (error) {
    closeSync(fd);
    unlinkSync(temporary);
    throw error;
  }
  closeSync(fd);
  renameSync(temporary, path);
  syncFolder(dirname(path));
  return written;
}
