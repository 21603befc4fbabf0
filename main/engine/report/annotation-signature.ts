import { ANNOTATIONS_NAMESPACE, fingerprintOf, parseSshSignature, verifySshSignature } from './seal/index.ts';

/** What a signature over a file of annotations says: by which key it is, and what is wrong with it, null for nothing. */
export interface AnnotationSignature {
  /** `SHA256:` and base64. Whose key that is it does not say. */
  readonly fingerprint: string;
  /** In one sentence without a full stop. */
  readonly problem: string | null;
}

/** Checks an armored SSHSIG over a file of annotations. Throws `sshsig.*` for what is none. */
export function checkAnnotationSignature(file: Uint8Array, sshsig: Uint8Array): AnnotationSignature {
  const parsed = parseSshSignature(sshsig);
  const fingerprint = fingerprintOf(parsed.publicKey.blob);
  if (parsed.namespace !== ANNOTATIONS_NAMESPACE)
    return { fingerprint, problem: 'it was made for something else' };
  const good = verifySshSignature(parsed, ANNOTATIONS_NAMESPACE, file);
  return { fingerprint, problem: good ? null : 'it is not over these bytes' };
}
