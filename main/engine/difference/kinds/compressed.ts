import type { DifferencePart } from '../../../contract/documents/difference.ts';
import { throwIfStopped } from '../../base/index.ts';
import { type Compression, compressionOf, DEFAULT_LIMITS, plainBytes } from '../../bundle/index.ts';
import { type Bytes, memoryBytes } from '../bytes.ts';
import { counted, type Explaining, isSame, type Pair, part, wholePlace } from '../explanation.ts';
import { instant } from '../looks.ts';

/** What a content is compressed with, by its first bytes; null when with nothing known. */
export function compressedWith(start: Buffer): Exclude<Compression, 'none'> | null {
  const compression = compressionOf(start);
  return compression === 'none' ? null : compression;
}

/** Explains two contents compressed the same way: the header of gzip, then what is inside. Throws `archive.*`. */
export async function explainCompressed(
  compression: Exclude<Compression, 'none'>,
  pair: Pair,
  work: Explaining,
): Promise<DifferencePart> {
  const fields = compression === 'gzip' ? differentFields(gzipHeader(pair.a), gzipHeader(pair.b)) : [];
  const header =
    fields.length > 0
      ? [part('header', 'gzip header', headerSays(fields), { fields, looks: timeIn(fields) })]
      : [];
  const [a, b] = [await plain(compression, pair.a, work), await plain(compression, pair.b, work)];
  const file = (says: string, parts: DifferencePart[], notAnalysed: string | null = null) =>
    part('file', `${compression} file`, says, {
      ...wholePlace(pair),
      notAnalysed,
      looks: parts.flatMap(each => each.looks).slice(0, 5),
      parts,
    });
  if (!a || !b) {
    const limit = counted(work.limits.whole >> 20, 'MiB').replace(/MiBs$/, 'MiB');
    return file('what is inside was not compared', header, `more than ${limit} inside`);
  }
  if (isSame(a, b)) {
    return fields.length > 0
      ? file('only its header differs; what is inside is the same', header)
      : file('what is inside is the same; it was compressed in another way', header);
  }
  const inside = await work.inside({ a, b, at: null, depth: pair.depth + 1 });
  return file(fields.length > 0 ? 'its header and what is inside differ' : 'what is inside differs', [
    ...header,
    inside,
  ]);
}

async function plain(
  compression: Exclude<Compression, 'none'>,
  bytes: Bytes,
  { limits, options }: Explaining,
): Promise<Bytes | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  const input = { file: compression, fd: -1, size: bytes.size };
  for await (const piece of plainBytes(compression, input, piecesOf(bytes), DEFAULT_LIMITS)) {
    throwIfStopped(options.signal);
    size += piece.length;
    if (size > limits.whole) return null;
    pieces.push(Buffer.from(piece));
  }
  return memoryBytes(Buffer.concat(pieces));
}

function* piecesOf(bytes: Bytes): Generator<Buffer> {
  for (let at = 0; at < bytes.size; at += 1 << 16) yield bytes.read(at, 1 << 16);
}

type Fields = readonly (readonly [name: string, value: string])[];

/** The fields of a gzip header (RFC 1952, 2.3). */
function gzipHeader(bytes: Bytes): Fields {
  const header = bytes.read(0, 4096);
  if (header.length < 10) return [];
  const flags = header[3] ?? 0;
  const seconds = header.readUInt32LE(4);
  let at = 10;
  if (flags & 4) at += 2 + (header.length >= 12 ? header.readUInt16LE(10) : 0);
  const text = (present: number) => {
    if (!present || at >= header.length) return '';
    const nul = header.indexOf(0, at);
    const end = nul < 0 ? header.length : nul;
    const value = header.toString('latin1', at, end);
    at = end + 1;
    return value;
  };
  return [
    ['time', seconds === 0 ? 'none' : instant(seconds)],
    ['name', text(flags & 8)],
    ['comment', text(flags & 16)],
    ['flags', flags.toString(2)],
    ['level', String(header[8])],
    ['system', String(header[9])],
  ];
}

function differentFields(a: Fields, b: Fields): DifferencePart['fields'] {
  const others = new Map(b);
  return a
    .map(([name, value]) => ({ name, a: value, b: others.get(name) ?? '' }))
    .filter(field => field.a !== field.b);
}

function headerSays(fields: DifferencePart['fields']): string {
  return `${fields.map(({ name }) => name).join(', ')} ${fields.length === 1 ? 'differs' : 'differ'}`;
}

function timeIn(fields: DifferencePart['fields']): DifferencePart['looks'] {
  const time = fields.find(({ name }) => name === 'time');
  return time ? [{ cause: 'time', words: 'is the time of compression', a: time.a, b: time.b }] : [];
}
