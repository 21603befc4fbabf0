import { verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalBytes, canonicalJson, inputError } from '../../base/index.ts';
import { ed25519Raw, type PublicKey, parsePublicKeyLine } from './public-key.ts';
import type { Signer } from './signer.ts';
import { canonicalBase64 } from './wire.ts';

/** The type of in-toto statements inside DSSE envelopes. */
export const IN_TOTO_PAYLOAD = 'application/vnd.in-toto+json';

/** Largest envelope that is read, in bytes. */
export const ENVELOPE_LIMIT = 64 << 20;

const base64 = z.string().refine(text => canonicalBase64(text) !== null, 'must be canonical base64');

const envelopeSchema = z.strictObject({
  payload: base64,
  payloadType: z.literal(IN_TOTO_PAYLOAD),
  signatures: z
    .array(z.strictObject({ keyid: z.string().max(200), sig: base64 }))
    .min(1)
    .max(100),
});

/** A parsed DSSE envelope (DSSE v1.0.2) around an in-toto statement. */
export interface Envelope {
  readonly payload: Buffer;
  /** `keyid` is the fingerprint of the key; a hint only. */
  readonly signatures: readonly { readonly keyid: string; readonly sig: Buffer }[];
}

/** The bytes that DSSE signs for a payload: its pre-authentication encoding. */
export function paeBytes(payload: Uint8Array, payloadType: string = IN_TOTO_PAYLOAD): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from('DSSEv1 '),
    Buffer.from(`${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}

/** A signer that gives bare Ed25519 signatures. */
export type RawSigner = Signer & { readonly raw: NonNullable<Signer['raw']> };

/** Whether a signer can sign envelopes and notes; a key in an agent or an authenticator cannot. */
export function canSignRaw(signer: Signer): signer is RawSigner {
  return signer.raw !== null;
}

/** An envelope around a statement, in canonical JSON, and the bytes that were signed for those who check with openssl. */
export function signEnvelope(statement: Uint8Array, signer: RawSigner): { envelope: string; pae: Buffer } {
  const pae = paeBytes(statement);
  const envelope = canonicalJson({
    payload: Buffer.from(statement).toString('base64'),
    payloadType: IN_TOTO_PAYLOAD,
    signatures: [{ keyid: signer.fingerprint, sig: signer.raw(pae).toString('base64') }],
  });
  return { envelope, pae };
}

/** Reads an envelope. Only canonical JSON is accepted. Throws `dsse.malformed`. */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > ENVELOPE_LIMIT) throw malformed(`it has more than ${ENVELOPE_LIMIT} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw malformed('it is not JSON');
  }
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) throw malformed(parsed.error.issues[0]?.message ?? 'it has another shape');
  if (!canonicalBytes(parsed.data).equals(bytes)) throw malformed('its JSON is not canonical');
  return {
    payload: Buffer.from(parsed.data.payload, 'base64'),
    signatures: parsed.data.signatures.map(({ keyid, sig }) => ({ keyid, sig: Buffer.from(sig, 'base64') })),
  };
}

/** Whether an envelope holds a signature by this Ed25519 key. Throws `key.not-ed25519`. */
export function verifyEnvelope(envelope: Envelope, publicKey: PublicKey): boolean {
  ed25519Raw(publicKey);
  const pae = paeBytes(envelope.payload);
  return envelope.signatures.some(({ sig }) => verify(null, pae, publicKey.keyObject, sig));
}

/** A public key as PEM (SubjectPublicKeyInfo), which openssl reads: one line of OpenSSH in. */
export function publicKeyPem(line: string): string {
  return parsePublicKeyLine(line).keyObject.export({ type: 'spki', format: 'pem' }).toString();
}

function malformed(message: string): Error {
  return inputError('dsse.malformed', `this is not a DSSE envelope: ${message}`);
}
