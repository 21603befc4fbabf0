/** Reading seeds: their structure and instructions; hex0 sources and what they prove; sets of bytes and how much of a seed people have explained. */
export * from './check.ts';
export * from './code/index.ts';
export * from './coverage.ts';
export * from './hex0.ts';
export * from './ranges.ts';
export * from './segments.ts';
export {
  addressOf,
  type BinaryFormat,
  fileOffsetOf,
  type ImageSegment,
  type LoadedImage,
  loadedImage,
  type Processor,
} from './structure/index.ts';
