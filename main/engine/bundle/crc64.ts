/** CRC-64/XZ (ECMA-182, reflected): the check that xz writes by default. */

/** Tables for eight bytes at a time, low and high halves apart: entry 256 * n + b is byte b followed by n zero bytes. */
const LOW = new Int32Array(8 * 256);
const HIGH = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte += 1) {
  let low = byte;
  let high = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      low ^= 0xd7870f42;
      high ^= 0xc96c5795;
    }
  }
  LOW[byte] = low;
  HIGH[byte] = high;
}
for (let i = 256; i < 8 * 256; i += 1) {
  const low = LOW[i - 256] as number;
  const high = HIGH[i - 256] as number;
  LOW[i] = ((low >>> 8) | (high << 24)) ^ (LOW[low & 0xff] as number);
  HIGH[i] = (high >>> 8) ^ (HIGH[low & 0xff] as number);
}

/** A running CRC-64/XZ. */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    let at = 0;
    for (const whole = bytes.length - 7; at < whole; at += 8) {
      const a = low ^ word(bytes, at);
      const b = high ^ word(bytes, at + 4);
      low = fold(LOW, a, b);
      high = fold(HIGH, a, b);
    }
    for (; at < bytes.length; at += 1) {
      const i = (low ^ (bytes[at] as number)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (LOW[i] as number);
      high = (high >>> 8) ^ (HIGH[i] as number);
    }
    this.#low = low;
    this.#high = high;
  }

  /** Eight bytes, least significant first, as xz writes them. */
  digest(): Buffer {
    const out = Buffer.alloc(8);
    out.writeInt32LE(~this.#low, 0);
    out.writeInt32LE(~this.#high, 4);
    return out;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function fold(table: Int32Array, a: number, b: number): number {
  return (
    (table[1792 + (a & 0xff)] as number) ^
    (table[1536 + ((a >>> 8) & 0xff)] as number) ^
    (table[1280 + ((a >>> 16) & 0xff)] as number) ^
    (table[1024 + (a >>> 24)] as number) ^
    (table[768 + (b & 0xff)] as number) ^
    (table[512 + ((b >>> 8) & 0xff)] as number) ^
    (table[256 + ((b >>> 16) & 0xff)] as number) ^
    (table[b >>> 24] as number)
  );
}
