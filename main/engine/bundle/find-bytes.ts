import type { TaskOptions } from '../base/index.ts';
import { type Content, PIECE } from './content.ts';
import { Matcher } from './matcher.ts';
import { Pace } from './pace.ts';
import type { BytePattern } from './pattern.ts';

/** Bytes looked at in one go when searching backwards. */
const STEP_BACK = 1 << 18;
/** A count goes no further than this. */
export const COUNT_LIMIT = 1_000_000;

/** Where to look, and how much is wanted. */
export interface FindOptions extends TaskOptions {
  /** Places from here on; backwards, places up to here. Bytes. By default everything. */
  readonly from?: number;
  readonly direction?: 'next' | 'previous';
  /** Places that are given. */
  readonly limit: number;
  /** Whether further places are counted, up to {@link COUNT_LIMIT}. */
  readonly count?: boolean;
}

/** What was found. Places may overlap. */
export interface FoundBytes {
  /** Length of the pattern in bytes. */
  readonly length: number;
  /** Where it begins, in the order of the search. */
  readonly offsets: readonly number[];
  /** Places found, those that are only counted included. */
  readonly total: number;
  /** Whether the search saw everything, so that there are no more than `total`. */
  readonly complete: boolean;
}

/** Finds bytes in content of any size, in pieces; can be stopped. The content is one that was checked. */
export async function findBytes(
  content: Content,
  pattern: BytePattern,
  options: FindOptions,
): Promise<FoundBytes> {
  const search = new Search(content, new Matcher(pattern), options);
  const last = content.size - pattern.bytes.length;
  if (options.direction === 'previous') await search.backwards(Math.min(options.from ?? last, last));
  else await search.forwards(options.from ?? 0, last);
  return search.found;
}

class Search {
  readonly #content: Content;
  readonly #matcher: Matcher;
  readonly #options: FindOptions;
  /** Places after which the search ends: one more than wanted, to know whether there is another. */
  readonly #most: number;
  readonly #offsets: number[] = [];
  #total = 0;

  constructor(content: Content, matcher: Matcher, options: FindOptions) {
    [this.#content, this.#matcher, this.#options] = [content, matcher, options];
    this.#most = (options.count ? Math.max(options.limit, COUNT_LIMIT) : options.limit) + 1;
  }

  get found(): FoundBytes {
    const complete = this.#total < this.#most;
    return {
      length: this.#matcher.length,
      offsets: this.#offsets,
      total: complete ? this.#total : this.#most - 1,
      complete,
    };
  }

  /** Looks for places from `first` to `last`. Pieces overlap by the pattern's length less one. */
  async forwards(first: number, last: number): Promise<void> {
    const pace = this.#pace(last - first + 1);
    const buffer = Buffer.allocUnsafe(PIECE + this.#matcher.length - 1);
    for (let at = first; at <= last; at += PIECE) {
      const starts = Math.min(PIECE, last - at + 1);
      this.#look(buffer, at, starts);
      for (let place = this.#matcher.next(0); place >= 0; place = this.#matcher.next(place + 1)) {
        this.#take(at + place);
        if (this.#total === this.#most) return pace.finish(at - first);
      }
      if (pace.due) await pace.rest(at - first);
    }
    pace.finish(Math.max(0, last - first + 1));
  }

  /** Looks for places from `last` down to 0. */
  async backwards(last: number): Promise<void> {
    const pace = this.#pace(last + 1);
    const buffer = Buffer.allocUnsafe(STEP_BACK + this.#matcher.length - 1);
    for (let end = last + 1; end > 0; end -= STEP_BACK) {
      const start = Math.max(0, end - STEP_BACK);
      this.#look(buffer, start, end - start);
      const places: number[] = [];
      for (let place = this.#matcher.next(0); place >= 0; place = this.#matcher.next(place + 1)) {
        places.push(place);
      }
      for (const place of places.reverse()) {
        this.#take(start + place);
        if (this.#total === this.#most) return pace.finish(last + 1 - start);
      }
      if (pace.due) await pace.rest(last + 1 - start);
    }
    pace.finish(Math.max(0, last + 1));
  }

  /** Reads what places from `at` on may reach into. */
  #look(buffer: Buffer, at: number, starts: number): void {
    const piece = buffer.subarray(0, starts + this.#matcher.length - 1);
    this.#content.readAt(piece, at);
    this.#matcher.look(piece);
  }

  #take(offset: number): void {
    this.#total += 1;
    if (this.#offsets.length < this.#options.limit) this.#offsets.push(offset);
  }

  #pace(total: number): Pace {
    return new Pace(this.#options, { task: 'Searching', unit: 'bytes', total: Math.max(0, total) });
  }
}
