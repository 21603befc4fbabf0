/** 48-bit marks of bzip2: the beginning of a block, and the end of a stream. */
export const BLOCK_MARK = 0x314159265359;
export const END_MARK = 0x177245385090;
export const MARK_BITS = 48;

/** For two successive whole bytes of a mark: 1 when they occur in one, at any of the eight bit positions. */
const CANDIDATES = new Uint8Array(1 << 16);
for (const mark of [BLOCK_MARK, END_MARK]) {
  for (let shift = 0; shift < 8; shift += 1) {
    CANDIDATES[Math.floor(mark / 2 ** (24 + shift)) & 0xffff] = 1;
  }
}

/** Bytes seen as bits, most significant first. Positions are in bits. */
export class BitBuffer {
  bytes: Buffer = Buffer.alloc(0);
  /** The next bit to be read. */
  position = 0;

  /** Bits that are there after `position`. */
  get available(): number {
    return this.bytes.length * 8 - this.position;
  }

  /** Adds bytes at the end and drops those that were read. */
  append(bytes: Buffer): void {
    this.bytes = Buffer.concat([this.bytes.subarray(this.position >> 3), bytes]);
    this.position &= 7;
  }

  /** 9 to 48 bits at a position, as a number. They must be there. */
  peek(at: number, bits: number): number {
    const last = (at + bits - 1) >> 3;
    let value = (this.bytes[at >> 3] ?? 0) & (0xff >> (at & 7));
    for (let i = (at >> 3) + 1; i < last; i += 1) value = value * 256 + (this.bytes[i] ?? 0);
    // The last byte apart: 48 bits and what surrounds them do not fit into a number.
    const used = (at + bits) & 7 || 8;
    return value * 2 ** used + ((this.bytes[last] ?? 0) >> (8 - used));
  }

  /** Where the first mark at or after a position begins, or -1. */
  findMark(from: number): number {
    const { bytes } = this;
    const end = bytes.length - 1;
    for (let i = (from >> 3) + 1; i < end; i += 1) {
      if (CANDIDATES[((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)] === 0) continue;
      for (let at = (i - 2) * 8; at < (i + 1) * 8; at += 1) {
        if (at < from || at + MARK_BITS > bytes.length * 8) continue;
        const value = this.peek(at, MARK_BITS);
        if (value === BLOCK_MARK || value === END_MARK) return at;
      }
    }
    return -1;
  }

  /** Copies bits into a fresh buffer, from its byte `into` on; it has `room` bytes after them, zero. */
  copy(from: number, to: number, into: number, room: number): Buffer {
    const bits = to - from;
    const length = Math.ceil(bits / 8);
    const out = Buffer.alloc(into + length + room);
    const first = from >> 3;
    const shift = from & 7;
    for (let i = 0; i < length; i += 1) {
      const pair = ((this.bytes[first + i] ?? 0) << 8) | (this.bytes[first + i + 1] ?? 0);
      out[into + i] = (pair >> (8 - shift)) & 0xff;
    }
    const spare = length * 8 - bits;
    if (length > 0) out[into + length - 1] = ((out[into + length - 1] ?? 0) >> spare) << spare;
    return out;
  }
}
