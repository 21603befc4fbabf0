import canonicalize from 'canonicalize';
import { AssayError } from './errors.ts';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785): one text for one value. Properties whose value is undefined are left out.
 * Throws `json.not-canonical` for NaN, infinities and lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new AssayError({
      kind: 'internal',
      code: 'json.not-canonical',
      message: 'value has no canonical JSON form',
      cause,
    });
  }
  if (text === undefined) {
    throw new AssayError({
      kind: 'internal',
      code: 'json.not-canonical',
      message: 'value has no canonical JSON form',
    });
  }
  return text;
}

/** The UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}
