import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Holds a file for this process alone: a database in an exclusive transaction. The kernel lets go of it when the process ends, however
 * it ends, and it works wherever SQLite does. Gives null when another holds it. `wait`: for so long, in milliseconds.
 */
export function hold(path: string, wait: number): (() => void) | null {
  const holder = new Database(path, { timeout: wait });
  try {
    holder.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => holder.close();
}

/** Whether a process holds a file so, this one or another. */
export function isHeld(path: string): boolean {
  if (!existsSync(path)) return false;
  const looker = new Database(path, { readonly: true, timeout: 0 });
  try {
    looker.prepare('SELECT 1 FROM sqlite_master').all();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    looker.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
