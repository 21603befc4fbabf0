import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program that this machine has, or null. */
export function find(program: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return (
    folders
      .map(folder => join(folder, program))
      .find(path => {
        try {
          accessSync(path, constants.X_OK);
          return true;
        } catch {
          return false;
        }
      }) ?? null
  );
}
