import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  AssayError,
  type Clock,
  canonicalJson,
  inputError,
  sha256Of,
  syncFolder,
  systemClock,
} from '../base/index.ts';
import { type CaseDatabase, openDatabase } from './database.ts';
import { EntryTable } from './entries.ts';
import { hold } from './hold.ts';
import { EventLog } from './log.ts';
import { ObjectStore } from './objects.ts';

/** Who opens a case, and by what clock. */
export interface OpenOptions {
  /** The name written beside every event. */
  readonly by?: string;
  readonly clock?: Clock;
  /** True to look only: no lock is taken and nothing is swept. */
  readonly readonly?: boolean;
}

/** An open case: one folder, with its objects, its log and its index. Close it when done. */
export interface Case extends Disposable {
  readonly folder: string;
  readonly id: string;
  readonly name: string;
  readonly objects: ObjectStore;
  readonly log: EventLog;
  readonly entries: EntryTable;
  /** For facts that are conveniences and no evidence, such as how long a step took. */
  readonly database: CaseDatabase;
  /** A folder for work that can be made again; nothing in it is evidence. */
  readonly scratch: string;
  readonly clock: Clock;
  close(): void;
}

const DATABASE = 'case.db';

/**
 * Makes a case in a folder that is not there yet or is empty, and opens it. The folder appears whole or not at all.
 * Throws `case.exists`.
 */
export function createCase(folder: string, name: string, assay: string, options: OpenOptions = {}): Case {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw inputError(
      'case.exists',
      'the folder is not empty',
      { file: folder },
      'Name a new folder, or open the case that is there.',
    );
  }
  mkdirSync(dirname(target), { recursive: true });
  const building = join(dirname(target), `.${basename(target)}.new-${process.pid}`);
  rmSync(building, { recursive: true, force: true });
  mkdirSync(join(building, 'objects', 'tmp'), { recursive: true });
  try {
    const clock = options.clock ?? systemClock;
    const by = options.by ?? 'unattended';
    const database = openDatabase(join(building, DATABASE));
    try {
      const id = caseId({ name, assay, at: clock.now(), by });
      new EventLog(database, clock, by).append({ type: 'case-created', name, id, assay });
    } finally {
      database.close();
    }
    syncFolder(building);
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(building, target);
    syncFolder(dirname(target));
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
  return openCase(target, options);
}

/** Opens a case and checks its log. Throws `case.none`, `case.locked`, `case.newer` or `case.database-unreadable`. */
export function openCase(folder: string, options: OpenOptions = {}): Case {
  const target = resolve(folder);
  if (!existsSync(join(target, DATABASE))) {
    throw inputError(
      'case.none',
      'there is no case in this folder',
      { file: folder },
      'Make one with: assay case create FOLDER',
    );
  }
  const unlock = options.readonly ? () => {} : lock(target);
  try {
    const database = openDatabase(join(target, DATABASE), { readonly: options.readonly ?? false });
    const clock = options.clock ?? systemClock;
    const log = new EventLog(database, clock, options.by ?? 'unattended');
    const created = log.events[0];
    if (created?.type !== 'case-created') {
      database.close();
      throw inputError('case.no-beginning', 'the log of the case does not begin with its creation', {
        file: folder,
      });
    }
    const objects = new ObjectStore(join(target, 'objects'));
    if (!options.readonly) objects.sweep();
    const scratch = join(target, 'scratch');
    const close = () => {
      database.close();
      unlock();
    };
    return {
      folder: target,
      id: created.id,
      name: created.name,
      objects,
      log,
      entries: new EntryTable(database),
      database,
      scratch,
      clock,
      close,
      [Symbol.dispose]: close,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Whether a folder holds a case. */
export function isCase(folder: string): boolean {
  return existsSync(join(folder, DATABASE));
}

/** A version 8 UUID (RFC 9562) made from how the case began, so that the same beginning gives the same id. */
function caseId(beginning: { name: string; assay: string; at: string; by: string }): string {
  const hex = sha256Of(`assay case ${canonicalJson(beginning)}`);
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** One writer at a time. */
function lock(folder: string): () => void {
  const release = hold(join(folder, 'lock.db'), 0);
  if (release) return release;
  throw new AssayError({
    kind: 'input',
    code: 'case.locked',
    message: 'another Assay is working on this case',
    where: { file: folder },
    cure: 'Wait for it or stop it.',
  });
}
