import Database from 'better-sqlite3';
import { AssayError, inputError } from '../base/index.ts';

export type CaseDatabase = Database.Database;

/**
 * The steps from an empty file to the present shape; number n brings user_version to n. A migration that
 * has been released is never changed.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE event (
     seq  INTEGER PRIMARY KEY CHECK (seq > 0),
     json TEXT NOT NULL,
     leaf BLOB NOT NULL CHECK (length(leaf) = 32)
   ) STRICT;
   CREATE TABLE head (
     one  INTEGER PRIMARY KEY CHECK (one = 1),
     size INTEGER NOT NULL,
     root BLOB NOT NULL CHECK (length(root) = 32)
   ) STRICT;
   CREATE TABLE bundle (
     seq    INTEGER PRIMARY KEY REFERENCES event (seq),
     sha256 TEXT NOT NULL
   ) STRICT;
   CREATE TABLE entry (
     bundle INTEGER NOT NULL REFERENCES bundle (seq),
     path   TEXT NOT NULL,
     type   TEXT NOT NULL,
     mode   INTEGER NOT NULL,
     size   INTEGER NOT NULL,
     offset INTEGER NOT NULL,
     sha256 TEXT,
     target TEXT,
     kind   TEXT NOT NULL,
     flags  TEXT NOT NULL,
     PRIMARY KEY (bundle, path)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE timing (
     replay  INTEGER NOT NULL,
     number  INTEGER NOT NULL,
     seconds REAL NOT NULL,
     PRIMARY KEY (replay, number)
   ) STRICT, WITHOUT ROWID;`,
];

/** Opens the database of a case and brings it to the present shape. Refuses one made by a newer Assay. */
export function openDatabase(path: string, options: { readonly?: boolean } = {}): CaseDatabase {
  let database: CaseDatabase | undefined;
  try {
    database = new Database(path, {
      readonly: options.readonly ?? false,
      fileMustExist: options.readonly ?? false,
    });
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    if (!options.readonly) {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
    }
    migrate(database, path, options.readonly ?? false);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError) {
      throw new AssayError({
        kind: 'input',
        code: 'case.database-unreadable',
        message: `the case database cannot be read: ${error.message}`,
        where: { file: path },
        cure: 'Restore the case folder from a copy.',
        cause: error,
      });
    }
    throw error;
  }
}

function migrate(database: CaseDatabase, path: string, readonly: boolean): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    throw inputError(
      'case.newer',
      `the case was made by a newer Assay (database version ${version}, this one knows ${MIGRATIONS.length})`,
      { file: path },
      'Open it with that version or a later one.',
    );
  }
  if (readonly && version < MIGRATIONS.length) {
    throw inputError('case.older', 'the case must be opened for writing once to be brought up to date', {
      file: path,
    });
  }
  for (let next = version; next < MIGRATIONS.length; next += 1) {
    database.transaction(() => {
      database.exec(MIGRATIONS[next] ?? '');
      database.pragma(`user_version = ${next + 1}`);
    })();
  }
}
