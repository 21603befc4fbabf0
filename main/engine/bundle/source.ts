import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { AssayError, inputError, systemCode } from '../base/index.ts';
import type { Input } from './compression.ts';

/** Bytes read at a time. */
const PIECE = 1 << 20;

/** What kind of bundle a path names. Throws `bundle.source-missing` or `bundle.source-unreadable`. */
export function formOf(path: string): 'folder' | 'archive' {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return 'folder';
    if (stat.isFile()) return 'archive';
  } catch (error) {
    throw unreadable(path, error);
  }
  throw inputError('bundle.source-unreadable', 'this is neither a folder nor a file', { file: path });
}

/** Opens a file for reading. Close its descriptor. */
export function openInput(path: string): Input {
  try {
    const fd = openSync(path, 'r');
    return { file: path, fd, size: fstatSync(fd).size };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The first bytes of a file, at most `length`. */
export function firstBytes(input: Input, length: number): Buffer {
  const start = Buffer.alloc(length);
  return start.subarray(0, readAt(input, start, 0));
}

/**
 * A file from beginning to end, each piece shown to `onPiece` first. A piece is only valid until the next one.
 * Throws `bundle.source-changed` when there is more or less in it than at first.
 */
export function* readPieces(input: Input, onPiece: (piece: Buffer) => void): Generator<Buffer, void, void> {
  const buffer = Buffer.allocUnsafe(PIECE);
  for (let at = 0; ; ) {
    const length = readAt(input, buffer, at);
    if (length === 0) {
      if (at !== input.size) throw changed(input.file);
      return;
    }
    const piece = buffer.subarray(0, length);
    at += length;
    if (at > input.size) throw changed(input.file);
    onPiece(piece);
    yield piece;
  }
}

/** Closes a descriptor that only served to read. */
export function closeInput(input: Input): void {
  closeSync(input.fd);
}

/** The source is not what it was when the import began. */
export function changed(file: string): AssayError {
  return inputError(
    'bundle.source-changed',
    'the source changed while it was read',
    { file },
    'Stop whatever writes to it and import again.',
  );
}

/** A system error while reading the source, as an error for a person. */
export function unreadable(file: string, cause: unknown): AssayError {
  const code = systemCode(cause);
  return new AssayError({
    kind: 'input',
    code: code === 'ENOENT' ? 'bundle.source-missing' : 'bundle.source-unreadable',
    message:
      code === 'ENOENT' ? 'there is no such file or folder' : `it cannot be read (${code ?? 'unknown'})`,
    where: { file },
    cure: 'Check the name and the permissions.',
    cause,
  });
}

function readAt(input: Input, buffer: Buffer, at: number): number {
  try {
    return readSync(input.fd, buffer, 0, buffer.length, at);
  } catch (error) {
    throw unreadable(input.file, error);
  }
}
