/** The unit of a tar file, in bytes. */
export const BLOCK = 512;
/** Zero bytes at the end of a tar file. */
export const END_LENGTH = 2 * BLOCK;
/** Largest file a ustar header can describe, in bytes. */
export const TAR_FILE_LIMIT = 0o77777777777;

/**
 * The one header that a report uses for a regular file of a name and a size: POSIX ustar, owner 0, mode 0644, date
 * 1970, byte for byte what `tar-stream` writes. It is spelled out here because a reader has to compare every
 * header of an untrusted file with it, and `tar-stream` gives headers only as part of a stream. Null when the name or
 * the size does not fit.
 */
export function tarHeader(path: string, size: number): Buffer | null {
  const split = splitPath(path);
  if (!split || size > TAR_FILE_LIMIT) return null;
  const header = Buffer.alloc(BLOCK);
  header.write(split.name, 0, 'latin1');
  header.write('000644 \0', 100, 'latin1');
  header.write('000000 \0', 108, 'latin1');
  header.write('000000 \0', 116, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')} `, 124, 'latin1');
  header.write('00000000000 ', 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write('000000 \0', 329, 'latin1');
  header.write('000000 \0', 337, 'latin1');
  header.write(split.prefix, 345, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')} \0`, 148, 'latin1');
  return header;
}

/** What a header says, read loosely: whether it is the canonical one is for {@link tarHeader} to tell. */
export function looseHeader(header: Buffer): { path: string; size: number } | null {
  const text = (from: number, to: number) => header.toString('latin1', from, to).split('\0', 1)[0] ?? '';
  const size = /^([0-7]{11})[ \0]$/.exec(header.toString('latin1', 124, 136))?.[1];
  const [name, prefix] = [text(0, 100), text(345, 500)];
  if (size === undefined || name === '') return null;
  return { path: prefix === '' ? name : `${prefix}/${name}`, size: Number.parseInt(size, 8) };
}

/** Bytes between the end of a file's content and the next header. */
export function paddingAfter(size: number): number {
  return -size & (BLOCK - 1);
}

/** Moves leading folders into the prefix until the name fits. */
function splitPath(path: string): { name: string; prefix: string } | null {
  if (!/^[\x21-\x7e]+$/.test(path)) return null;
  let at = 0;
  while (path.length - at > 100) {
    const slash = path.indexOf('/', at);
    if (slash < 0) return null;
    at = slash + 1;
  }
  const prefix = path.slice(0, Math.max(0, at - 1));
  return prefix.length > 155 ? null : { name: path.slice(at), prefix };
}
