import { inputError, type Where } from '../base/index.ts';
import type { ImportLimits } from './limits.ts';

/**
 * A path of an archive as the index keeps it: leading `./` and one trailing `/` taken off. Empty for the root itself.
 * Throws `archive.absolute-path`, `archive.path-leaves-tree`, `archive.bad-name`, `archive.name-too-long` or
 * `archive.too-deep`.
 */
export function cleanPath(raw: string, limits: ImportLimits, where: Where): string {
  if (raw.startsWith('/')) throw inputError('archive.absolute-path', `'${raw}' is an absolute path`, where);
  if (raw.includes('\0')) throw inputError('archive.bad-name', 'a name holds a NUL byte', where);
  let path = raw;
  while (path.startsWith('./')) path = path.slice(2);
  if (path.endsWith('/')) path = path.slice(0, -1);
  if (path === '.' || path === '') {
    if (raw === '') throw inputError('archive.bad-name', 'an entry has no name', where);
    return '';
  }
  checkLength(path, limits, where);
  for (const part of path.split('/')) {
    if (part === '..')
      throw inputError(
        'archive.path-leaves-tree',
        `'${raw}' has a part '..' that leads out of the tree`,
        where,
      );
    if (part === '' || part === '.')
      throw inputError('archive.bad-name', `'${raw}' has an empty part or a part '.'`, where);
    if (part.length * 3 > limits.partBytes && Buffer.byteLength(part) > limits.partBytes) {
      throw inputError(
        'archive.name-too-long',
        `a part of a name is longer than ${limits.partBytes} bytes`,
        where,
      );
    }
  }
  return path;
}

/** Refuses a path or link target that is too long or has too many parts. */
export function checkLength(text: string, limits: ImportLimits, where: Where): void {
  if (text.length * 3 > limits.pathBytes && Buffer.byteLength(text) > limits.pathBytes) {
    throw inputError('archive.name-too-long', `a name is longer than ${limits.pathBytes} bytes`, where);
  }
  let parts = 1;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) parts += 1;
  if (parts > limits.depth) {
    throw inputError('archive.too-deep', `a name has more than ${limits.depth} parts`, where);
  }
}

const ASCII = /^[\x00-\x7f]*$/;

/**
 * The form in which two names are compared that a case-blind or normalizing file system (APFS, HFS+, NTFS) takes for
 * one: canonical decomposition, upper case and back to lower case (which folds `ß` with `ss` and `ſ` with `s`),
 * canonical composition. Compatibility forms such as `²` stay apart; they are flagged instead.
 */
export function foldName(path: string): string {
  if (ASCII.test(path)) return path.toLowerCase();
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

/** The form in which names are compared when case counts: canonical composition. */
export function normalName(path: string): string {
  return ASCII.test(path) ? path : path.normalize('NFC');
}

const PLAIN = /^[\x20-\x7e]*$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const INVISIBLE =
  /[\p{Cf}\u00a0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0]|\p{Variation_Selector}/u;
/** Scripts whose letters are easily taken for one another. */
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u, /\p{Script=Armenian}/u];

/**
 * What a person should know about a name or a link target: `control-name`, `bidi-name`, `invisible-name` (zero-width
 * characters and blanks that are no space), `mixed-script-name` (within one part), `lookalike-name` (compatibility
 * characters such as `ﬁ`).
 */
export function nameFlags(text: string): string[] {
  if (PLAIN.test(text)) return [];
  const flags: string[] = [];
  if (CONTROL.test(text)) flags.push('control-name');
  if (ASCII.test(text)) return flags;
  if (BIDI.test(text)) flags.push('bidi-name');
  if (INVISIBLE.test(text.replaceAll(new RegExp(BIDI, 'gu'), ''))) flags.push('invisible-name');
  if (text.normalize('NFKC') !== text.normalize('NFC')) flags.push('lookalike-name');
  if (text.split('/').some(part => SCRIPTS.filter(script => script.test(part)).length > 1)) {
    flags.push('mixed-script-name');
  }
  return flags;
}
