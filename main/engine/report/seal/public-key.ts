import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { inputError } from '../../base/index.ts';
import { canonicalBase64, WireReader, wireString } from './wire.ts';

/** The kinds of keys whose signatures are understood. */
export const KEY_TYPES = [
  'ssh-ed25519',
  'sk-ssh-ed25519@openssh.com',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** A public key in the form OpenSSH gives it (RFC 4253 section 6.6, RFC 5656, RFC 8709, PROTOCOL.u2f). */
export interface PublicKey {
  readonly type: KeyType;
  /** The wire form. */
  readonly blob: Buffer;
  /** One line without comment: type and base64. */
  readonly line: string;
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  readonly keyObject: KeyObject;
  /** What a FIDO key was made for, usually `ssh:`; null for other keys. */
  readonly application: string | null;
}

const malformed = (message: string) =>
  inputError('key.malformed', `this is not a public key of OpenSSH: ${message}`);

const CURVES = {
  nistp256: { crv: 'P-256', length: 32, hash: 'sha256' },
  nistp384: { crv: 'P-384', length: 48, hash: 'sha384' },
  nistp521: { crv: 'P-521', length: 66, hash: 'sha512' },
} as const;

const RSA_MINIMUM_BITS = 2048;
const RSA_MAXIMUM_BITS = 16_384;

/** Reads a public key from its wire form. Throws `key.malformed` or `key.type-unknown`. */
export function parsePublicKeyBlob(blob: Buffer): PublicKey {
  const reader = new WireReader(blob, malformed);
  const type = knownType(reader.name());
  const keyObject = readKeyObject(type, reader);
  const application = type.startsWith('sk-') ? reader.name() : null;
  reader.end();
  return {
    type,
    blob: Buffer.from(blob),
    line: `${type} ${blob.toString('base64')}`,
    fingerprint: fingerprintOf(blob),
    keyObject,
    application,
  };
}

/** Reads a public key from one line: type, base64 and perhaps a comment. Throws `key.malformed` or `key.type-unknown`. */
export function parsePublicKeyLine(line: string): PublicKey {
  const [type = '', base64 = ''] = line.trim().split(/[ \t]+/, 2);
  const named = knownType(type);
  const blob = canonicalBase64(base64);
  if (!blob) throw malformed('its base64 is not canonical');
  const key = parsePublicKeyBlob(blob);
  if (key.type !== named) throw malformed('the type before it is another one than inside');
  return key;
}

/** `SHA256:` and base64 without padding of a key's wire form. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The wire form of an Ed25519 public key of 32 bytes. */
export function ed25519Blob(raw: Uint8Array): Buffer {
  return Buffer.concat([wireString('ssh-ed25519'), wireString(raw)]);
}

/** The 32 bytes of an Ed25519 public key. Throws `key.not-ed25519` for any other kind. */
export function ed25519Raw(key: PublicKey): Buffer {
  if (key.type !== 'ssh-ed25519') {
    throw inputError(
      'key.not-ed25519',
      `this needs an ssh-ed25519 key, not ${key.type}`,
      undefined,
      'Make one with: ssh-keygen -t ed25519',
    );
  }
  return key.blob.subarray(-32);
}

/**
 * Whether a signature in wire form is by this key over these bytes. A signature that is not in its one canonical form
 * is false too.
 */
export function verifyWith(key: PublicKey, message: Uint8Array, signature: Buffer): boolean {
  try {
    const reader = new WireReader(signature, text => new Unacceptable(text));
    const algorithm = reader.name();
    const bytes = reader.string();
    const fido = key.application === null ? null : reader.take(5);
    reader.end();
    const signed = fido === null ? message : fidoMessage(key.application ?? '', fido, message);
    return verifyBytes(key, algorithm, signed, bytes);
  } catch (error) {
    if (error instanceof Unacceptable) return false;
    throw error;
  }
}

/** Raised inside {@link verifyWith} only, where it means false. */
class Unacceptable extends Error {}

/** What a FIDO authenticator signs (PROTOCOL.u2f): hash of the application, flags and counter, hash of the message. */
function fidoMessage(application: string, flagsAndCounter: Buffer, message: Uint8Array): Buffer {
  const hash = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
  return Buffer.concat([hash(application), flagsAndCounter, hash(message)]);
}

function verifyBytes(key: PublicKey, algorithm: string, message: Uint8Array, signature: Buffer): boolean {
  if (key.type === 'ssh-rsa') {
    const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm];
    return hash !== undefined && verify(hash, message, key.keyObject, signature);
  }
  if (algorithm !== key.type) return false;
  if (key.type === 'ssh-ed25519' || key.type === 'sk-ssh-ed25519@openssh.com') {
    return verify(null, message, key.keyObject, signature);
  }
  const curve = curveOf(key.type);
  const reader = new WireReader(signature, text => new Unacceptable(text));
  const [r, s] = [reader.positiveInteger(), reader.positiveInteger()];
  reader.end();
  if (r.length > curve.length || s.length > curve.length) return false;
  const fixed = Buffer.alloc(2 * curve.length);
  r.copy(fixed, curve.length - r.length);
  s.copy(fixed, 2 * curve.length - s.length);
  return verify(curve.hash, message, { key: key.keyObject, dsaEncoding: 'ieee-p1363' }, fixed);
}

function knownType(type: string): KeyType {
  const known = KEY_TYPES.find(each => each === type);
  if (!known) {
    throw inputError(
      'key.type-unknown',
      'this is not a kind of public key that Assay understands',
      undefined,
      `Use one of ${KEY_TYPES.join(', ')}.`,
    );
  }
  return known;
}

function curveOf(type: KeyType): (typeof CURVES)[keyof typeof CURVES] {
  if (type.includes('nistp384')) return CURVES.nistp384;
  return type.includes('nistp521') ? CURVES.nistp521 : CURVES.nistp256;
}

function readKeyObject(type: KeyType, reader: WireReader): KeyObject {
  const base64 = (bytes: Buffer) => bytes.toString('base64url');
  if (type === 'ssh-rsa') {
    const e = reader.positiveInteger();
    const n = reader.positiveInteger();
    const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
    if (bits < RSA_MINIMUM_BITS || bits > RSA_MAXIMUM_BITS || e.length > 8) {
      throw malformed(`its RSA modulus has ${bits} bits and its exponent ${e.length} bytes`);
    }
    return imported({ kty: 'RSA', n: base64(n), e: base64(e) });
  }
  if (type === 'ssh-ed25519' || type === 'sk-ssh-ed25519@openssh.com') {
    const x = reader.string();
    if (x.length !== 32) throw malformed(`it has ${x.length} bytes where Ed25519 has 32`);
    return imported({ kty: 'OKP', crv: 'Ed25519', x: base64(x) });
  }
  const curve = curveOf(type);
  if (!type.includes(reader.name())) throw malformed('its curve is another one than its type says');
  const point = reader.string();
  if (point.length !== 1 + 2 * curve.length || point[0] !== 4)
    throw malformed('its point is not uncompressed');
  const [x, y] = [point.subarray(1, 1 + curve.length), point.subarray(1 + curve.length)];
  return imported({ kty: 'EC', crv: curve.crv, x: base64(x), y: base64(y) });
}

function imported(jwk: Record<string, string>): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw malformed('its numbers are no key');
  }
}

/** The wire form of a signature: algorithm and bytes. */
export function signatureBlob(algorithm: string, signature: Uint8Array): Buffer {
  return Buffer.concat([wireString(algorithm), wireString(signature)]);
}
