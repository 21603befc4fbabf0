/** A member of an archive, right or wrong: what is left out is as tar would write it. */
export interface Member {
  readonly name: string;
  /** `0` a file, `5` a folder. */
  readonly type?: string;
  readonly data?: string;
  readonly mode?: string;
  readonly size?: string;
  readonly checksum?: string;
  readonly magic?: string;
  readonly prefix?: string;
  readonly link?: string;
}

/** The end of an archive: two blocks of zeros. */
export const END = Buffer.alloc(1024);

/** The header of a member and its data, filled up to blocks of 512 bytes (POSIX.1-1988, "ustar"). */
export function member(parts: Member): Buffer {
  const data = Buffer.from(parts.data ?? '', 'latin1');
  const header = Buffer.alloc(512);
  const put = (offset: number, text: string) => header.write(text, offset, 'latin1');
  put(0, parts.name);
  put(100, parts.mode ?? '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, parts.size ?? `${data.length.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(156, parts.type ?? '0');
  put(157, parts.link ?? '');
  put(257, parts.magic ?? 'ustar\x0000');
  put(345, parts.prefix ?? '');
  put(148, ' '.repeat(8));
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.fill(0, 148, 156);
  put(148, parts.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `);
  return Buffer.concat([header, data, Buffer.alloc(-data.length & 511)]);
}
