/** Container images: writing them bit for bit as others would, reading and comparing them. */
export { GoGzip, goGzip } from './deflate/go-gzip.ts';
export { buildkitForm, type ImageConfig, type ImageForm, PLAIN_FORM } from './documents.ts';
export type { ImageEntry } from './entry.ts';
export type { ReadContent } from './layer.ts';
export { type NewImage, type NewLayer, type WrittenImage, writeImage } from './write.ts';
