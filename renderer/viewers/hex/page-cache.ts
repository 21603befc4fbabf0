import type { ByteSource } from './byte-source.ts';

/** Bytes of one page. */
export const PAGE_SIZE = 64 * 1024;
/** Pages kept, so at most 8 MiB a file whatever its size. */
const KEPT = 128;
/** Reads under way at once. */
const AT_ONCE = 4;

interface Failed {
  readonly reason: unknown;
}

/**
 * Pages of a byte source, the most recently used ones kept. What is asked for last is read first, so that a long scroll does
 * not wait for what has gone by.
 */
export class PageCache {
  readonly #source: ByteSource;
  readonly #changed: () => void;
  readonly #pages = new Map<number, Uint8Array>();
  readonly #failed = new Map<number, Failed>();
  readonly #reading = new Map<number, Promise<void>>();
  #wanted: number[] = [];
  /** Why no byte is shown, whichever page it is in. */
  #dropped: Failed | null = null;

  /** `changed` is called when a page has come or has failed. */
  constructor(source: ByteSource, changed: () => void = () => {}) {
    this.#source = source;
    this.#changed = changed;
  }

  get size(): number {
    return this.#source.size;
  }

  /** The byte at an offset, or undefined when its page is not here. Never starts a read. */
  byteAt(offset: number): number | undefined {
    return this.#pages.get(Math.floor(offset / PAGE_SIZE))?.[offset % PAGE_SIZE];
  }

  /** Why the page of an offset could not be read; undefined when that did not happen. */
  failureAt(offset: number): unknown {
    return (this.#dropped ?? this.#failed.get(Math.floor(offset / PAGE_SIZE)))?.reason;
  }

  /** Says what is looked at now: missing pages are read, those asked for earlier and not begun are forgotten. */
  want(start: number, end: number): void {
    if (this.#dropped) return;
    const pages = pagesOf(start, Math.min(end, this.size));
    for (const page of pages) this.#touch(page);
    this.#wanted = pages.filter(
      page => !this.#pages.has(page) && !this.#reading.has(page) && !this.#failed.has(page),
    );
    this.#next();
  }

  /** Forgets failures, so that the pages are read again when they are wanted. */
  retry(): void {
    this.#source.check?.again();
    this.#dropped = null;
    this.#failed.clear();
    this.#changed();
  }

  /** Forgets every byte: they turned out not to be what they should be. */
  drop(reason: unknown): void {
    this.#dropped = { reason };
    this.#wanted = [];
    this.#pages.clear();
    this.#changed();
  }

  /** Bytes of a range, through the cache. Rejects as the source does. */
  async bytes(start: number, end: number): Promise<Uint8Array> {
    const [from, to] = [Math.max(0, start), Math.min(end, this.size)];
    const result = new Uint8Array(Math.max(0, to - from));
    for (const page of pagesOf(from, to)) {
      const bytes = this.#pages.get(page) ?? (await this.#source.read(page * PAGE_SIZE, PAGE_SIZE));
      const [first, last] = [Math.max(from, page * PAGE_SIZE), Math.min(to, (page + 1) * PAGE_SIZE)];
      const part = bytes.subarray(first - page * PAGE_SIZE, last - page * PAGE_SIZE);
      if (part.length !== last - first) throw new Error(`the file ends before ${last}`);
      result.set(part, first - from);
    }
    return result;
  }

  #next(): void {
    while (this.#reading.size < AT_ONCE) {
      const page = this.#wanted.shift();
      if (page === undefined) return;
      this.#reading.set(page, this.#read(page));
    }
  }

  async #read(page: number): Promise<void> {
    try {
      const wanted = Math.min(PAGE_SIZE, this.size - page * PAGE_SIZE);
      const bytes = await this.#source.read(page * PAGE_SIZE, wanted);
      if (bytes.length !== wanted) throw new Error(`${wanted} bytes were asked for, ${bytes.length} came`);
      if (!this.#dropped) this.#keep(page, bytes);
    } catch (reason) {
      this.#failed.set(page, { reason });
    } finally {
      this.#reading.delete(page);
      this.#changed();
      this.#next();
    }
  }

  #keep(page: number, bytes: Uint8Array): void {
    this.#pages.set(page, bytes);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break;
      this.#pages.delete(oldest);
    }
  }

  #touch(page: number): void {
    const bytes = this.#pages.get(page);
    if (!bytes) return;
    this.#pages.delete(page);
    this.#pages.set(page, bytes);
  }
}

function pagesOf(start: number, end: number): number[] {
  const first = Math.floor(start / PAGE_SIZE);
  const count = end > start ? Math.floor((end - 1) / PAGE_SIZE) - first + 1 : 0;
  return Array.from({ length: count }, (_, i) => first + i);
}
