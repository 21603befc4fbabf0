import { basename, resolve } from 'node:path';
import { type TaskOptions, throwIfStopped } from '../base/index.ts';
import type { Case, EventOf, ObjectRef, ObjectWriter } from '../case/index.ts';
import { goBack, importedBefore } from './again.ts';
import { type Compression, compressionOf, MAGIC_BYTES, plainBytes } from './compression.ts';
import { measureFolder, packFolder } from './folder.ts';
import { readIndex } from './index-file.ts';
import { type IndexCounts, Indexer } from './indexer.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
import { Pace } from './pace.ts';
import { PlainWriter } from './plain.ts';
import { closeInput, firstBytes, formOf, openInput, readPieces } from './source.ts';
import { TarReader } from './tar-reader.ts';

type Imported = EventOf<'bundle-imported'>;

/** What an import takes besides the source. */
export interface ImportOptions extends TaskOptions {
  readonly limits?: Partial<ImportLimits>;
  /**
   * Lets names in that differ in case alone, each later one flagged `case-collision`. Without it they are refused, for
   * such a tree is another one on a case-blind file system; but the sources of Linux and of Perl hold some.
   */
  readonly caseCounts?: boolean;
}

/** The bytes of a source as a tar, and what is known of it beforehand. Sizes in bytes. */
interface Opened {
  readonly form: Imported['form'];
  readonly compression: Compression;
  /** How much there is to read in all. */
  readonly total: number;
  /** How much was read so far. */
  done(): number;
  /** The tar, plain, in pieces that are only valid until the next one. */
  readonly tar: AsyncIterable<Buffer>;
  close(): void;
}

/**
 * Takes a source bundle into a case: a folder, or a tar that is plain or compressed with gzip, xz, bzip2, zstd or lzip.
 * The archive is kept byte for byte as an object and indexed in the same pass. Bytes that the case had before its present bundle are
 * taken up again. After an error, or when stopped, the case is as before.
 *
 * Throws `bundle.already-imported`, `bundle.source-*` (missing, unreadable, changed), or `archive.*` with the entry and
 * the offset in the decompressed tar for everything that is refused; see {@link ImportLimits} for the limits.
 */
export async function importBundle(
  theCase: Case,
  source: string,
  options: ImportOptions = {},
): Promise<Imported> {
  throwIfStopped(options.signal);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const bundle = theCase.objects.begin();
  const index = theCase.objects.begin();
  let opened: Opened | undefined;
  let plain: PlainWriter | undefined;
  try {
    opened = await open(source, limits, bundle, options);
    if (opened.compression !== 'none') plain = new PlainWriter(theCase);
    const counts = await readThrough(
      opened,
      source,
      new Indexer(index, limits, options.caseCounts ?? false),
      plain,
      limits,
      options,
    );
    const refs = { bundle: bundle.commit(), index: index.commit() };
    const earlier = importedBefore(theCase, refs.bundle.sha256);
    plain?.commit(refs.bundle.sha256);
    if (earlier) return goBack(theCase, earlier, basename(resolve(source)));
    return record(theCase, source, opened, refs, counts);
  } finally {
    bundle.abort();
    index.abort();
    plain?.abort();
    opened?.close();
  }
}

async function open(
  source: string,
  limits: ImportLimits,
  bundle: ObjectWriter,
  options: TaskOptions,
): Promise<Opened> {
  return formOf(source) === 'folder'
    ? openFolder(source, limits, bundle, options)
    : openArchive(source, limits, bundle);
}

function openArchive(source: string, limits: ImportLimits, bundle: ObjectWriter): Opened {
  const input = openInput(source);
  const compression = compressionOf(firstBytes(input, MAGIC_BYTES));
  let done = 0;
  const pieces = readPieces(input, piece => {
    bundle.write(piece);
    done += piece.length;
  });
  return {
    form: 'archive',
    compression,
    total: input.size,
    done: () => done,
    tar: plainBytes(compression, input, pieces, limits),
    close: () => closeInput(input),
  };
}

async function openFolder(
  source: string,
  limits: ImportLimits,
  bundle: ObjectWriter,
  options: TaskOptions,
): Promise<Opened> {
  const pace = new Pace(options, { task: 'Looking at folder', unit: 'bytes' });
  let total = 0;
  for (const size of measureFolder(source, limits)) {
    total += size;
    if (pace.due) await pace.rest(total);
  }
  let done = 0;
  async function* tar(): AsyncGenerator<Buffer, void, void> {
    for await (const piece of packFolder(source, limits)) {
      bundle.write(piece);
      done += piece.length;
      yield piece;
    }
  }
  // Headers count as read, too; what is shown never passes the total.
  return {
    form: 'folder',
    compression: 'none',
    total,
    done: () => Math.min(done, total),
    tar: tar(),
    close() {},
  };
}

async function readThrough(
  opened: Opened,
  source: string,
  indexer: Indexer,
  plain: PlainWriter | undefined,
  limits: ImportLimits,
  options: TaskOptions,
): Promise<IndexCounts> {
  const pace = new Pace(options, { task: 'Importing bundle', total: opened.total, unit: 'bytes' });
  const reader = new TarReader(indexer, limits, source);
  for await (const piece of opened.tar) {
    reader.push(piece);
    plain?.write(piece);
    if (pace.due) await pace.rest(opened.done());
  }
  reader.end();
  const counts = indexer.finish(source);
  pace.finish(opened.done());
  return counts;
}

function record(
  theCase: Case,
  source: string,
  opened: Opened,
  refs: { bundle: ObjectRef; index: ObjectRef },
  counts: IndexCounts,
): Imported {
  return theCase.log.append(
    {
      type: 'bundle-imported',
      name: basename(resolve(source)),
      form: opened.form,
      compression: opened.compression,
      ...refs,
      ...counts,
    },
    seq => theCase.entries.insert(seq, refs.bundle.sha256, readIndex(theCase, refs.index.sha256)),
  );
}
