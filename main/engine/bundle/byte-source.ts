/** Bytes that are pulled, in pieces of whatever size comes. A piece is only valid until the next call. */
export class ByteSource {
  readonly #pieces: Iterator<Buffer>;
  #rest: Buffer | undefined;
  #offset = 0;

  constructor(pieces: Iterable<Buffer>) {
    this.#pieces = pieces[Symbol.iterator]();
  }

  /** Bytes given out so far. */
  get offset(): number {
    return this.#offset;
  }

  /** The next bytes, at least one and at most `limit`; undefined at the end. */
  next(limit = Number.POSITIVE_INFINITY): Buffer | undefined {
    let piece = this.#rest;
    this.#rest = undefined;
    while (piece === undefined || piece.length === 0) {
      const step = this.#pieces.next();
      if (step.done) return undefined;
      piece = step.value;
    }
    if (piece.length > limit) {
      this.#rest = piece.subarray(limit);
      piece = piece.subarray(0, limit);
    }
    this.#offset += piece.length;
    return piece;
  }

  /** Exactly `length` bytes as a copy, or what is left when there are fewer. */
  take(length: number): Buffer {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      const piece = this.next(missing);
      if (!piece) break;
      parts.push(Buffer.from(piece));
      missing -= piece.length;
    }
    return Buffer.concat(parts);
  }

  /** Puts back the end of the last piece. */
  unread(bytes: Buffer): void {
    this.#offset -= bytes.length;
    this.#rest = this.#rest ? Buffer.concat([bytes, this.#rest]) : bytes;
  }

  /** Whether nothing is left. */
  get ended(): boolean {
    const piece = this.next();
    if (piece) this.unread(piece);
    return piece === undefined;
  }
}
