import { createHash } from 'node:crypto';
import { inputError } from '../../base/index.ts';
import { type PublicKey, parsePublicKeyBlob, verifyWith } from './public-key.ts';
import { canonicalBase64, u32, WireReader, wireString } from './wire.ts';

/** A parsed signature in the format SSHSIG (OpenSSH PROTOCOL.sshsig). */
export interface SshSignature {
  readonly publicKey: PublicKey;
  /** What the signature was made for; a signature for one purpose is none for another. */
  readonly namespace: string;
  readonly hash: 'sha256' | 'sha512';
  /** The signature itself in wire form. */
  readonly signature: Buffer;
}

/** Longest armored signature that is read, in bytes: one by the largest RSA key needs half of it. */
export const ARMOR_LIMIT = 16_384;

const MAGIC = Buffer.from('SSHSIG');
const BEGIN = '-----BEGIN SSH SIGNATURE-----\n';
const END = '-----END SSH SIGNATURE-----\n';
const COLUMNS = 70;

/** The bytes that a key signs for a message. */
export function sshsigMessage(
  namespace: string,
  message: Uint8Array,
  hash: 'sha256' | 'sha512' = 'sha512',
): Buffer {
  const digest = createHash(hash).update(message).digest();
  return Buffer.concat([MAGIC, wireString(namespace), wireString(''), wireString(hash), wireString(digest)]);
}

/** The armored text of a signature, byte for byte as `ssh-keygen -Y sign` writes it. */
export function armorSignature(parts: SshSignature): string {
  const blob = Buffer.concat([
    MAGIC,
    u32(1),
    wireString(parts.publicKey.blob),
    wireString(parts.namespace),
    wireString(''),
    wireString(parts.hash),
    wireString(parts.signature),
  ]);
  const lines = blob.toString('base64').match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return `${BEGIN}${lines.map(line => `${line}\n`).join('')}${END}`;
}

const malformed = (message: string) =>
  inputError('sshsig.malformed', `this is not an SSH signature: ${message}`);

/**
 * Reads an armored signature. Only the one canonical text is accepted, so that no byte of it can be changed unseen.
 * Throws `sshsig.malformed`, `key.malformed` or `key.type-unknown`.
 */
export function parseSshSignature(armored: Uint8Array | string): SshSignature {
  if (armored.length > ARMOR_LIMIT) throw malformed(`it has more than ${ARMOR_LIMIT} bytes`);
  const text = typeof armored === 'string' ? armored : Buffer.from(armored).toString('latin1');
  if (!text.startsWith(BEGIN) || !text.endsWith(END)) throw malformed('its first or last line is missing');
  const blob = canonicalBase64(text.slice(BEGIN.length, -END.length).replaceAll('\n', ''));
  if (!blob) throw malformed('its base64 is not canonical');
  const reader = new WireReader(blob, malformed);
  if (!reader.take(MAGIC.length).equals(MAGIC)) throw malformed('it does not begin with SSHSIG');
  const version = reader.u32();
  if (version !== 1) throw malformed(`it has version ${version}, known is 1`);
  const publicKey = parsePublicKeyBlob(reader.string());
  const namespace = reader.name();
  if (reader.string().length > 0) throw malformed('its reserved field is not empty');
  const hash = reader.name();
  if (hash !== 'sha256' && hash !== 'sha512') throw malformed('its hash is neither sha256 nor sha512');
  const signature = reader.string();
  reader.end();
  const parsed = { publicKey, namespace, hash, signature } as const;
  if (armorSignature(parsed) !== text) throw malformed('it is not written as ssh-keygen writes it');
  return parsed;
}

/** Whether a parsed signature is over this message and for this namespace. Says nothing of whose key it is. */
export function verifySshSignature(parsed: SshSignature, namespace: string, message: Uint8Array): boolean {
  if (parsed.namespace !== namespace) return false;
  return verifyWith(parsed.publicKey, sshsigMessage(namespace, message, parsed.hash), parsed.signature);
}
