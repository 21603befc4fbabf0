import { inputError } from '../../base/index.ts';
import type { Origin } from '../plan.ts';

/** The largest file of sources that is read, in bytes. */
export const SOURCES_LIMIT = 1 << 20;
const LINE_LIMIT = 10_000;

/** A source archive that a package is built from. */
export interface Distfile {
  /** What it is called in the folder of distfiles. */
  readonly name: string;
  readonly sha256: string;
  /** Where it can be had; a git snapshot for which there is no address has that of its repository. */
  readonly url: string;
  readonly origin: Origin;
}

/**
 * Reads `steps/PACKAGE/sources`. A line is `f URL SHA256 [name]` or `g REPOSITORY~REVISION URL|_ SHA256 [name]`; older trees leave the
 * letter away. Lines of one name and hash are mirrors, of which the first stands for all. Throws `live-bootstrap.sources`.
 */
export function readSources(bytes: Buffer, file: string): Distfile[] {
  const found = new Map<string, Distfile>();
  const lines = bytes.toString('utf8').split('\n');
  if (lines.length > LINE_LIMIT) {
    throw inputError('live-bootstrap.sources', `there are more than ${LINE_LIMIT} lines`, { file });
  }
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const distfile = readLine(line.trim().split(/ +/), { file, line: i + 1 });
    const known = found.get(distfile.name);
    if (known && known.sha256 !== distfile.sha256)
      throw wrong(distfile.origin, `'${distfile.name}' has another hash in line ${known.origin.line}`);
    if (!known) found.set(distfile.name, distfile);
  }
  return [...found.values()];
}

function readLine(words: readonly string[], origin: Origin): Distfile {
  const [type = '', ...rest] = words;
  if (type === 'f') return fileOf(rest, '', origin);
  if (type === 'g' || type === 'git') return fileOf(rest.slice(1), rest[0] ?? '', origin);
  if (!type.includes('://')) throw wrong(origin, `there is no type of source '${type}'`);
  return isHash(words[1] ?? '') ? fileOf(words, '', origin) : fileOf(words.slice(1), type, origin);
}

function fileOf(words: readonly string[], repository: string, origin: Origin): Distfile {
  const [url = '', sha256 = '', given, more] = words;
  if (!isHash(sha256) || more !== undefined)
    throw wrong(origin, 'an address, a sha256 and a name if any are expected');
  const name = given ?? url.slice(url.lastIndexOf('/') + 1);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._+~=,@-]{0,200}$/.test(name) || (url === '_' && given === undefined))
    throw wrong(origin, `'${name}' is no name for a file`);
  return { name, sha256, url: url === '_' ? repository : url, origin };
}

function isHash(word: string): boolean {
  return /^[0-9a-f]{64}$/.test(word);
}

function wrong(origin: Origin, message: string): Error {
  return inputError(
    'live-bootstrap.sources',
    message,
    origin,
    'The list of sources is not of the form that is known.',
  );
}
