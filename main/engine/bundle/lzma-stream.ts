import type { ByteSource } from './byte-source.ts';

/** Compressed bytes handed over at a time. */
const IN = 1 << 16;

/** A web stream of at most `length` bytes of a source. An error thrown while reading is kept for the caller. */
export class LzmaInput {
  readonly stream: ReadableStream<Uint8Array>;
  /** What reading threw. It says more than what the decompressor makes of it. */
  failure: unknown;
  #missing: number;

  constructor(bytes: ByteSource, length: number, first: Buffer, look: (piece: Buffer) => void) {
    this.#missing = length;
    let head: Buffer | undefined = first.length > 0 ? first : undefined;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      try {
        const piece = head ?? this.#next(bytes, look);
        head = undefined;
        if (piece) controller.enqueue(piece);
        else controller.close();
      } catch (error) {
        this.failure = error;
        controller.error(error);
      }
    };
    this.stream = new ReadableStream({ pull }, { highWaterMark: 0 });
  }

  /** Bytes that were promised and not read. */
  get missing(): number {
    return this.#missing;
  }

  #next(bytes: ByteSource, look: (piece: Buffer) => void): Buffer | undefined {
    if (this.#missing === 0) return undefined;
    const piece = bytes.next(Math.min(IN, this.#missing));
    if (!piece) return undefined;
    this.#missing -= piece.length;
    look(piece);
    // The decompressor works on another thread, and the source uses its memory again.
    return Buffer.from(piece);
  }
}
