/** Container images: writing them bit for bit as others would, reading and comparing them. */
export { type Comparison, compareRoots, firstDifferentLayer } from './compare.ts';
export { GoGzip, goGzip } from './deflate/go-gzip.ts';
export { buildkitForm, type ImageConfig, type ImageForm, PLAIN_FORM } from './documents.ts';
export type { ImageEntry } from './entry.ts';
export type { ReadContent } from './layer.ts';
export { type ReadImage, type ReadLayer, readImage } from './read.ts';
export type { LayerEntry } from './read-layer.ts';
export { rootOf } from './root.ts';
export { type ImageSource, openImage } from './source.ts';
export { type NewImage, type NewLayer, type WrittenImage, writeImage } from './write.ts';
