import { basename, join, resolve } from 'node:path';
import { inputError, type Sha256, sha256OfFile, type TaskOptions, throwIfStopped } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { walkFolder } from './folder.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
import { Pace } from './pace.ts';
import { closeInput, formOf, openInput, readPieces } from './source.ts';

/** A file that lies in a case beside its bundle. */
export interface Companion {
  /** As it was called: a name, or a path in the folder that it came from. */
  readonly name: string;
  readonly sha256: Sha256;
  /** In bytes. */
  readonly size: number;
}

/** What an import of files takes besides their paths. */
export interface CompanionOptions extends TaskOptions {
  readonly limits?: Partial<ImportLimits>;
}

interface Found {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/**
 * Takes files into a case beside its bundle, one by one and byte for byte: files, and folders with all files in them. None is
 * looked into. One that is there already under that name is left as it is. What was taken before an error or a stop stays.
 * Throws `bundle.source-*`, `archive.special-file`, `files.link` or another `archive.*` before the first is taken.
 */
export async function importCompanions(
  theCase: Case,
  paths: readonly string[],
  options: CompanionOptions = {},
): Promise<EventOf<'file-imported'>[]> {
  throwIfStopped(options.signal);
  if (paths.length === 0) return [];
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const found = paths.flatMap(path => [...filesAt(path, limits)]);
  checkLimits(found, limits);
  const total = found.reduce((sum, file) => sum + file.size, 0);
  const pace = new Pace(options, { task: 'Importing files', total, unit: 'bytes' });
  const known = new Known(theCase.log.of('file-imported'));
  const events: EventOf<'file-imported'>[] = [];
  let done = 0;
  for (const file of found) {
    const event = known.find(file) ?? (await take(theCase, file, pace, done));
    known.add(event);
    events.push(event);
    done += file.size;
    if (pace.due) await pace.rest(done);
  }
  pace.finish(done);
  return events;
}

/** The files that lay beside the bundle when the log had `before` events, or lie there now, in the order of their import. */
export function companionsOf(
  events: readonly EventOf<'file-imported'>[],
  before = Number.POSITIVE_INFINITY,
): Companion[] {
  return events.filter(({ seq }) => seq < before).map(({ name, file }) => ({ name, ...file }));
}

/** What was taken before. Only a file with the name and size of one of these is hashed to see whether it is the same. */
class Known {
  readonly #events = new Map<string, EventOf<'file-imported'>[]>();

  constructor(events: readonly EventOf<'file-imported'>[]) {
    for (const event of events) this.add(event);
  }

  add(event: EventOf<'file-imported'>): void {
    const key = `${event.file.size} ${event.name}`;
    this.#events.set(key, [...(this.#events.get(key) ?? []), event]);
  }

  find({ name, size, path }: Found): EventOf<'file-imported'> | undefined {
    const events = this.#events.get(`${size} ${name}`);
    if (!events) return undefined;
    const { sha256 } = sha256OfFile(path);
    return events.find(event => event.file.sha256 === sha256);
  }
}

function* filesAt(path: string, limits: ImportLimits): Generator<Found> {
  if (formOf(path) === 'archive') {
    const input = openInput(path);
    closeInput(input);
    yield { name: basename(resolve(path)), path, size: input.size };
    return;
  }
  for (const { path: name, stat } of walkFolder(path, limits)) {
    const where = { file: join(path, name), entry: name };
    if (stat.isSymbolicLink()) {
      throw inputError(
        'files.link',
        `'${name}' is a link, and no link is followed`,
        where,
        'Put the file itself there.',
      );
    }
    if (stat.isFile()) yield { name, path: join(path, name), size: stat.size };
  }
}

function checkLimits(files: readonly Found[], limits: ImportLimits): void {
  if (files.length > limits.entries) {
    throw inputError('archive.too-many-entries', `there are more than ${limits.entries} files`);
  }
  const large = files.find(file => file.size > limits.fileBytes);
  if (large) {
    throw inputError('archive.file-too-large', `the file has ${large.size} bytes`, { file: large.path });
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > limits.totalBytes) {
    throw inputError('archive.too-large', `the files have ${total} bytes together`);
  }
}

async function take(
  theCase: Case,
  found: Found,
  pace: Pace,
  before: number,
): Promise<EventOf<'file-imported'>> {
  const writer = theCase.objects.begin();
  const input = openInput(found.path);
  try {
    let done = before;
    for (const piece of readPieces(input, each => writer.write(each))) {
      done += piece.length;
      if (pace.due) await pace.rest(done);
    }
    return theCase.log.append({ type: 'file-imported', name: found.name, file: writer.commit() });
  } finally {
    closeInput(input);
    writer.abort();
  }
}
