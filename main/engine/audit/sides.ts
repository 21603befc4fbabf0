import { closeSync, openSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { inputError, type Sha256, sha256OfFile, systemCode, type TaskOptions } from '../base/index.ts';
import { type Bundle, type Content, checkedContents, storedObject } from '../bundle/index.ts';
import type { Case } from '../case/index.ts';
import { type Bytes, fileBytes, memoryBytes } from '../difference/index.ts';
import { ANNOTATION_FILE_LIMIT, parseAnnotationFile, seedBytesIn } from '../review/index.ts';

/** One of two files that are compared. Close it when done. */
export interface ComparedFile extends Disposable {
  readonly name: string;
  readonly sha256: Sha256;
  readonly bytes: Bytes;
  /** The file that has exactly these bytes; null when they lie within another one. */
  readonly path: string | null;
}

const NO_BYTES_CURE =
  'A report holds hashes, not bytes: ask whoever made it for the file, and give it as a file to compare with.';

/**
 * The bytes that a case has by their hash: an artifact of any of its replays, a seed, a file of its bundle. Checked against the hash.
 * Throws `difference.no-bytes`, `object.damaged` and, for files of the bundle, what reading it throws.
 */
export async function caseSide(
  theCase: Case,
  bundle: Bundle | null,
  sha256: Sha256,
  name: string = sha256,
  options: TaskOptions = {},
): Promise<ComparedFile> {
  if (theCase.objects.has(sha256)) {
    const content = await checkedContents(theCase.objects).open(
      storedObject(theCase.objects, sha256),
      options,
    );
    return contentSide(content, { name, sha256, path: theCase.objects.pathOf(sha256) });
  }
  const entry = bundle && entryWith(bundle, sha256);
  if (entry) return contentSide(await bundle.content(entry.path, options), { name, sha256, path: null });
  throw inputError(
    'difference.no-bytes',
    'the case does not have the bytes of this file',
    { file: sha256 },
    NO_BYTES_CURE,
  );
}

/** A file on disk. With `expected` it has to be the one with that hash. Throws `difference.no-file` or `difference.other-file`. */
export function fileSide(path: string, expected?: Sha256): ComparedFile {
  const file = resolve(path);
  try {
    if (!statSync(file).isFile())
      throw inputError('difference.no-file', 'this is not a regular file', { file });
    const { sha256 } = sha256OfFile(file);
    if (expected !== undefined && sha256 !== expected) {
      throw inputError(
        'difference.other-file',
        `this is another file: its sha256 is ${sha256}, wanted is ${expected}`,
        { file },
        'Choose the file with that hash.',
      );
    }
    const fd = openSync(file, 'r');
    const close = () => closeSync(fd);
    return { name: basename(file), sha256, path: file, bytes: fileBytes(fd), [Symbol.dispose]: close };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw inputError('difference.no-file', 'there is no such file', { file });
  }
}

/**
 * The seed that a file of annotations was made for, in place of the file, which is closed. Throws `annotation-file.invalid`, and
 * `difference.no-seed` when the bytes of the seed are not in it.
 */
export function seedSide({ name, bytes, [Symbol.dispose]: close }: ComparedFile): ComparedFile {
  try {
    if (bytes.size > ANNOTATION_FILE_LIMIT)
      throw inputError('annotation-file.invalid', 'it is too large', { file: name });
    const file = parseAnnotationFile(bytes.read(0, bytes.size), name);
    const seed = seedBytesIn(file);
    if (!seed) {
      throw inputError(
        'difference.no-seed',
        `the bytes of ${file.seed.name} are not in this file of annotations`,
        { file: name },
        'It has them where the seed has at most 64 KiB and they were not left out: ask for the seed itself.',
      );
    }
    return {
      name: `${file.seed.name} of ${name}`,
      sha256: file.seed.sha256,
      path: null,
      bytes: memoryBytes(seed),
      [Symbol.dispose]: () => {},
    };
  } finally {
    close();
  }
}

/** Checked content: an object, or a file of the bundle. */
function contentSide(content: Content, about: Pick<ComparedFile, 'name' | 'sha256' | 'path'>): ComparedFile {
  const read = (offset: number, length: number) => {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, content.size - offset)));
    content.readAt(buffer, offset);
    return buffer;
  };
  return { ...about, bytes: { size: content.size, read }, [Symbol.dispose]: () => content[Symbol.dispose]() };
}

function entryWith(bundle: Bundle, sha256: Sha256) {
  for (const entry of bundle.entries()) if (entry.type === 'file' && entry.sha256 === sha256) return entry;
  return null;
}
