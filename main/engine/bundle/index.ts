/** Source bundles: taking them into a case, reading them, writing them out for a replay; reading archives as they come. */
export { type BundleImport, bundleImports, bundlesOf, goBackToBundle } from './again.ts';
export { type Bundle, type ContentOptions, openBundle } from './bundle.ts';
export { type Companion, type CompanionOptions, companionsOf, importCompanions } from './companions.ts';
export { type Compression, compressionOf, MAGIC_BYTES, plainBytes } from './compression.ts';
export { CheckedContents, type Content, checkedContents, storedObject } from './content.ts';
export { COUNT_LIMIT, type FindOptions, type FoundBytes, findBytes } from './find-bytes.ts';
export { type ImportOptions, importBundle } from './import.ts';
export { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
export { type ByteMeasure, measureBytes } from './measure.ts';
export { cleanPath } from './names.ts';
export { overlaid, type PlacedFile, placedEntry } from './overlay.ts';
export { Pace } from './pace.ts';
export {
  type BytePattern,
  hexPattern,
  nameFits,
  PATTERN_LIMIT,
  type TextEncodingName,
  textPattern,
} from './pattern.ts';
export {
  SEARCH_LIMITS,
  type SearchHit,
  type SearchLimits,
  type SearchQuery,
  type SearchResult,
  searchBundle,
} from './search.ts';
export { type TarEntry, TarReader, type TarVisitor } from './tar-reader.ts';
export { BundleTree, type TreeNode } from './tree.ts';
export type { Unpacked, UnpackOptions } from './unpack.ts';
export { bundleWithin, entryWithin, loneFolder } from './within.ts';
