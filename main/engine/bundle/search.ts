import type { TaskOptions } from '../base/index.ts';
import type { BundleEntry, EntryKind } from '../case/index.ts';
import type { Bundle } from './bundle.ts';
import { Matcher } from './matcher.ts';
import { Pace } from './pace.ts';
import { type BytePattern, nameFits } from './pattern.ts';

/** What to look for. What is left out does not narrow the search. */
export interface SearchQuery {
  /** See {@link nameFits}. */
  readonly name?: string;
  readonly kind?: EntryKind;
  /** Only in this folder, at any depth. */
  readonly folder?: string;
  /** What the content holds. Without it every entry that fits is one hit. */
  readonly content?: BytePattern;
}

/** How much a search gives at most. */
export interface SearchLimits {
  readonly hits: number;
  readonly hitsOfFile: number;
}

export const SEARCH_LIMITS: SearchLimits = { hits: 1000, hitsOfFile: 100 };

/** One place that was found. */
export interface SearchHit {
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
  readonly sha256: string | null;
  /** Where the content fits, in bytes; null when only the name was looked for. */
  readonly offset: number | null;
  /** The line of that place, from 1; null where the file is no text. */
  readonly line: number | null;
  /** The line, or the bytes around as hexadecimal digits; cut at 200 characters. */
  readonly excerpt: string | null;
}

/** What a search found. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Whether there is more than the limits let through. */
  readonly truncated: boolean;
  /** Files whose content was looked at, and their bytes. */
  readonly files: number;
  readonly bytes: number;
}

const EXCERPT = 200;
/** Bytes shown before and after a place in what is no text. */
const AROUND = 16;
const LF = 10;

/** Searches a bundle by name, kind and content in the order of its paths. Reads each file once, in pieces; can be stopped. */
export async function searchBundle(
  bundle: Bundle,
  query: SearchQuery,
  options: TaskOptions & { readonly limits?: SearchLimits } = {},
): Promise<SearchResult> {
  const limits = options.limits ?? SEARCH_LIMITS;
  const pace = new Pace(options, { task: 'Searching', unit: 'bytes' });
  const matcher = query.content ? new Matcher(query.content) : null;
  const hits: SearchHit[] = [];
  let [files, bytes, truncated] = [0, 0, false];
  // Listed before reading begins: other questions may be put to the index while this one rests.
  const entries = [...bundle.entries()].filter(entry => fits(entry, query));
  for (const entry of entries) {
    if (hits.length >= limits.hits) {
      truncated = true;
      break;
    }
    if (!matcher) {
      hits.push(hitOf(entry, null, null, null));
      continue;
    }
    if (entry.type !== 'file' || entry.size < matcher.length) continue;
    files += 1;
    const most = Math.min(limits.hitsOfFile, limits.hits - hits.length);
    const look = new FileSearch(entry, matcher, most);
    for (const piece of bundle.chunks(entry.path)) {
      bytes += piece.length;
      look.piece(piece);
      if (look.full) break;
      if (pace.due) await pace.rest(bytes);
    }
    hits.push(...look.hits.slice(0, most));
    truncated ||= look.full;
    if (pace.due) await pace.rest(bytes);
  }
  pace.finish(bytes);
  return { hits, truncated, files, bytes };
}

function fits(entry: BundleEntry, { name, kind, folder, content }: SearchQuery): boolean {
  if (content && entry.type !== 'file') return false;
  if (kind !== undefined && entry.kind !== kind) return false;
  if (folder !== undefined && folder !== '' && !entry.path.startsWith(`${folder}/`)) return false;
  return name === undefined || nameFits(entry.path, name);
}

function hitOf(
  { path, kind, size, sha256 }: BundleEntry,
  offset: number | null,
  line: number | null,
  excerpt: string | null,
): SearchHit {
  return { path, kind, size, sha256, offset, line, excerpt };
}

/** The search through one file, piece by piece. Keeps the end of a piece, since a place may lie across two. */
class FileSearch {
  readonly hits: SearchHit[] = [];
  readonly #entry: BundleEntry;
  readonly #matcher: Matcher;
  readonly #most: number;
  readonly #isText: boolean;
  #kept: Buffer = Buffer.alloc(0);
  /** Offset of the first kept byte, and how many lines ended before it. */
  #offset = 0;
  #lines = 0;

  constructor(entry: BundleEntry, matcher: Matcher, most: number) {
    this.#entry = entry;
    this.#matcher = matcher;
    this.#most = most;
    this.#isText = entry.kind === 'text' || entry.kind === 'script';
  }

  /** True when there is one hit more than was asked for. */
  get full(): boolean {
    return this.hits.length > this.#most;
  }

  piece(piece: Buffer): void {
    const bytes = this.#kept.length > 0 ? Buffer.concat([this.#kept, piece]) : piece;
    let [counted, from] = [0, 0];
    this.#matcher.look(bytes);
    for (;;) {
      const at = this.#matcher.next(from);
      if (at < 0) break;
      if (this.#isText) this.#lines += linesIn(bytes, counted, at);
      counted = at;
      this.#found(bytes, at);
      if (this.full) return;
      from = at + this.#matcher.length;
    }
    const keep = Math.min(Math.max(bytes.length - from, 0), this.#matcher.length - 1);
    const cut = bytes.length - keep;
    if (this.#isText) this.#lines += linesIn(bytes, counted, cut);
    this.#offset += cut;
    this.#kept = Buffer.from(bytes.subarray(cut));
  }

  #found(bytes: Buffer, at: number): void {
    const line = this.#isText ? this.#lines + 1 : null;
    const excerpt = this.#isText
      ? lineAt(bytes, at)
      : bytes
          .subarray(Math.max(0, at - AROUND), at + this.#matcher.length + AROUND)
          .toString('hex')
          .slice(0, EXCERPT);
    this.hits.push(hitOf(this.#entry, this.#offset + at, line, excerpt));
  }
}

function linesIn(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < to; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

/** The line around a place, as far as it lies in the piece. */
function lineAt(bytes: Buffer, at: number): string {
  const start = Math.max(at === 0 ? 0 : bytes.lastIndexOf(LF, at - 1) + 1, at - EXCERPT / 2);
  const end = bytes.indexOf(LF, at);
  return bytes.toString('utf8', start, Math.min(end < 0 ? bytes.length : end, start + EXCERPT));
}
