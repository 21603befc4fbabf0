import { createHash, verify } from 'node:crypto';
import { inputError } from '../../base/index.ts';
import type { RawSigner } from './dsse.ts';
import { ed25519Raw, type PublicKey, parsePublicKeyLine } from './public-key.ts';
import { canonicalBase64 } from './wire.ts';

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

/** A parsed note (C2SP signed-note): a text and signatures over it. */
export interface Note {
  /** Ends with a line feed. */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
}

const ED25519 = 1;
const NOTE_LIMIT = 1 << 20;
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** The key id of an Ed25519 key under a name: first 4 bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key). */
export function noteKeyId(name: string, publicKey: PublicKey): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(ED25519))
    .update(ed25519Raw(publicKey))
    .digest()
    .subarray(0, 4);
}

/** The key as other tools for notes take it: name, id and key, joined by plus signs. */
export function noteVerifierKey(name: string, publicKey: PublicKey): string {
  const key = Buffer.concat([Buffer.of(ED25519), ed25519Raw(publicKey)]).toString('base64');
  return `${name}+${noteKeyId(name, publicKey).toString('hex')}+${key}`;
}

/**
 * The text of a note signed under a key name. A signer without raw signatures cannot sign notes; then the body stands
 * alone. Throws `note.bad-name` or `note.bad-body`.
 */
export function signNote(body: string, name: string, signer: RawSigner): string {
  if (!/^[^\s+]{1,200}$/u.test(name)) {
    throw inputError(
      'note.bad-name',
      'the name of a key in a note must not be empty nor hold blanks or plus signs',
    );
  }
  if (!isBody(body))
    throw inputError('note.bad-body', 'the text of a note must be lines without control characters');
  const id = noteKeyId(name, parsePublicKeyLine(signer.publicKey));
  const signature = Buffer.concat([id, signer.raw(Buffer.from(body, 'utf8'))]);
  return `${body}\n— ${name} ${signature.toString('base64')}\n`;
}

/** Reads a note; a body without signatures, as {@link signNote} has none to add, is a note too. Throws `note.malformed`. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > NOTE_LIMIT) throw malformed(`it has more than ${NOTE_LIMIT} bytes`);
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw malformed('it is not UTF-8');
  const split = text.lastIndexOf('\n\n');
  const tail = split < 0 ? '' : text.slice(split + 2);
  const signed = tail.startsWith('— ');
  const body = signed ? text.slice(0, split + 1) : text;
  if (!isBody(body)) throw malformed('its text is not lines without control characters');
  if (!signed) return { body, signatures: [] };
  if (!tail.endsWith('\n')) throw malformed('it does not end with a line feed');
  return { body, signatures: tail.slice(0, -1).split('\n').map(signatureLine) };
}

/** Whether a note holds a signature by this Ed25519 key under this name. Throws `key.not-ed25519`. */
export function verifyNote(note: Note, name: string, publicKey: PublicKey): boolean {
  const id = noteKeyId(name, publicKey);
  const body = Buffer.from(note.body, 'utf8');
  const own = note.signatures.filter(line => line.name === name && line.keyId.equals(id));
  return own.length > 0 && own.every(line => verify(null, body, publicKey.keyObject, line.signature));
}

function signatureLine(line: string): NoteSignature {
  const match = SIGNATURE_LINE.exec(line);
  const bytes = canonicalBase64(match?.[2] ?? '');
  if (!match?.[1] || !bytes || bytes.length < 5) throw malformed('a line after its text is no signature');
  return { name: match[1], keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** Lines of at least one character in all, no control characters, no lone surrogates. */
function isBody(text: string): boolean {
  return text.isWellFormed() && /^[^\x00-\x09\x0b-\x1f\x7f]*\n$/.test(text);
}

function malformed(message: string): Error {
  return inputError('note.malformed', `this is not a signed note: ${message}`);
}
