import { inputError, type Where } from '../base/index.ts';
import type { EntryType } from '../case/index.ts';
import type { ImportLimits } from './limits.ts';
import { LinkCheck } from './links.ts';
import { checkLength, cleanPath, foldName, normalName } from './names.ts';

interface Seen {
  readonly path: string;
  /** `implied`: a folder that has no entry of its own, so far. */
  type: EntryType | 'implied';
}

/** Watches that the entries of an archive make one tree that means the same everywhere. */
export class TreeGuard {
  readonly #limits: ImportLimits;
  /** By the form in which names are compared. */
  readonly #seen = new Map<string, Seen>();
  /** Names as they are when case does not count; only kept where names that differ in case alone are let in. */
  readonly #folded: Set<string> | undefined;
  readonly #links = new LinkCheck();
  #folder = '';
  #nameBytes = 0;

  /** With `caseCounts`, names that differ in case alone are let in. */
  constructor(limits: ImportLimits, caseCounts: boolean) {
    this.#limits = limits;
    if (caseCounts) this.#folded = new Set();
  }

  /**
   * Takes the next entry, its path already clean. Says whether an earlier name differs from it in case alone. Throws `archive.duplicate-entry`, `archive.name-collision`,
   * `archive.file-as-folder`, `archive.path-through-link`, `archive.link-leaves-tree`,
   * `archive.hardlink-without-file`, `archive.bad-link` or `archive.names-too-large`.
   */
  add(path: string, type: EntryType, target: string | null, where: Where): boolean {
    const slash = path.lastIndexOf('/');
    if (slash > 0) this.#enter(path.slice(0, slash), where);
    const key = this.#key(path);
    const known = this.#folded?.size;
    this.#folded?.add(foldName(path));
    const collides = this.#folded?.size === known && known !== undefined;
    const seen = this.#seen.get(key);
    if (seen) {
      if (seen.path !== path) throw collision(path, seen.path, where);
      if (seen.type !== 'implied')
        throw inputError('archive.duplicate-entry', `'${path}' is there twice`, where);
      if (type !== 'directory') throw fileAsFolder(path, where);
      seen.type = 'directory';
    } else {
      this.#remember(key, path, type, where);
    }
    if (type === 'symlink') this.#addSymlink(path, target ?? '', where);
    if (type === 'hardlink') this.#checkHardlink(path, target ?? '', where);
    return collides;
  }

  #key(path: string): string {
    return this.#folded ? normalName(path) : foldName(path);
  }

  /** What can only be said when all entries are known. */
  finish(): void {
    this.#links.finish();
  }

  #enter(folder: string, where: Where): void {
    if (folder === this.#folder) return;
    const key = this.#key(folder);
    const seen = this.#seen.get(key);
    if (seen) {
      if (seen.path !== folder) throw collision(folder, seen.path, where);
      if (seen.type === 'symlink') {
        throw inputError('archive.path-through-link', `the path leads through the link '${folder}'`, where);
      }
      if (seen.type === 'file' || seen.type === 'hardlink') throw fileAsFolder(folder, where);
    } else {
      const slash = folder.lastIndexOf('/');
      if (slash > 0) this.#enter(folder.slice(0, slash), where);
      this.#remember(key, folder, 'implied', where);
    }
    this.#folder = folder;
  }

  #remember(key: string, path: string, type: Seen['type'], where: Where): void {
    this.#count(path, where);
    this.#seen.set(key, { path, type });
  }

  #count(text: string, where: Where): void {
    this.#nameBytes += text.length;
    if (this.#nameBytes > this.#limits.nameBytes) {
      throw inputError(
        'archive.names-too-large',
        `the names together are longer than ${this.#limits.nameBytes} bytes`,
        where,
      );
    }
  }

  #addSymlink(path: string, target: string, where: Where): void {
    if (target === '' || target.includes('\0')) {
      throw inputError('archive.bad-link', `the link '${path}' has no usable target`, where);
    }
    checkLength(target, this.#limits, where);
    this.#count(target, where);
    this.#links.add(path, target, where);
  }

  #checkHardlink(path: string, target: string, where: Where): void {
    if (target.startsWith('/') || target.split('/').includes('..')) {
      throw inputError(
        'archive.link-leaves-tree',
        `the link '${path}' to '${target}' leads out of the tree`,
        where,
      );
    }
    const clean = target === '' ? '' : cleanPath(target, this.#limits, where);
    const seen = this.#seen.get(this.#key(clean));
    if (clean === path || seen?.path !== clean || (seen.type !== 'file' && seen.type !== 'hardlink')) {
      throw inputError(
        'archive.hardlink-without-file',
        `the hard link '${path}' names '${target}', which is no earlier file of the archive`,
        where,
      );
    }
  }
}

function collision(path: string, other: string, where: Where): Error {
  return inputError(
    'archive.name-collision',
    `'${path}' and '${other}' are one name where case or Unicode form does not count`,
    where,
    'Take one of the two out of the archive, or say that case counts.',
  );
}

function fileAsFolder(path: string, where: Where): Error {
  return inputError('archive.file-as-folder', `'${path}' is used as a folder and is no folder`, where);
}
