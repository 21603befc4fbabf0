import { createDecipheriv, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type AssayError, inputError, type Where } from '../../base/index.ts';
import { bcryptPbkdf } from './bcrypt.ts';
import { type PublicKey, parsePublicKeyBlob } from './public-key.ts';
import { u32, WireReader, wireString } from './wire.ts';

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----\n';
const END = '-----END OPENSSH PRIVATE KEY-----\n';
const MAGIC = Buffer.from('openssh-key-v1\0');
const COLUMNS = 70;

/** Most rounds of bcrypt that are run for a key file: 25 seconds of work; ssh-keygen writes 16 or 24 unless told. */
const MAXIMUM_ROUNDS = 1024;

/** Bytes of key and of initial vector, of a block and of an authentication tag behind the encrypted part. */
const CIPHERS = {
  none: { algorithm: null, key: 0, iv: 0, block: 8, tag: 0 },
  'aes256-ctr': { algorithm: 'aes-256-ctr', key: 32, iv: 16, block: 16, tag: 0 },
  'aes256-cbc': { algorithm: 'aes-256-cbc', key: 32, iv: 16, block: 16, tag: 0 },
  'aes256-gcm@openssh.com': { algorithm: 'aes-256-gcm', key: 32, iv: 12, block: 16, tag: 16 },
} as const;
type Cipher = (typeof CIPHERS)[keyof typeof CIPHERS];

/** A private key file of OpenSSH before its private part is opened (OpenSSH PROTOCOL.key). */
export interface SealedPrivateKey {
  readonly where: Where;
  /** The key's type as its public part says; possibly one that only ssh-keygen can sign with. */
  readonly type: string;
  readonly encrypted: boolean;
  readonly cipherName: string;
  readonly kdfName: string;
  readonly kdfOptions: Buffer;
  readonly publicBlob: Buffer;
  /** The private part, then the tag if the cipher has one. */
  readonly secret: Buffer;
}

/** Whether a text claims to be a private key file of OpenSSH. */
export function looksLikeOpenSshKey(text: string): boolean {
  return text.startsWith('-----BEGIN OPENSSH PRIVATE KEY-----');
}

/** Reads the outside of a private key file. Throws `key.malformed`. */
export function parseOpenSshKey(text: string, where: Where): SealedPrivateKey {
  const fail = damaged(where);
  const unix = text.replaceAll('\r\n', '\n');
  if (!unix.startsWith(BEGIN) || !unix.trimEnd().endsWith(END.trimEnd())) {
    throw fail('its first or last line is missing');
  }
  const base64 = unix.trimEnd().slice(BEGIN.length, -END.trimEnd().length).replaceAll('\n', '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw fail('it is not base64');
  const reader = new WireReader(Buffer.from(base64, 'base64'), fail);
  if (!reader.take(MAGIC.length).equals(MAGIC)) throw fail('it does not begin with openssh-key-v1');
  const cipherName = reader.name();
  const kdfName = reader.name();
  const kdfOptions = reader.string();
  if (reader.u32() !== 1) throw fail('it holds more than one key');
  const publicBlob = reader.string();
  const privatePart = reader.string();
  const secret = Buffer.concat([privatePart, reader.rest]);
  const tag = Object.hasOwn(CIPHERS, cipherName) ? CIPHERS[cipherName as keyof typeof CIPHERS].tag : null;
  if (tag !== null && reader.rest.length !== tag) throw fail('it has bytes after its end');
  const type = new WireReader(publicBlob, fail).name();
  return {
    where,
    type,
    encrypted: cipherName !== 'none',
    cipherName,
    kdfName,
    kdfOptions,
    publicBlob,
    secret,
  };
}

/** An opened Ed25519 key. */
export interface Ed25519Key {
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

/**
 * Opens the private part of an Ed25519 key. `passphrase` is asked only for an encrypted key. Throws
 * `key.wrong-passphrase`, `key.no-passphrase`, `key.cipher-unknown`, `key.too-many-rounds` or `key.malformed`.
 */
export async function openEd25519(
  sealed: SealedPrivateKey,
  passphrase: (() => Promise<string>) | undefined,
  signal?: AbortSignal,
): Promise<Ed25519Key> {
  const fail = damaged(sealed.where);
  const plain = await decrypted(sealed, passphrase, signal);
  const wrong = sealed.encrypted ? wrongPassphrase(sealed.where) : fail('its check numbers differ');
  // Both numbers are the same when the passphrase was right; after that nothing else can be its fault.
  const reader = new WireReader(plain, fail);
  const check = reader.u32();
  if (reader.u32() !== check) throw wrong;
  if (reader.name() !== 'ssh-ed25519') throw fail('its private part is of another type than its public part');
  const raw = reader.string();
  const secret = reader.string();
  reader.string();
  if (secret.length !== 64 || raw.length !== 32) throw fail('its private part has the wrong size');
  if (reader.rest.length >= 16 || reader.rest.some((byte, i) => byte !== i + 1)) {
    throw fail('its padding is wrong');
  }
  const privateKey = ed25519PrivateKey(secret.subarray(0, 32));
  const publicKey = parsePublicKeyBlob(sealed.publicBlob);
  const derived = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const claimed = publicKey.blob.subarray(-32);
  if (![raw, secret.subarray(32), claimed].every(each => each.equals(derived))) {
    throw fail('its public part does not belong to its private part');
  }
  return { publicKey, privateKey };
}

/** The key of a 32-byte seed. */
export function ed25519PrivateKey(seed: Uint8Array): KeyObject {
  // PKCS #8 for Ed25519 (RFC 8410) is this fixed header and the seed.
  const header = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
}

/** The text of an unprotected private key file as ssh-keygen writes it. `check` is any number. */
export function writeOpenSshKey(
  publicKey: PublicKey,
  seed: Uint8Array,
  comment: string,
  check: number,
): string {
  const raw = publicKey.blob.subarray(-32);
  const secret = Buffer.concat([
    u32(check),
    u32(check),
    wireString('ssh-ed25519'),
    wireString(raw),
    wireString(Buffer.concat([seed, raw])),
    wireString(comment),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, -secret.length & 7);
  const blob = Buffer.concat([
    MAGIC,
    wireString('none'),
    wireString('none'),
    wireString(''),
    u32(1),
    wireString(publicKey.blob),
    wireString(Buffer.concat([secret, padding])),
  ]);
  const lines = blob.toString('base64').match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return `${BEGIN}${lines.map(line => `${line}\n`).join('')}${END}`;
}

async function decrypted(
  sealed: SealedPrivateKey,
  passphrase: (() => Promise<string>) | undefined,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const cipher = cipherOf(sealed);
  const size = sealed.secret.length - cipher.tag;
  if (size <= 0 || size % cipher.block !== 0)
    throw damaged(sealed.where)('its private part has a wrong size');
  if (cipher.algorithm === null) return sealed.secret;
  const { salt, rounds } = kdfOptions(sealed);
  if (!passphrase) {
    throw inputError('key.no-passphrase', 'the private key is protected by a passphrase', sealed.where);
  }
  const words = Buffer.from(await passphrase(), 'utf8');
  if (words.length === 0) throw wrongPassphrase(sealed.where);
  const key = await bcryptPbkdf(words, salt, cipher.key + cipher.iv, rounds, signal);
  return decrypt(sealed, cipher, key);
}

function decrypt(sealed: SealedPrivateKey, cipher: Cipher & { algorithm: string }, key: Buffer): Buffer {
  const size = sealed.secret.length - cipher.tag;
  const [secretKey, iv] = [key.subarray(0, cipher.key), key.subarray(cipher.key)];
  const body = sealed.secret.subarray(0, size);
  if (cipher.algorithm === 'aes-256-gcm') {
    const decipher = createDecipheriv(cipher.algorithm, secretKey, iv, { authTagLength: cipher.tag });
    decipher.setAuthTag(sealed.secret.subarray(size));
    const plain = decipher.update(body);
    try {
      decipher.final();
    } catch {
      throw wrongPassphrase(sealed.where);
    }
    return plain;
  }
  const decipher = createDecipheriv(cipher.algorithm, secretKey, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function cipherOf(sealed: SealedPrivateKey): Cipher {
  const known = Object.hasOwn(CIPHERS, sealed.cipherName);
  if (!known || sealed.kdfName !== (sealed.encrypted ? 'bcrypt' : 'none')) {
    throw inputError(
      'key.cipher-unknown',
      `the private key is protected by ${sealed.cipherName} with ${sealed.kdfName}, which Assay does not read`,
      sealed.where,
      'Protect it the usual way with: ssh-keygen -p -Z aes256-ctr -f FILE',
    );
  }
  return CIPHERS[sealed.cipherName as keyof typeof CIPHERS];
}

function kdfOptions(sealed: SealedPrivateKey): { salt: Buffer; rounds: number } {
  const fail = damaged(sealed.where);
  const reader = new WireReader(sealed.kdfOptions, fail);
  const salt = reader.string();
  const rounds = reader.u32();
  reader.end();
  if (salt.length === 0 || rounds === 0) throw fail('it has no salt or no rounds');
  if (rounds > MAXIMUM_ROUNDS) {
    throw inputError(
      'key.too-many-rounds',
      `the private key asks for ${rounds} rounds of bcrypt, at most ${MAXIMUM_ROUNDS} are run`,
      sealed.where,
      'Protect it anew with: ssh-keygen -p -a 100 -f FILE',
    );
  }
  return { salt, rounds };
}

function wrongPassphrase(where: Where): AssayError {
  return inputError('key.wrong-passphrase', 'the passphrase does not open the private key', where);
}

function damaged(where: Where): (message: string) => AssayError {
  return message =>
    inputError(
      'key.malformed',
      `the private key file is damaged: ${message}`,
      where,
      'Restore it from a copy.',
    );
}
