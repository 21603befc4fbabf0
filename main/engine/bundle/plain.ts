import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { inputError, sha256Stream, type TaskOptions, temporaryName } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { plainBytes } from './compression.ts';
import { NO_LIMITS } from './limits.ts';
import { Pace } from './pace.ts';
import { closeInput, openInput, readPieces } from './source.ts';

type Imported = EventOf<'bundle-imported'>;

function folderOf(theCase: Case): string {
  return join(theCase.scratch, 'bundles');
}

/** The decompressed tar of a compressed bundle. No evidence: it can be made again from the bundle at any time. */
export function plainPath(theCase: Case, sha256: string): string {
  return join(folderOf(theCase), `${sha256}.tar`);
}

/** The decompressed tar of a bundle while it is being written. Nothing is there under its name until `commit`. */
export class PlainWriter {
  readonly #case: Case;
  readonly #path: string;
  #fd: number | undefined;

  constructor(theCase: Case) {
    this.#case = theCase;
    mkdirSync(folderOf(theCase), { recursive: true });
    sweep(folderOf(theCase));
    this.#path = temporaryName(plainPath(theCase, 'new'));
    this.#fd = openSync(this.#path, 'wx', 0o444);
  }

  write(piece: Buffer): void {
    if (this.#fd === undefined) throw new Error('file is already finished');
    for (let at = 0; at < piece.length; ) at += writeSync(this.#fd, piece, at);
  }

  /** Names the file by the sha256 of the compressed bundle. */
  commit(sha256: string): void {
    if (this.#fd === undefined) throw new Error('file is already finished');
    closeSync(this.#fd);
    this.#fd = undefined;
    renameSync(this.#path, plainPath(this.#case, sha256));
  }

  /** Throws away what was written. Safe to call after `commit`. */
  abort(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    rmSync(this.#path, { force: true });
  }
}

/**
 * The file in which a bundle's contents lie at the offsets of its index: the object itself, or its decompressed copy,
 * which is made again when it is not there. Throws `object.damaged` when the object is not what was imported.
 */
export async function plainFile(theCase: Case, event: Imported, options: TaskOptions): Promise<string> {
  const object = theCase.objects.pathOf(event.bundle.sha256);
  if (event.compression === 'none') return object;
  const path = plainPath(theCase, event.bundle.sha256);
  if (!existsSync(path)) await decompressAgain(theCase, event, options);
  return path;
}

async function decompressAgain(theCase: Case, event: Imported, options: TaskOptions): Promise<void> {
  closeSync(theCase.objects.open(event.bundle.sha256));
  const input = openInput(theCase.objects.pathOf(event.bundle.sha256));
  const pace = new Pace(options, { task: 'Decompressing bundle', total: input.size, unit: 'bytes' });
  const hash = sha256Stream();
  let read = 0;
  const pieces = readPieces(input, piece => {
    hash.update(piece);
    read += piece.length;
  });
  let writer: PlainWriter | undefined;
  try {
    writer = new PlainWriter(theCase);
    for await (const piece of plainBytes(event.compression, input, pieces, NO_LIMITS)) {
      writer.write(piece);
      if (pace.due) await pace.rest(read);
    }
    if (hash.digest('hex') !== event.bundle.sha256) throw damaged(input.file);
    pace.finish(read);
    writer.commit(event.bundle.sha256);
  } finally {
    writer?.abort();
    closeInput(input);
  }
}

function damaged(file: string): Error {
  return inputError(
    'object.damaged',
    'the bundle kept in the case is not the one that was imported',
    { file },
    'Restore the case folder from a copy.',
  );
}

/** Removes what killed processes left. Another file of this process may still be written to. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.tmp-') && !name.startsWith(`.tmp-${process.pid}-`))
      rmSync(join(folder, name), { force: true });
  }
}
