import type {
  ByteMeasureRow,
  BytePatternInput,
  FoundBytesRow,
} from '../../../main/contract/requests/index.ts';
import type { BackgroundCheck } from './background-check.ts';

/** What to find in bytes, as the engine takes it. */
export interface FindQuery {
  readonly pattern: BytePatternInput;
  /** Places from here on; backwards, places up to here. By default everything. */
  readonly from?: number;
  readonly direction?: FindDirection;
  /** Places that are given. */
  readonly limit: number;
  /** Whether further places are counted. */
  readonly count?: boolean;
}

export type FindDirection = 'next' | 'previous';

/** Finds bytes. Rejects when it is stopped, or as reading does. */
export type FindBytes = (query: FindQuery, signal: AbortSignal) => Promise<FoundBytesRow>;

/** Bytes that a viewer may read, never write. Offsets and lengths are in bytes. */
export interface ByteSource {
  readonly size: number;
  /**
   * The bytes from an offset on. Fewer than asked for only at the end. Rejects when they cannot be read; the viewer shows why
   * and asks again when told to.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Finds bytes without bringing all of them here. Without it the viewer reads everything. */
  readonly find?: FindBytes;
  /** Measures a range without bringing it here. Without it the viewer offers no measures. */
  readonly measure?: (range: ByteRange, signal: AbortSignal) => Promise<ByteMeasureRow>;
  /** The check that goes on while bytes are shown already. Without it they are checked before. */
  readonly check?: BackgroundCheck;
}

/** Throws while bytes are only looked at: what leaves the viewer could be taken for evidence. */
export function mustBeChecked({ check }: ByteSource): void {
  if (check?.state.get().state !== 'running') return;
  throw new Error(
    'These bytes are still being checked against their SHA-256: copy them when the check is over',
  );
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
