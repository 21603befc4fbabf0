import { type AskOptions, ask } from '../../engine/index.ts';
import { askedSource } from './asked-source.ts';
import type { ByteSource } from './byte-source.ts';

/** The bytes of an object of the case: a seed, an artifact, any other. */
export function objectSource({
  sha256,
  size,
}: {
  readonly sha256: string;
  readonly size: number;
}): ByteSource {
  return askedSource(size, {
    check: tell => ask('object.check', { sha256 }, heard(tell)),
    bytes: (offset, length, look) => ask('object.bytes', { sha256, offset, length, look }, { quiet: true }),
    find: (query, how) => ask('object.find', { sha256, ...query }, how),
    measure: (offset, length, how) => ask('object.measure', { sha256, offset, length }, how),
  });
}

/** The bytes of a file of the bundle, read by offset from the archive as imported. */
export function fileSource(path: string, size: number): ByteSource {
  return askedSource(size, {
    check: tell => ask('bundle.check', { path }, heard(tell)),
    bytes: (offset, length, look) => ask('bundle.bytes', { path, offset, length, look }, { quiet: true }),
    find: (query, how) => ask('bundle.find-bytes', { path, ...query }, how),
    measure: (offset, length, how) => ask('bundle.measure', { path, offset, length }, how),
  });
}

/** The check tells under the bytes how far it is, and is no task of its own. */
function heard(tell: (share: number) => void): AskOptions {
  return { quiet: true, onProgress: ({ done, total }) => tell(total ? done / total : 0) };
}
