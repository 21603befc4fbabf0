import type { ImageEntry } from './entry.ts';

/** Bytes of a header, and what content is padded to. */
export const TAR_BLOCK = 512;
/** What ends a tar. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);

const NAME = 100;
const PREFIX = 155;
/** The largest number that twelve octal digits and a NUL can hold. */
const SIZE_LIMIT = 8 ** 11;
const FLAGS = { file: '0', symlink: '2', directory: '5' } as const;

/**
 * The header blocks of an entry as Go's archive/tar writes them when it may use the PAX format, as containerd and BuildKit let
 * it: owner 0, no names, a long path divided at a slash where that suffices, and an extended header only for what a plain one
 * cannot hold. `time` is in seconds since 1970.
 */
export function tarHeader(entry: ImageEntry, time: number): Buffer {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const target = entry.target ?? '';
  const large = entry.size >= SIZE_LIMIT;
  const records = [
    ...(fits(target) ? [] : [record('linkpath', target)]),
    ...(fits(name) ? [] : [record('path', name)]),
    ...(large ? [record('size', `${entry.size}`)] : []),
  ];
  const divided = fits(target) && !large && !fits(name) ? divide(name) : null;
  const main = block(ascii(divided?.name ?? name), FLAGS[entry.type], {
    mode: entry.mode,
    size: large ? 0 : entry.size,
    time,
    target: ascii(target),
  });
  main.write('0000000\0', 329, 'latin1');
  main.write('0000000\0', 337, 'latin1');
  main.write(divided?.prefix ?? '', 345, 'latin1');
  sign(main);
  return records.length === 0 || divided ? main : Buffer.concat([...extended(name, records), main]);
}

/** Divides a path so that its end fits into the field for names and its beginning into the one for prefixes. */
function divide(path: string): { prefix: string; name: string } | null {
  if (!isAscii(path)) return null;
  const slash = path.lastIndexOf('/', path.length > PREFIX + 1 ? PREFIX : path.length - 2);
  const name = path.slice(slash + 1);
  return slash <= 0 || name.length > NAME ? null : { prefix: path.slice(0, slash), name };
}

/** Zeros after content of this size. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
}

function fits(text: string): boolean {
  return text.length <= NAME && isAscii(text);
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** Characters beyond ASCII are left out, as Go does. */
function ascii(text: string): string {
  return isAscii(text) ? text : text.replace(/[^\x00-\x7f]/gu, '');
}

/** `LENGTH KEY=VALUE` and a newline, where the length counts its own digits. */
function record(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const without = Buffer.byteLength(rest);
  let length = without + `${without}`.length;
  if (`${length}`.length > `${without}`.length) length = without + `${length}`.length;
  return Buffer.from(`${length}${rest}`);
}

function extended(name: string, records: readonly Buffer[]): Buffer[] {
  const content = Buffer.concat(records);
  const slash = name.lastIndexOf('/');
  const parts = [name.slice(0, slash + 1), 'PaxHeaders.0', name.slice(slash + 1)];
  const path = parts
    .filter(part => part !== '')
    .join('/')
    .replace(/\/{2,}/g, '/');
  const short = ascii(path).slice(0, NAME).replace(/\/+$/, '');
  const header = block(short, 'x', { mode: 0, size: content.length, time: 0, target: '' });
  sign(header);
  return [header, content, tarPadding(content.length)];
}

interface Fields {
  readonly mode: number;
  readonly size: number;
  readonly time: number;
  readonly target: string;
}

/** A header without device numbers and checksum. */
function block(name: string, flag: string, { mode, size, time, target }: Fields): Buffer {
  const bytes = Buffer.alloc(TAR_BLOCK);
  text(bytes, 0, name);
  octal(bytes, 100, 8, mode);
  octal(bytes, 108, 8, 0);
  octal(bytes, 116, 8, 0);
  octal(bytes, 124, 12, size);
  octal(bytes, 136, 12, time);
  bytes.write(flag, 156, 'latin1');
  text(bytes, 157, target);
  bytes.write('ustar\x0000', 257, 'latin1');
  return bytes;
}

/** A name that was cut within or after a slash would be taken for a folder's. */
function text(bytes: Buffer, at: number, value: string): void {
  const cut = value.length > NAME && value[NAME - 1] === '/';
  bytes.write(cut ? value.slice(0, NAME).replace(/\/+$/, '') : value.slice(0, NAME), at, 'latin1');
}

function octal(bytes: Buffer, at: number, length: number, value: number): void {
  bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
}

function sign(bytes: Buffer): void {
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
