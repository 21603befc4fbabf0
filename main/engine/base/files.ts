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
  const temporary = temporaryName(path);
  const fd = openSync(temporary, 'wx', mode);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } catch (error) {
    closeSync(fd);
    unlinkSync(temporary);
    throw error;
  }
  closeSync(fd);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}
