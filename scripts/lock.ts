import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** How long to wait for another holder, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Does something while no other process that asks for the same file does. The kernel lets go of the lock however its holder
 * ends. Throws when another holds it for ten minutes.
 */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new Database(file, { timeout: PATIENCE });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } finally {
    lock.close();
  }
}
