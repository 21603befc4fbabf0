/** Makes tar archives byte by byte, right ones and wrong ones. */

const BLOCK = 512;

/** The fields of a header; text goes in as it is, so that anything can be written. */
export interface Fields {
  readonly name: string | Buffer;
  readonly size?: number;
  readonly mode?: number;
  readonly flag?: string;
  readonly link?: string;
  readonly prefix?: string;
  readonly magic?: string;
  /** Raw bytes over the header at an offset, before the checksum is made. */
  readonly raw?: readonly (readonly [number, string | Buffer])[];
  /** Added to the right checksum. */
  readonly wrong?: number;
}

export function header(fields: Fields): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (at: number, value: string | Buffer) =>
    (typeof value === 'string' ? Buffer.from(value, 'utf8') : value).copy(block, at);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0');
  put(0, fields.name);
  put(100, octal(fields.mode ?? 0o644, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(fields.size ?? 0, 12));
  put(136, octal(0, 12));
  put(156, fields.flag ?? '0');
  put(157, fields.link ?? '');
  put(257, fields.magic ?? 'ustar\x0000');
  put(345, fields.prefix ?? '');
  for (const [at, value] of fields.raw ?? []) put(at, value);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0) + (fields.wrong ?? 0);
  put(148, `${octal(sum, 7)}\0 `);
  return block;
}

/** Bytes filled up with zeros to whole blocks. */
export function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** An entry with its content. */
export function entry(fields: Fields, content: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([header({ size: bytes.length, ...fields }), padded(bytes)]);
}

export const file = (name: string, content: string | Buffer = 'content\n') => entry({ name }, content);
export const folder = (name: string) => entry({ name, flag: '5', mode: 0o755 });
export const symlink = (name: string, link: string) => entry({ name, flag: '2', link });
export const hardlink = (name: string, link: string) => entry({ name, flag: '1', link });

/** A PAX header of records as they are given. */
export function rawPax(records: Buffer | string, flag = 'x'): Buffer {
  return entry({ name: 'pax', flag }, records);
}

/** A PAX header with right records. */
export function pax(values: Record<string, string>, flag = 'x'): Buffer {
  const records = Object.entries(values).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + 1;
    while (String(length).length + rest !== length) length += 1;
    return `${length} ${key}=${value}\n`;
  });
  return rawPax(records.join(''), flag);
}

/** A GNU long name (`L`) or long link (`K`). */
export const gnuLong = (text: string, flag = 'L') =>
  entry({ name: '././@LongLink', flag, magic: 'ustar  \0' }, `${text}\0`);

export const END = Buffer.alloc(2 * BLOCK);

/** A whole archive. */
export const tar = (...entries: Buffer[]) => Buffer.concat([...entries, END]);
