const ROOM = 1 << 16;

/** Receives the bytes that come out. A piece is only valid during the call. */
export type OnBytes = (piece: Uint8Array) => void;

/** Writes numbers of up to 16 bits, lowest bit first, into bytes. */
export class BitWriter {
  readonly #onBytes: OnBytes;
  readonly #buffer = new Uint8Array(ROOM);
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(onBytes: OnBytes) {
    this.#onBytes = onBytes;
  }

  bits(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      if (this.#at === ROOM) this.#empty();
      this.#buffer[this.#at] = this.#bits;
      this.#at += 1;
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  /** Fills the byte that was begun with zeros. */
  align(): void {
    if (this.#count > 0) this.bits(0, 8 - this.#count);
  }

  /** Whole bytes, after `align`. */
  bytes(bytes: Uint8Array): void {
    this.#empty();
    this.#onBytes(bytes);
  }

  /** Fills the last byte and hands all over. */
  end(): void {
    this.align();
    this.#empty();
  }

  #empty(): void {
    if (this.#at > 0) this.#onBytes(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
  }
}
