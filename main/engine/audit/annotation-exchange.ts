import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AssayError, canonicalBytes, inputError, sha256Of, writeFileAtomic } from '../base/index.ts';
import { type Case, type EventOf, openCase } from '../case/index.ts';
import { ANNOTATIONS_NAMESPACE, checkAnnotationSignature, type Signer } from '../report/index.ts';
import {
  ANNOTATION_FILE_LIMIT,
  annotationsOf,
  exportAnnotations,
  type ForeignAnnotations,
  mustKnowWhoLooks,
  parseAnnotationFile,
  seedBytesIn,
  seedIn,
} from '../review/index.ts';

/** What a signature beside a file says: by which key, and whether it is over exactly these bytes. Whose key that is it does not say. */
export interface FileSignature {
  readonly state: 'none' | 'good' | 'bad';
  /** Of the key that it names, `SHA256:` and base64; null when it names none. */
  readonly fingerprint: string | null;
  /** Why it is bad, in one sentence without a full stop. */
  readonly problem: string | null;
}

/** Annotations that lie somewhere: in a file, or in another case. */
export interface AnnotationSource extends ForeignAnnotations {
  readonly kind: 'file' | 'case';
  readonly name: string;
  /** Of the file; for a case, of the file that it would give. */
  readonly sha256: string;
  readonly signature: FileSignature;
}

/** How a source is read. */
export interface SourceOptions {
  /** Where the signature of a file is; by default beside it, under its name and `.sig`. */
  readonly signature?: string | undefined;
  /** The seed of another case, by name, path or sha256; by default the one that is called as this. */
  readonly seed?: string | undefined;
  /** Who reads it: a case in which somebody reviews a seed blind shows that person only what is their own, and nobody in particular nothing. */
  readonly by?: string | undefined;
}

const NO_SIGNATURE: FileSignature = { state: 'none', fingerprint: null, problem: null };

/** The largest signature that is read, in bytes. */
const SIGNATURE_LIMIT = 64 << 10;

/**
 * Reads annotations from a file, with the signature beside it, or from the folder of another case. Throws `annotation-file.invalid`,
 * `annotation-file.no-seed`, `blind.who` and what opening a case throws.
 */
export function readAnnotations(
  path: string,
  own: EventOf<'seed-checked'>,
  options: SourceOptions = {},
): AnnotationSource {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return fromCase(path, own, options);
  const bytes = readSmall(path, ANNOTATION_FILE_LIMIT);
  const file = parseAnnotationFile(bytes, path);
  const { signature, sshsig } = signatureOf(
    bytes,
    options.signature ?? `${path}.sig`,
    options.signature !== undefined,
  );
  const sha256 = sha256Of(bytes);
  const key = signature.state === 'good' ? signature.fingerprint : null;
  const name = basename(path);
  return {
    kind: 'file',
    name,
    sha256,
    signature,
    file,
    seed: seedBytesIn(file),
    originOf: ({ by }, number) => ({
      ...{ from: 'file', file: sha256, number, author: by },
      ...(key !== null && { key }),
    }),
    kept: { name, bytes, signature: key !== null && sshsig ? { key, sshsig } : null },
  };
}

function readSmall(path: string, limit: number): Buffer {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.size <= limit) return readFileSync(path);
  const problem = found?.isFile() ? 'it is too large' : 'there is no such file';
  throw inputError('annotation-file.invalid', problem, { file: path });
}

/** What lies beside a file as its signature, and what it says. */
function signatureOf(
  bytes: Uint8Array,
  path: string,
  named: boolean,
): { readonly signature: FileSignature; readonly sshsig: Buffer | null } {
  if (!named && !existsSync(path)) return { signature: NO_SIGNATURE, sshsig: null };
  try {
    const sshsig = readSmall(path, SIGNATURE_LIMIT);
    const { fingerprint, problem } = checkAnnotationSignature(bytes, sshsig);
    return { signature: { state: problem === null ? 'good' : 'bad', fingerprint, problem }, sshsig };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { signature: { state: 'bad', fingerprint: null, problem: error.message }, sshsig: null };
  }
}

function fromCase(
  path: string,
  own: EventOf<'seed-checked'>,
  { seed: name, by }: SourceOptions,
): AnnotationSource {
  using other = openCase(path, { readonly: true, ...(by !== undefined && { by }) });
  if (other.log.broken) {
    throw inputError('case.log-broken', 'the log of that case is broken', { file: path });
  }
  mustKnowWhoLooks(other);
  const checked = seedOf(other, own, name);
  const file = annotationsOf(other, checked, true);
  const { id } = other;
  return {
    kind: 'case',
    name: other.name,
    sha256: sha256Of(canonicalBytes(file)),
    signature: NO_SIGNATURE,
    file,
    kept: null,
    seed: other.objects.read(checked.seed.sha256),
    originOf: ({ by: author }) => ({ from: 'case', case: id, seed: checked.seed.sha256, author }),
  };
}

function seedOf(
  other: Case,
  own: EventOf<'seed-checked'>,
  name: string | undefined,
): EventOf<'seed-checked'> {
  if (name !== undefined) return seedIn(other, name);
  const names = [...new Set(other.log.of('seed-checked').map(seed => seed.name))];
  if (names.includes(own.name)) return seedIn(other, own.name);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return seedIn(other, only);
  throw inputError(
    'annotation-file.no-seed',
    `that case has no seed '${own.name}'`,
    { file: other.folder },
    names.length > 0 ? `Say which: ${names.join(', ')}.` : 'Its seeds were not checked.',
  );
}

/** Refuses a source whose signature is bad, unless it is wanted as unsigned. Throws `annotation-file.bad-signature`. */
export function mustBeTrusted({ signature, name }: AnnotationSource, asUnsigned: boolean): void {
  if (signature.state !== 'bad' || asUnsigned) return;
  throw inputError(
    'annotation-file.bad-signature',
    `the signature beside it is bad: ${signature.problem}`,
    { file: name },
    'Ask for the file again, or say that it is to be taken as unsigned.',
  );
}

/** What was written of an export. */
export interface WrittenAnnotations {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** The signature beside it, null for none. */
  readonly signature: string | null;
  readonly fingerprint: string | null;
}

/**
 * Writes the annotations of a seed into a file, and beside it (`.sig`) a signature that `ssh-keygen -Y verify` checks, in the namespace
 * `assay-annotations`. Throws `annotation-file.exists` when there is such a signature, and such a file unless it may be replaced.
 */
export async function writeAnnotations(
  theCase: Case,
  seed: EventOf<'seed-checked'>,
  path: string,
  options: { readonly signer?: Signer | null; readonly withoutSeed?: boolean; readonly replace?: boolean },
): Promise<WrittenAnnotations> {
  const beside = `${path}.sig`;
  for (const file of options.replace ? [beside] : [path, beside]) {
    if (existsSync(file)) {
      throw inputError('annotation-file.exists', 'there is such a file already', { file });
    }
  }
  const bytes = exportAnnotations(theCase, seed, { withoutSeed: options.withoutSeed ?? false });
  const signer = options.signer ?? null;
  const signature = signer && (await signer.signMessage(ANNOTATIONS_NAMESPACE, bytes));
  writeFileAtomic(path, bytes);
  if (signature !== null) writeFileAtomic(beside, signature);
  return {
    path,
    sha256: sha256Of(bytes),
    size: bytes.length,
    signature: signature === null ? null : beside,
    fingerprint: signer?.fingerprint ?? null,
  };
}
