import { type KeyObject, randomBytes, randomInt, sign } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { AssayError, inputError, systemCode } from '../../base/index.ts';
import { type ExternalOptions, signExternally } from './external.ts';
import {
  ed25519PrivateKey,
  looksLikeOpenSshKey,
  openEd25519,
  parseOpenSshKey,
  writeOpenSshKey,
} from './private-key.ts';
import type { Problem } from './problem.ts';
import {
  ed25519Blob,
  type KeyType,
  type PublicKey,
  parsePublicKeyBlob,
  parsePublicKeyLine,
  signatureBlob,
} from './public-key.ts';
import { armorSignature, parseSshSignature, sshsigMessage, verifySshSignature } from './sshsig.ts';

/** A key that can sign now. */
export interface Signer {
  /** One line of OpenSSH without comment: type and base64. */
  readonly publicKey: string;
  readonly keyType: KeyType;
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** What a person should know about the key, for example that others can read its file. */
  readonly warnings: readonly Problem[];
  /** The armored SSHSIG over a message. */
  signMessage(namespace: string, message: Uint8Array): Promise<string>;
  /** The bare Ed25519 signature over bytes; null for keys that only ssh-keygen can use, which makes SSHSIG and nothing else. */
  readonly raw: ((bytes: Uint8Array) => Buffer) | null;
}

/** How a signer is loaded. */
export interface LoadOptions extends ExternalOptions {
  /** Asked at most once, and only when the key file is encrypted. */
  readonly passphrase?: () => Promise<string>;
}

const FILE_LIMIT = 65_536;

/**
 * Loads a key from a file. An Ed25519 private key file of OpenSSH is opened in this process. For another type of key, a
 * FIDO key and a public key (whose private part is in the agent or in the file beside it) `ssh-keygen` signs. Throws
 * `key.none`, `key.not-openssh`, what {@link openEd25519} throws, `key.malformed` and `key.type-unknown`.
 */
export async function loadSigner(path: string, options: LoadOptions = {}): Promise<Signer> {
  const { text, open } = readKeyFile(path);
  const where = { file: path };
  if (!looksLikeOpenSshKey(text)) return externalSigner(path, publicKeyIn(text, path), [], options);
  const warnings = open
    ? [{ code: 'key.open-to-others', where, message: 'other users of this machine can read the private key' }]
    : [];
  const sealed = parseOpenSshKey(text, where);
  if (sealed.type !== 'ssh-ed25519') {
    return externalSigner(path, parsePublicKeyBlob(sealed.publicBlob), warnings, options);
  }
  const { publicKey, privateKey } = await openEd25519(sealed, options.passphrase, options.signal);
  return ed25519Signer(publicKey, privateKey, warnings);
}

/** What can be said of a key without using it. */
export interface KeyDescription {
  readonly type: string;
  /** `SHA256:` and base64 without padding. */
  readonly fingerprint: string;
  /** Whether a passphrase is needed. */
  readonly encrypted: boolean;
  /** Whether ssh-keygen signs with it, because its private part is in an agent or of a type not opened here. */
  readonly external: boolean;
}

/** Looks at a key file without opening its private part. Throws as {@link loadSigner} does for what is no key. */
export function describeKey(path: string): KeyDescription {
  const { text } = readKeyFile(path);
  if (!looksLikeOpenSshKey(text)) {
    const key = publicKeyIn(text, path);
    return { type: key.type, fingerprint: key.fingerprint, encrypted: false, external: true };
  }
  const sealed = parseOpenSshKey(text, { file: path });
  const key = parsePublicKeyBlob(sealed.publicBlob);
  const external = sealed.type !== 'ssh-ed25519';
  return { type: key.type, fingerprint: key.fingerprint, encrypted: sealed.encrypted && !external, external };
}

/** A fresh key that belongs to nobody, for trial runs, and the text of its unprotected private key file. */
export function generateDemonstrationKey(): { signer: Signer; file: string } {
  const seed = randomBytes(32);
  const privateKey = ed25519PrivateKey(seed);
  const publicKey = publicKeyOf(privateKey);
  const file = writeOpenSshKey(publicKey, seed, 'demonstration', randomInt(2 ** 32));
  return { signer: ed25519Signer(publicKey, privateKey, []), file };
}

function publicKeyOf(privateKey: KeyObject): PublicKey {
  const raw = Buffer.from(privateKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return parsePublicKeyBlob(ed25519Blob(raw));
}

function ed25519Signer(publicKey: PublicKey, privateKey: KeyObject, warnings: readonly Problem[]): Signer {
  const raw = (bytes: Uint8Array) => sign(null, bytes, privateKey);
  return {
    publicKey: publicKey.line,
    keyType: publicKey.type,
    fingerprint: publicKey.fingerprint,
    warnings,
    raw,
    signMessage: async (namespace, message) => {
      const signature = signatureBlob('ssh-ed25519', raw(sshsigMessage(namespace, message)));
      return armorSignature({ publicKey, namespace, hash: 'sha512', signature });
    },
  };
}

function externalSigner(
  path: string,
  publicKey: PublicKey,
  warnings: readonly Problem[],
  options: LoadOptions,
): Signer {
  return {
    publicKey: publicKey.line,
    keyType: publicKey.type,
    fingerprint: publicKey.fingerprint,
    warnings,
    raw: null,
    signMessage: async (namespace, message) => {
      const armored = await signExternally(path, namespace, message, options);
      const parsed = parseSshSignature(armored);
      const own = parsed.publicKey.blob.equals(publicKey.blob);
      if (own && verifySshSignature(parsed, namespace, message)) return armored;
      throw inputError('key.signing-failed', 'ssh-keygen gave a signature that is not by the chosen key', {
        file: path,
      });
    },
  };
}

function readKeyFile(path: string): { text: string; open: boolean } {
  try {
    // Without O_NONBLOCK a named pipe would hold up the process before it can be refused.
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile() || stat.size > FILE_LIMIT) throw notAKey(path);
      // Windows has no such bits and reports 0666 for every file.
      const open = process.platform !== 'win32' && (stat.mode & 0o077) !== 0;
      return { text: readFileSync(fd, 'latin1'), open };
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    const code = systemCode(cause);
    if (cause instanceof AssayError || code === undefined) throw cause;
    throw new AssayError({
      kind: 'input',
      code: 'key.none',
      message: `the key file cannot be read (${code})`,
      where: { file: path },
      cause,
    });
  }
}

function publicKeyIn(text: string, path: string): PublicKey {
  if (text.startsWith('-----BEGIN ')) {
    throw inputError(
      'key.not-openssh',
      'this private key is not in the format of OpenSSH',
      { file: path },
      'Bring it into that format with: ssh-keygen -p -f FILE, or make a key with: ssh-keygen -t ed25519',
    );
  }
  const [line = '', ...more] = text.trimEnd().split('\n');
  if (more.length > 0 || !/^[a-z0-9@.-]+ AAAA/.test(line)) throw notAKey(path);
  return parsePublicKeyLine(line);
}

function notAKey(path: string): AssayError {
  return inputError(
    'key.not-a-key',
    'this file is neither a private nor a public key of OpenSSH',
    { file: path },
    'Make a key with: ssh-keygen -t ed25519',
  );
}
