import { inputError } from '../base/index.ts';
import type { Origin } from './plan.ts';

/** The largest file of published hashes that is read, in bytes. */
export const PUBLISHED_LIMIT = 16 << 20;

/** A file of the bundle that holds published hashes. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** The folder of the tree that its names are in; the root when left out. */
  readonly under?: string | undefined;
}

/** A line as `sha256sum` writes it: its name as it stands there. */
export interface SumLine {
  readonly name: string;
  readonly sha256: string;
  readonly origin: Origin;
}

/** Reads lines as `sha256sum` writes them; blank lines and such that begin with `#` are left out. Throws `published.bad-line`. */
export function sumLines(file: PublishedFile): SumLine[] {
  const lines = file.bytes.toString('utf8').split('\n');
  return lines.flatMap((text, i) => {
    if (text.trim() === '' || text.startsWith('#')) return [];
    const origin = { file: file.path, line: i + 1 };
    const [, sha256, name] = /^([0-9a-fA-F]{64}) [ *](.+?)\r?$/.exec(text) ?? [];
    if (sha256 === undefined || name === undefined) throw badLine(origin);
    return [{ name, sha256: sha256.toLowerCase(), origin }];
  });
}

/** What is thrown for a line that is none of sha256sum. */
export function badLine(origin: Origin): Error {
  return inputError('published.bad-line', 'this is not a line of sha256sum', origin);
}
