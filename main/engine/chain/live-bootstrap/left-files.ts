import { posix } from 'node:path';

/** What a command leaves, as far as its words tell: absolute paths of the container. */
export interface Left {
  readonly made: readonly string[];
  readonly folders: readonly string[];
  readonly removed: readonly string[];
}

type IsFolder = (path: string) => boolean;

/** The copies that `cp` or `install` makes, absolute paths of the container; none for other commands. */
export function copiesOf(
  argv: readonly string[],
  cwd: string,
  isFolder: IsFolder,
): { readonly from: string; readonly to: string }[] {
  const name = posix.basename(argv[0] ?? '');
  const words = argv.slice(1).filter(word => !word.startsWith('-'));
  const last = words.pop();
  if ((name !== 'cp' && name !== 'install') || last === undefined) return [];
  const target = posix.resolve(cwd, last);
  const into = last.endsWith('/') || isFolder(target);
  return words.map(word => {
    const from = posix.resolve(cwd, word);
    return { from, to: into ? posix.join(target, posix.basename(from)) : target };
  });
}

/**
 * What one of the chain's own commands leaves when it does its work: `cp` and `install` their last word, or that folder with the names
 * of the others; `catm` its first word; `mkdir` folders; `rm` takes away; and everything that is told `-o` or `--output` writes that file.
 */
export function leftBy(argv: readonly string[], cwd: string, isFolder: (path: string) => boolean): Left {
  const name = posix.basename(argv[0] ?? '');
  const words = argv.slice(1).filter(word => !word.startsWith('-'));
  const paths = words.map(word => posix.resolve(cwd, word));
  const left = { made: [], folders: [], removed: [] };
  if (name === 'mkdir') return { ...left, folders: paths };
  if (name === 'rm') return { ...left, removed: paths };
  if (name === 'catm') return { ...left, made: paths.slice(0, 1) };
  if (name === 'cp' || name === 'install')
    return { ...left, made: copiesOf(argv, cwd, isFolder).map(copy => copy.to) };
  const made = argv.flatMap((word, i) =>
    word === '-o' || word === '--output' ? [posix.resolve(cwd, argv[i + 1] ?? '')] : [],
  );
  return { ...left, made };
}
