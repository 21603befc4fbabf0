import { inputError, type Where } from '../base/index.ts';
import { utf8 } from './header.ts';

/** What PAX records can change about the next entry. Everything else in them is of no weight here. */
export interface PaxValues {
  readonly path?: string;
  readonly linkpath?: string;
  readonly size?: number;
}

/**
 * Reads the records of a PAX header, each `LENGTH KEYWORD=VALUE\n` (POSIX.1-2024 pax, "pax Header Block").
 * Stricter than the standard where readers disagree: a keyword that changes the entry may stand there once, is never
 * empty, and never in a global header. Throws `archive.bad-pax`, `archive.sparse` or `archive.name-not-utf8`.
 */
export function parsePax(bytes: Buffer, global: boolean, where: Where): PaxValues {
  const values: { path?: string; linkpath?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at, where);
    at = record.end;
    if (record.key.startsWith('GNU.sparse.')) {
      throw inputError(
        'archive.sparse',
        'sparse files are not read',
        where,
        'Pack the archive without --sparse.',
      );
    }
    if (record.key !== 'path' && record.key !== 'linkpath' && record.key !== 'size') continue;
    if (global || values[record.key] !== undefined || record.value.length === 0) {
      throw bad(`the keyword '${record.key}' is global, empty or there twice`, where);
    }
    if (record.key === 'size') values.size = size(record.value, where);
    else values[record.key] = utf8(record.value, where);
  }
  return values;
}

function readRecord(bytes: Buffer, at: number, where: Where): { key: string; value: Buffer; end: number } {
  const blank = bytes.indexOf(32, at);
  const digits = blank < 0 || blank - at > 10 ? '' : bytes.toString('latin1', at, blank);
  if (!/^[1-9][0-9]*$/.test(digits)) throw bad('a record has no length', where);
  const end = at + Number(digits);
  const equals = bytes.indexOf(61, blank);
  if (end > bytes.length || bytes[end - 1] !== 10) throw bad('a record does not end where it says', where);
  if (equals < 0 || equals >= end || equals === blank + 1) throw bad('a record has no keyword', where);
  return {
    key: bytes.toString('utf8', blank + 1, equals),
    value: bytes.subarray(equals + 1, end - 1),
    end,
  };
}

function size(value: Buffer, where: Where): number {
  const digits = value.toString('latin1');
  if (!/^[0-9]{1,15}$/.test(digits))
    throw inputError('archive.bad-number', 'a PAX size is not a number', where);
  return Number(digits);
}

function bad(problem: string, where: Where): Error {
  return inputError('archive.bad-pax', `a PAX header is malformed: ${problem}`, where);
}
