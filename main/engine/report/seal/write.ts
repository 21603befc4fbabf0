import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  AssayError,
  HASH_CHUNK,
  inputError,
  type Sha256,
  sha256Of,
  sha256Stream,
  syncFolder,
  systemCode,
  type TaskOptions,
  temporaryName,
  throwIfStopped,
} from '../../base/index.ts';
import { checkSeal } from './check.ts';
import {
  byName,
  isReportName,
  isSafePart,
  isSignatureName,
  REPORT_NAMESPACE,
  type SignatureRole,
  SUMS,
  signatureName,
} from './layout.ts';
import { parsePublicKeyLine } from './public-key.ts';
import { readReport } from './read.ts';
import type { Signer } from './signer.ts';
import { sumsText } from './sums.ts';
import { END_LENGTH, paddingAfter, tarHeader } from './tar-header.ts';

/** A file that goes into a report. */
export interface ReportFile {
  /** Parts of `A-Z a-z 0-9 . _ + -` joined by `/`, without the report's folder. */
  readonly name: string;
  readonly size: number;
  /** When it is known beforehand the content is read once, otherwise twice. It is checked either way. */
  readonly sha256?: Sha256;
  /** The content from the beginning, each time it is called. A piece needs to be valid only until the next. */
  chunks(): Iterable<Uint8Array>;
}

/** A file whose content is at hand; text as UTF-8. */
export function reportFile(name: string, content: Uint8Array | string): ReportFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return { name, size: bytes.length, sha256: sha256Of(bytes), chunks: () => [bytes] };
}

/** What is sealed, and by whom. */
export interface Sealing {
  /** The folder that the report unpacks to: one part of a name. */
  readonly folder: string;
  /** Everything but `SHA256SUMS` and `signatures/`, in any order. */
  readonly files: Iterable<ReportFile>;
  /** At least one. */
  readonly signers: readonly { readonly role: SignatureRole; readonly signer: Signer }[];
}

/** A report file that was written. */
export interface WrittenReport {
  readonly sha256: Sha256;
  readonly size: number;
  /** Names of the signatures that were added. */
  readonly signatures: readonly string[];
}

/**
 * Seals files into a report: lists their hashes, has the list signed, and writes the whole so that it appears at `path`
 * complete or not at all. Equal input gives equal bytes as long as the keys sign deterministically, as Ed25519 does.
 * Throws `report.exists`, `report.no-signer`, `report.source-changed`, `report.bad-name`, `report.cannot-write` or what a
 * signer throws.
 */
export async function sealReport(
  path: string,
  sealing: Sealing,
  options: TaskOptions = {},
): Promise<WrittenReport> {
  refuseExisting(path);
  if (sealing.signers.length === 0) throw inputError('report.no-signer', 'a report needs a signature');
  const content: HashedFile[] = [];
  for (const file of sealing.files) {
    throwIfStopped(options.signal);
    if (file.name === SUMS || isSignatureName(file.name)) throw badName(file.name);
    content.push({ ...viewOf(file), sha256: file.sha256 ?? hashOf(file) });
  }
  const sums = Buffer.from(sumsText(content), 'latin1');
  const signatures: ReportFile[] = [];
  for (const { role, signer } of sealing.signers) signatures.push(await signatureFile(sums, role, signer));
  const files = [...content, reportFile(SUMS, sums), ...signatures];
  const written = writeReport(path, packReport(sealing.folder, files), false, options);
  return { ...written, signatures: signatures.map(file => file.name) };
}

/**
 * Adds a signature to a sealed report. Every other file keeps its bytes. `outPath` may be the report itself, which is
 * then replaced at once. Throws `report.seal-broken`, `report.already-signed`, `report.exists` or what the signer throws.
 */
export async function addSignature(
  reportPath: string,
  outPath: string,
  role: SignatureRole,
  signer: Signer,
  options: TaskOptions = {},
): Promise<WrittenReport> {
  const replace = resolve(reportPath) === resolve(outPath);
  if (!replace) refuseExisting(outPath);
  using report = readReport(reportPath, options);
  const [problem] = checkSeal(report).problems;
  if (problem) {
    const message = `the seal of the report is broken: ${problem.message}`;
    throw inputError('report.seal-broken', message, problem.where, 'Get a whole copy of it before signing.');
  }
  const name = signatureName(role, parsePublicKeyLine(signer.publicKey));
  if (report.entries.has(name)) {
    throw inputError('report.already-signed', `this key has signed the report as ${role} already`, {
      file: reportPath,
    });
  }
  const files: ReportFile[] = [...report.entries.values()].map(({ name, size, sha256 }) => ({
    name,
    size,
    sha256,
    chunks: () => report.chunks(name),
  }));
  files.push(await signatureFile(report.read(SUMS), role, signer));
  const chunks = packReport(report.folder ?? '', files);
  return { ...writeReport(outPath, chunks, replace, options), signatures: [name] };
}

type HashedFile = ReportFile & { readonly sha256: Sha256 };

/**
 * The bytes of a report's container in pieces: ustar, files sorted by the bytes of their names, all in one folder, two
 * zero blocks at the end. A piece is valid until the next. Throws `report.bad-name` or `report.source-changed`.
 */
export function* packReport(folder: string, files: Iterable<ReportFile>): Generator<Uint8Array> {
  const sorted = [...files].sort(byName);
  checkNames(folder, sorted);
  for (const file of sorted) {
    const header = tarHeader(`${folder}/${file.name}`, file.size);
    if (!header) throw badName(file.name);
    yield header;
    yield* checkedContent(file);
    yield Buffer.alloc(paddingAfter(file.size));
  }
  yield Buffer.alloc(END_LENGTH);
}

function checkNames(folder: string, sorted: readonly ReportFile[]): void {
  if (!isSafePart(folder)) throw badName(folder);
  const names = new Set<string>();
  for (const { name } of sorted) {
    if (!isReportName(name) || names.has(name)) throw badName(name);
    names.add(name);
  }
  for (const name of names) {
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      if (names.has(name.slice(0, slash))) throw badName(name);
    }
  }
}

function* checkedContent(file: ReportFile): Generator<Uint8Array> {
  const hash = sha256Stream();
  let size = 0;
  for (const chunk of file.chunks()) {
    size += chunk.length;
    if (size > file.size) throw sourceChanged(file.name);
    hash.update(chunk);
    yield chunk;
  }
  const sha256 = hash.digest('hex');
  if (size !== file.size || (file.sha256 ?? sha256) !== sha256) throw sourceChanged(file.name);
}

async function signatureFile(sums: Buffer, role: SignatureRole, signer: Signer): Promise<ReportFile> {
  const armored = await signer.signMessage(REPORT_NAMESPACE, sums);
  return reportFile(signatureName(role, parsePublicKeyLine(signer.publicKey)), armored);
}

function writeReport(
  path: string,
  chunks: Iterable<Uint8Array>,
  replace: boolean,
  options: TaskOptions,
): { sha256: Sha256; size: number } {
  const target = resolve(path);
  const temporary = temporaryName(target);
  try {
    const written = writeChunks(temporary, chunks, options);
    if (!replace) refuseExisting(path);
    renameSync(temporary, target);
    syncFolder(dirname(target));
    return written;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw cannotWrite(error, path);
  }
}

/** Writes through one buffer, since most files of a report are small and a call for each would cost more than the bytes. */
function writeChunks(
  path: string,
  chunks: Iterable<Uint8Array>,
  options: TaskOptions,
): { sha256: Sha256; size: number } {
  const hash = sha256Stream();
  const buffer = Buffer.allocUnsafe(HASH_CHUNK);
  const fd = openSync(path, 'wx', 0o644);
  let [used, size] = [0, 0];
  const flush = () => {
    throwIfStopped(options.signal);
    const bytes = buffer.subarray(0, used);
    hash.update(bytes);
    for (let at = 0; at < used; ) at += writeSync(fd, bytes, at);
    size += used;
    used = 0;
    options.onProgress?.({ task: 'Writing the report', done: size, unit: 'bytes' });
  };
  try {
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) {
        if (used === buffer.length) flush();
        const piece = chunk.subarray(at, at + buffer.length - used);
        buffer.set(piece, used);
        used += piece.length;
        at += piece.length;
      }
    }
    flush();
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return { sha256: hash.digest('hex'), size };
}

function hashOf(file: ReportFile): Sha256 {
  const hash = sha256Stream();
  for (const chunk of file.chunks()) hash.update(chunk);
  return hash.digest('hex');
}

/** The parts of a file without copying what else the object has; `chunks` may need its own object. */
function viewOf(file: ReportFile): ReportFile {
  return { name: file.name, size: file.size, chunks: () => file.chunks() };
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw inputError(
    'report.exists',
    'there is a file of this name already',
    { file: path },
    'Name another file, so that no signature in the old one is lost.',
  );
}

function badName(name: string): AssayError {
  return new AssayError({
    kind: 'internal',
    code: 'report.bad-name',
    message: 'a report cannot hold a file of this name',
    where: { entry: name },
  });
}

function cannotWrite(cause: unknown, path: string): unknown {
  const code = systemCode(cause);
  if (cause instanceof AssayError || code === undefined) return cause;
  return new AssayError({
    kind: 'input',
    code: 'report.cannot-write',
    message: `the report cannot be written (${code})`,
    where: { file: path },
    cure: 'Choose a folder that is there, that you may write to and that has room.',
    cause,
  });
}

function sourceChanged(name: string): AssayError {
  return inputError('report.source-changed', 'a file changed while the report was written', { entry: name });
}
