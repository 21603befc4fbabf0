import { inputError, type Where } from '../base/index.ts';
import type { EntryType } from '../case/index.ts';
import { BLOCK, type HeaderBlock, hasGoodChecksum, parseHeader, utf8 } from './header.ts';
import type { ImportLimits } from './limits.ts';
import { type PaxValues, parsePax } from './pax.ts';

/** An entry as its headers describe it. Names are as written, not yet checked. */
export interface TarEntry {
  readonly path: string;
  readonly type: EntryType;
  /** Twelve permission bits. */
  readonly mode: number;
  readonly size: number;
  /** Where the content begins, in bytes from the beginning of the tar. */
  readonly offset: number;
  readonly target: string | null;
  /** The entry's first header, for messages. */
  readonly where: Where;
}

/** Receives what a {@link TarReader} finds, in order. Only files have content. */
export interface TarVisitor {
  entry(entry: TarEntry): void;
  /** Content of the entry last named. The bytes are only valid during the call. */
  content(piece: Buffer): void;
  /** The content of the entry last named is complete. */
  finished(): void;
}

type State = 'header' | 'extra' | 'content' | 'padding' | 'end';

const TYPES: Record<string, EntryType> = { 0: 'file', 1: 'hardlink', 2: 'symlink', 5: 'directory' };
const END_BYTES = 2 * BLOCK;
const ZEROS = Buffer.alloc(1 << 16);

/**
 * Reads a tar as its bytes come in: v7, ustar, PAX and GNU long names. It is strict: everything that two readers
 * could take differently is refused. Offsets in errors count from the beginning of the (decompressed) tar.
 */
export class TarReader {
  readonly #visitor: TarVisitor;
  readonly #limits: ImportLimits;
  readonly #file: string;
  /** Bytes of a header, or of a PAX or long-name header's content, that came in more than one piece. */
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #state: State = 'header';
  #offset = 0;
  /** Bytes of content, padding or extra header still to come; bytes of the end so far. */
  #count = 0;
  #size = 0;
  /** The type flag of the extended header whose content is being read. */
  #extra = '';
  #pax: PaxValues | undefined;
  #longName: string | undefined;
  #longLink: string | undefined;
  #start = 0;
  #entries = 0;

  /** `file` is what errors name. */
  constructor(visitor: TarVisitor, limits: ImportLimits, file: string) {
    this.#visitor = visitor;
    this.#limits = limits;
    this.#file = file;
  }

  /** Takes the next bytes. */
  push(piece: Buffer): void {
    if (this.#offset + piece.length > this.#limits.totalBytes) {
      throw inputError(
        'archive.too-large',
        `the archive is larger than ${this.#limits.totalBytes} bytes`,
        this.#whereNow(),
      );
    }
    for (let at = 0; at < piece.length; ) {
      const used = this.#step(piece, at);
      at += used;
      this.#offset += used;
    }
  }

  /** There are no more bytes. Throws `archive.truncated` or `archive.not-a-tar`. */
  end(): void {
    if (this.#offset < BLOCK) throw this.#notATar();
    if (this.#state !== 'end' || this.#count < END_BYTES) {
      throw inputError(
        'archive.truncated',
        'the archive ends before its end marker',
        this.#whereNow(),
        'Get a complete copy of it.',
      );
    }
  }

  #step(piece: Buffer, at: number): number {
    if (this.#state === 'header') return this.#collect(piece, at, BLOCK, block => this.#header(block));
    if (this.#state === 'extra')
      return this.#collect(piece, at, this.#size, bytes => this.#extraContent(bytes));
    if (this.#state === 'end') return this.#checkEnd(piece, at);
    const length = Math.min(this.#count, piece.length - at);
    if (this.#state === 'content') this.#visitor.content(piece.subarray(at, at + length));
    this.#count -= length;
    if (this.#count === 0) {
      if (this.#state === 'content') this.#contentDone();
      else this.#state = 'header';
    }
    return length;
  }

  /** Hands over `wanted` bytes in one piece once they are there. */
  #collect(piece: Buffer, at: number, wanted: number, done: (bytes: Buffer) => void): number {
    const length = Math.min(wanted - this.#partialBytes, piece.length - at);
    const bytes = piece.subarray(at, at + length);
    if (length === wanted) {
      done(bytes);
      return length;
    }
    this.#partial.push(Buffer.from(bytes));
    this.#partialBytes += length;
    if (this.#partialBytes === wanted) {
      const whole = Buffer.concat(this.#partial);
      this.#partial = [];
      this.#partialBytes = 0;
      done(whole);
    }
    return length;
  }

  #header(block: Buffer): void {
    // A block that came in pieces began before this piece; headers lie on whole blocks.
    this.#start = Math.floor(this.#offset / BLOCK) * BLOCK;
    if (block[0] === 0 && block.equals(ZEROS.subarray(0, BLOCK))) {
      if (this.#pending) throw this.#bad('an extended header belongs to no entry');
      this.#state = 'end';
      this.#count = BLOCK;
      return;
    }
    if (!hasGoodChecksum(block)) {
      if (this.#start === 0) throw this.#notATar();
      throw this.#bad('the checksum of a header is wrong');
    }
    const header = parseHeader(block, this.#where());
    if ('xgLK'.includes(header.flag)) this.#beginExtra(header);
    else this.#entry(header);
  }

  #beginExtra(header: HeaderBlock): void {
    if (header.size > this.#limits.headerBytes) {
      throw inputError(
        'archive.header-too-large',
        `an extended header has ${header.size} bytes, at most ${this.#limits.headerBytes} are read`,
        this.#where(header.name.toString('utf8')),
      );
    }
    const twice = { x: this.#pax, L: this.#longName, K: this.#longLink, g: undefined }[header.flag];
    if (twice !== undefined || header.size === 0)
      throw this.#bad('an extended header is empty or there twice');
    this.#extra = header.flag;
    this.#size = header.size;
    this.#state = 'extra';
  }

  #extraContent(bytes: Buffer): void {
    const flag = this.#extra;
    const where = this.#where();
    if (flag === 'x' || flag === 'g') {
      const values = parsePax(bytes, flag === 'g', where);
      if (flag === 'x') this.#pax = values;
    } else {
      const nul = bytes.indexOf(0);
      const name = utf8(nul < 0 ? bytes : bytes.subarray(0, nul), where);
      if (nul >= 0 && bytes.subarray(nul).some(byte => byte !== 0)) {
        throw inputError('archive.bad-name', 'a name holds a NUL byte', where);
      }
      if (flag === 'L') this.#longName = name;
      else this.#longLink = name;
    }
    this.#pad();
  }

  get #pending(): boolean {
    return this.#pax !== undefined || this.#longName !== undefined || this.#longLink !== undefined;
  }

  #entry(header: HeaderBlock): void {
    const pax = this.#pax;
    if (pax && (this.#longName !== undefined || this.#longLink !== undefined)) {
      throw this.#bad('an entry has both a PAX header and a GNU long name');
    }
    const path = pax?.path ?? this.#longName ?? utf8(header.name, this.#where());
    const where = this.#where(path);
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) {
      throw inputError(
        'archive.too-many-entries',
        `there are more than ${this.#limits.entries} entries`,
        where,
      );
    }
    const type = entryType(header.flag, path, where);
    const size = pax?.size ?? header.size;
    this.#checkSize(type, size, where);
    const target = type.endsWith('link')
      ? (pax?.linkpath ?? this.#longLink ?? utf8(header.linkName, where))
      : null;
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLink = undefined;
    this.#size = size;
    this.#visitor.entry({ path, type, mode: header.mode, size, offset: this.#start + BLOCK, target, where });
    this.#count = size;
    this.#state = size > 0 ? 'content' : 'header';
    if (size === 0) this.#visitor.finished();
  }

  #checkSize(type: EntryType, size: number, where: Where): void {
    if (type !== 'file' && size > 0) {
      throw inputError('archive.unexpected-content', `the entry is a ${type} and has content`, where);
    }
    if (size > this.#limits.fileBytes) {
      throw inputError(
        'archive.file-too-large',
        `the file has ${size} bytes, at most ${this.#limits.fileBytes} are taken`,
        where,
      );
    }
  }

  #contentDone(): void {
    this.#visitor.finished();
    this.#pad();
  }

  #pad(): void {
    this.#count = (BLOCK - (this.#size % BLOCK)) % BLOCK;
    this.#state = this.#count > 0 ? 'padding' : 'header';
  }

  #checkEnd(piece: Buffer, at: number): number {
    const length = Math.min(ZEROS.length, piece.length - at);
    const bytes = piece.subarray(at, at + length);
    if (!bytes.equals(ZEROS.subarray(0, length))) {
      throw inputError('archive.trailing-data', 'there is data after the end of the archive', {
        file: this.#file,
        offset: this.#offset + bytes.findIndex(byte => byte !== 0),
      });
    }
    this.#count += length;
    return length;
  }

  /** The header that is being read. */
  #where(entry?: string): Where {
    return { file: this.#file, offset: this.#start, ...(entry !== undefined && { entry }) };
  }

  #whereNow(): Where {
    return { file: this.#file, offset: this.#offset };
  }

  #bad(problem: string): Error {
    return inputError('archive.bad-header', problem, this.#where());
  }

  #notATar(): Error {
    return inputError(
      'archive.not-a-tar',
      'this is not a tar archive, also not inside its compression',
      { file: this.#file, offset: 0 },
      'Give a folder, or a tar that is plain or compressed once.',
    );
  }
}

function entryType(flag: string, path: string, where: Where): EntryType {
  const type = TYPES[flag];
  // Archives older than POSIX mark a folder by its name alone.
  if (type === 'file' && path.endsWith('/')) return 'directory';
  if (type) return type;
  if ('346'.includes(flag)) {
    throw inputError('archive.special-file', `'${path}' is a device or a named pipe`, where);
  }
  if (flag === 'S') {
    throw inputError(
      'archive.sparse',
      'sparse files are not read',
      where,
      'Pack the archive without --sparse.',
    );
  }
  throw inputError('archive.unknown-type', `'${path}' is of the unknown type ${JSON.stringify(flag)}`, where);
}
