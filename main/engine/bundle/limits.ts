const MIB = 1 << 20;
const GIB = 1024 * MIB;

/** How much an import takes before it refuses. Sizes are in bytes; all of them hold before memory is given out. */
export interface ImportLimits {
  /** Entries of the archive. */
  readonly entries: number;
  /** One path, and one link target. */
  readonly pathBytes: number;
  /** One part of a path. */
  readonly partBytes: number;
  /** Parts of a path, and of a link target. */
  readonly depth: number;
  /** All paths and link targets together, folders that are only implied included: what the import keeps in memory. */
  readonly nameBytes: number;
  /** The records of one PAX header, or one GNU long name. */
  readonly headerBytes: number;
  /** The content of one file. */
  readonly fileBytes: number;
  /** The whole archive after decompression. */
  readonly totalBytes: number;
  /** Decompressed size over compressed size. Source code stays far below 20. */
  readonly ratio: number;
  /** Below this decompressed size the ratio is not looked at. */
  readonly ratioFrom: number;
  /** What a decompressor must remember: the dictionary of xz and lzip, the window of zstd. */
  readonly dictionaryBytes: number;
}

/** The limits that hold unless an import is given others. */
export const DEFAULT_LIMITS: ImportLimits = {
  entries: 1_000_000,
  pathBytes: 1024,
  partBytes: 255,
  depth: 64,
  nameBytes: 128 * MIB,
  headerBytes: MIB,
  fileBytes: 16 * GIB,
  totalBytes: 64 * GIB,
  ratio: 200,
  ratioFrom: 64 * MIB,
  dictionaryBytes: 256 * MIB,
};

/** For what was checked when it was imported: rules of form still hold, sizes are taken as they are. */
export const NO_LIMITS: ImportLimits = {
  entries: Number.POSITIVE_INFINITY,
  pathBytes: Number.POSITIVE_INFINITY,
  partBytes: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  nameBytes: Number.POSITIVE_INFINITY,
  headerBytes: Number.POSITIVE_INFINITY,
  fileBytes: Number.POSITIVE_INFINITY,
  totalBytes: Number.POSITIVE_INFINITY,
  ratio: Number.POSITIVE_INFINITY,
  ratioFrom: Number.POSITIVE_INFINITY,
  // What zstd's window can be at most.
  dictionaryBytes: 2 ** 31,
};
