/** Bytes that a viewer may read, never write. Offsets and lengths are in bytes. */
export interface ByteSource {
  readonly size: number;
  /**
   * The bytes from an offset on. Fewer than asked for only at the end. Rejects when they cannot be read; the viewer shows why
   * and asks again when told to.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes that are in memory already. */
export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
  };
}

/** Bytes of a range with the end left out: `start` ≤ offset < `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
