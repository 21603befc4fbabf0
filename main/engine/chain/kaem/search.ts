import { posix } from 'node:path';

/** The folders that a full kaem searches when nothing in the environment tells it. */
export function initialPath(path: string | undefined, user: string | undefined): string {
  if (path !== undefined) return path;
  if (user === undefined) return '/root/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return `/home/${user}/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games`;
}

/**
 * Where a full kaem looks for a program, in its order: names that begin with `.` or `/` as they are, others in each folder of
 * PATH, where an empty one means `/` and the last is ignored when it is empty. Of several it takes the first that it can open.
 */
export function candidates(name: string, path: string): string[] {
  if (name === '') return [];
  if (name.startsWith('.') || name.startsWith('/')) return [name];
  const folders = path.split(':');
  if (folders.at(-1) === '') folders.pop();
  return folders.map(folder => `${folder}/${name}`);
}

/**
 * The status of a program that is a condition; null when it cannot be foretold. Only that of the chain's own `match`, which
 * compares two texts, is known beforehand; running it will show whether it is true.
 */
export function predictStatus(path: string, argv: readonly string[]): number | null {
  if (posix.basename(path) !== 'match') return null;
  if (argv.length !== 3) return 2;
  return argv[1] === argv[2] ? 0 : 1;
}
