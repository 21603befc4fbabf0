import type { DifferencePart } from '../../../contract/documents/difference.ts';
import { inputError } from '../../base/index.ts';
import type { Bytes } from '../bytes.ts';
import type { Explaining, Pair } from '../explanation.ts';
import { instant } from '../looks.ts';
import { explainMembers, type Member } from './members.ts';

/** The archives of `ar`: ar(5), in the common form and GNU's and BSD's ways of long names. */
const MAGIC = '!<arch>\n';
const HEADER = 60;
/** Most members that are read, and bytes of GNU's table of long names. */
const MEMBERS = 100_000;
const NAMES = 16 << 20;

/** Whether a content begins as an archive of `ar` does. */
export function looksAr(start: Buffer): boolean {
  return start.toString('latin1', 0, MAGIC.length) === MAGIC;
}

/** Explains two archives of `ar`. */
export function explainAr(pair: Pair, work: Explaining): Promise<DifferencePart> {
  return explainMembers('ar archive', 'member', pair, { a: membersOf(pair.a), b: membersOf(pair.b) }, work);
}

function membersOf(bytes: Bytes): Member[] {
  const members: Member[] = [];
  let names: Buffer = Buffer.alloc(0);
  for (let at = MAGIC.length; at < bytes.size; ) {
    if (members.length >= MEMBERS) throw refused('it has too many members', at);
    const header = bytes.read(at, HEADER);
    if (header.length < HEADER || header.toString('latin1', 58) !== '`\n')
      throw refused('a header is cut or has no end mark', at);
    const size = decimal(header, 48, 10, at);
    if (at + HEADER + size > bytes.size) throw refused('a member goes on after the end', at);
    const short = text(header, 0, 16);
    if (short === '//') {
      if (size > NAMES) throw refused('its table of names is too long', at);
      names = bytes.read(at + HEADER, size);
    }
    members.push(memberAt(bytes, at, { header, size, short, names }));
    at += HEADER + size + (size % 2);
  }
  return members;
}

interface Read {
  readonly header: Buffer;
  readonly size: number;
  readonly short: string;
  readonly names: Buffer;
}

function memberAt(bytes: Bytes, at: number, { header, size, short, names }: Read): Member {
  const bsd = /^#1\/(\d{1,5})$/.exec(short);
  const inContent = bsd ? Math.min(Number(bsd[1]), size) : 0;
  const name = bsd ? text(bytes.read(at + HEADER, inContent), 0, inContent) : nameOf(short, names);
  const seconds = text(header, 16, 12);
  const fields: [string, string][] = [
    ['time', /^\d+$/.test(seconds) ? instant(Number(seconds)) : seconds],
    ['owner', text(header, 28, 6)],
    ['group', text(header, 34, 6)],
    ['mode', text(header, 40, 8)],
    ['size', String(size - inContent)],
  ];
  return {
    name,
    offset: at,
    length: HEADER + size,
    content: { offset: at + HEADER + inContent, length: size - inContent },
    fields,
  };
}

function nameOf(short: string, names: Buffer): string {
  if (short === '/' || short === '/SYM64/') return 'table of symbols';
  if (short === '//') return 'table of long names';
  const long = /^\/(\d{1,10})$/.exec(short);
  if (!long) return short.endsWith('/') ? short.slice(0, -1) : short;
  const begin = Number(long[1]);
  const end = names.indexOf('/\n', begin);
  return end < begin ? short : names.toString('utf8', begin, Math.min(end, begin + 4096));
}

function text(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('utf8', at, at + length).replace(/[ \0]+$/, '');
}

function decimal(header: Buffer, at: number, length: number, offset: number): number {
  const digits = text(header, at, length);
  if (!/^\d+$/.test(digits)) throw refused('the size of a member is not a number', offset);
  return Number(digits);
}

function refused(why: string, offset: number) {
  return inputError('difference.bad-archive', why, { offset });
}
