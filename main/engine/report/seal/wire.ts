/**
 * Reads the wire format of SSH (RFC 4251 section 5) strictly. `fail` makes the error for what is wrong, so that the
 * code names the file that is read and not this reader.
 */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #fail: (message: string) => Error;
  #at = 0;

  constructor(bytes: Uint8Array, fail: (message: string) => Error) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fail = fail;
  }

  /** The next `length` bytes, without copying. */
  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw this.#fail('it ends too early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  /** A `string`: its length as u32, then that many bytes. */
  string(): Buffer {
    return this.take(this.u32());
  }

  /** A `string` of printable ASCII, as names are. */
  name(): string {
    const text = this.string().toString('latin1');
    if (!/^[\x21-\x7e]{1,255}$/.test(text)) throw this.#fail('it holds a name that is not printable ASCII');
    return text;
  }

  /** An `mpint` above zero as its shortest big-endian bytes; the only encoding that is accepted is the canonical one. */
  positiveInteger(): Buffer {
    const bytes = this.string();
    const [first = 0x80, second = 0] = bytes;
    if (first >= 0x80 || (first === 0 && (bytes.length === 1 || second < 0x80))) {
      throw this.#fail('it holds a number that is not positive or not in its shortest form');
    }
    return first === 0 ? bytes.subarray(1) : bytes;
  }

  get rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  /** Refuses anything that is left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw this.#fail('it has bytes after its end');
  }
}

/** A u32. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A `string`: length and bytes; text as UTF-8. */
export function wireString(value: Uint8Array | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return Buffer.concat([u32(bytes.length), bytes]);
}

/** The bytes of base64 in its one canonical form, or null: no line breaks, padded, no stray bits. */
export function canonicalBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
