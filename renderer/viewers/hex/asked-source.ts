import type { ByteMeasureRow, FoundBytesRow } from '../../../main/contract/requests/index.ts';
import type { ByteSource, FindQuery } from './byte-source.ts';

/** Most bytes that are asked for at once; the engine's answers are bounded. */
const AT_ONCE = 1 << 19;
/** Up to this size checking and searching take less than a blink, and are no task that anybody has to see. */
const SMALL = 32 << 20;
const CHANGES_NOTHING = 'Stopping changes nothing.';

/** How a request is made: with a signal to stop it, and either quietly or as a task with these words. */
export interface AskedHow {
  readonly signal?: AbortSignal;
  readonly quiet?: boolean;
  readonly words: { readonly title: string; readonly leaves: string };
}

/** The engine's requests about one content. */
export interface Asks {
  check(how: AskedHow): Promise<unknown>;
  bytes(offset: number, length: number): Promise<{ readonly bytes: string }>;
  find(query: FindQuery, how: AskedHow): Promise<FoundBytesRow>;
  measure(offset: number, length: number, how: AskedHow): Promise<ByteMeasureRow>;
}

/** Bytes that the engine holds: read in parts, searched and measured there. */
export function askedSource(size: number, asks: Asks): ByteSource {
  const quiet = size <= SMALL;
  let checking: Promise<unknown> | null = null;
  /** The first look at large content takes as long as hashing it: a task with progress, which the reads wait for. */
  const checked = () => {
    if (quiet) return undefined;
    checking ??= asks.check({ words: { title: 'Check bytes', leaves: 'None of these bytes are shown.' } });
    checking.catch(() => {
      checking = null;
    });
    return checking;
  };
  return {
    size,
    async read(offset, length) {
      await checked();
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      for (let done = 0; done < bytes.length; done += AT_ONCE) {
        const part = Math.min(AT_ONCE, bytes.length - done);
        const text = atob((await asks.bytes(offset + done, part)).bytes);
        if (text.length !== part) throw new Error('there are fewer bytes than there should be');
        for (let i = 0; i < part; i += 1) bytes[done + i] = text.charCodeAt(i);
      }
      return bytes;
    },
    find: (query, signal) =>
      asks.find(query, { signal, quiet, words: { title: 'Find bytes', leaves: CHANGES_NOTHING } }),
    measure: ({ start, end }, signal) =>
      asks.measure(start, end - start, {
        signal,
        quiet: end - start <= SMALL,
        words: { title: 'Measure bytes', leaves: CHANGES_NOTHING },
      }),
  };
}
