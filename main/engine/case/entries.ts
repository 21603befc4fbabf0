import type { Statement } from 'better-sqlite3';
import type { CaseDatabase } from './database.ts';

export const ENTRY_TYPES = ['file', 'directory', 'symlink', 'hardlink'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** What a file looks like by its first bytes and name; a hint for people, never a basis of a verdict. */
export const ENTRY_KINDS = [
  'directory',
  'link',
  'empty',
  'text',
  'script',
  'elf',
  'archive',
  'image',
  'binary',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One entry of an imported bundle. */
export interface BundleEntry {
  /** Relative, `/` between parts, no `.` or `..` part, no trailing `/`. Valid UTF-8. */
  readonly path: string;
  readonly type: EntryType;
  /** Permission bits only, at most 0o777: setuid, setgid and sticky are dropped and flagged. */
  readonly mode: number;
  /** Content in bytes; 0 for everything but files. */
  readonly size: number;
  /** Where the content begins in the (decompressed) tar. */
  readonly offset: number;
  /** Of the content; null for everything but files. */
  readonly sha256: string | null;
  /** What a link points to, as written in the archive; null for others. */
  readonly target: string | null;
  readonly kind: EntryKind;
  /** What import noticed, for example `setuid-dropped`, `bidi-name`. Sorted. */
  readonly flags: readonly string[];
}

interface Row {
  path: string;
  type: EntryType;
  mode: number;
  size: number;
  offset: number;
  sha256: string | null;
  target: string | null;
  kind: EntryKind;
  flags: string;
}

const COLUMNS = 'path, type, mode, size, offset, sha256, target, kind, flags';

/** The index of the case's bundles. A bundle is named by the number of the event that imported it. */
export class EntryTable {
  readonly #database: CaseDatabase;
  #get: Statement<[number, string], Row> | undefined;

  constructor(database: CaseDatabase) {
    this.#database = database;
  }

  /**
   * Fills the index of one bundle. Call inside the transaction of its `bundle-imported` event, so that a killed import
   * leaves nothing.
   */
  insert(bundle: number, sha256: string, entries: Iterable<BundleEntry>): void {
    this.#database.prepare('INSERT INTO bundle (seq, sha256) VALUES (?, ?)').run(bundle, sha256);
    const insert = this.#database.prepare(
      `INSERT INTO entry (bundle, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const e of entries) {
      insert.run(
        bundle,
        e.path,
        e.type,
        e.mode,
        e.size,
        e.offset,
        e.sha256,
        e.target,
        e.kind,
        JSON.stringify(e.flags),
      );
    }
  }

  /** Fills the index of a bundle with that of one that has the same bytes. Call as {@link insert}. */
  copy(from: number, to: number): void {
    this.#database
      .prepare('INSERT INTO bundle (seq, sha256) SELECT ?, sha256 FROM bundle WHERE seq = ?')
      .run(to, from);
    this.#database
      .prepare(`INSERT INTO entry (bundle, ${COLUMNS}) SELECT ?, ${COLUMNS} FROM entry WHERE bundle = ?`)
      .run(to, from);
  }

  /** The entry with exactly this path, or undefined. */
  get(bundle: number, path: string): BundleEntry | undefined {
    // Asked once for each file of a bundle, where preparing would be most of the time.
    this.#get ??= this.#database.prepare(`SELECT ${COLUMNS} FROM entry WHERE bundle = ? AND path = ?`);
    const row = this.#get.get(bundle, path);
    return row && fromRow(row);
  }

  /** All entries of a bundle in the order of their paths' bytes, read one at a time. */
  *all(bundle: number): Generator<BundleEntry> {
    const rows = this.#database
      .prepare<[number], Row>(`SELECT ${COLUMNS} FROM entry WHERE bundle = ? ORDER BY path`)
      .iterate(bundle);
    for (const row of rows) yield fromRow(row);
  }
}

function fromRow(row: Row): BundleEntry {
  return { ...row, flags: JSON.parse(row.flags) as string[] };
}
