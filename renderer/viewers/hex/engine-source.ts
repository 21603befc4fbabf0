import { ask } from '../../engine/index.ts';
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
    check: how => ask('object.check', { sha256 }, how),
    bytes: (offset, length) => ask('object.bytes', { sha256, offset, length }, { quiet: true }),
    find: (query, how) => ask('object.find', { sha256, ...query }, how),
    measure: (offset, length, how) => ask('object.measure', { sha256, offset, length }, how),
  });
}

/** The bytes of a file of the bundle, read by offset from the archive as imported. */
export function fileSource(path: string, size: number): ByteSource {
  return askedSource(size, {
    check: how => ask('bundle.check', { path }, how),
    bytes: (offset, length) => ask('bundle.bytes', { path, offset, length }, { quiet: true }),
    find: (query, how) => ask('bundle.find-bytes', { path, ...query }, how),
    measure: (offset, length, how) => ask('bundle.measure', { path, offset, length }, how),
  });
}
