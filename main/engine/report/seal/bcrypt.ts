import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import bcrypt from 'bcrypt-pbkdf';
import { throwIfStopped } from '../../base/index.ts';

const BLOCK = 32;

/**
 * bcrypt_pbkdf of OpenBSD. The library's own loop would hold up the process for a second; this one lets other work in
 * after each hash (about 12 ms), of which there are `rounds` for every 32 bytes of `length`.
 */
export async function bcryptPbkdf(
  passphrase: Uint8Array,
  salt: Uint8Array,
  length: number,
  rounds: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  const password = sha512(passphrase);
  const key = Buffer.alloc(length);
  const stride = Math.ceil(length / BLOCK);
  for (let number = 1; number <= stride; number += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(number);
    const sum = Buffer.alloc(BLOCK);
    const hash = Buffer.alloc(BLOCK);
    let salted = sha512(Buffer.concat([salt, counter]));
    for (let round = 0; round < rounds; round += 1) {
      bcrypt.hash(password, salted, hash);
      for (let i = 0; i < BLOCK; i += 1) sum[i] = (sum[i] ?? 0) ^ (hash[i] ?? 0);
      salted = sha512(hash);
      await setImmediate();
      throwIfStopped(signal);
    }
    // The blocks are dealt out like cards: byte i of block n lands at i * stride + n.
    for (let i = 0, at = number - 1; at < length; i += 1, at += stride) key[at] = sum[i] ?? 0;
  }
  return key;
}

function sha512(data: Uint8Array): Buffer {
  return createHash('sha512').update(data).digest();
}
