import type { ByteMeasureRow, FoundBytesRow } from '../../../main/contract/requests/index.ts';
import { BackgroundCheck, type DoCheck } from './background-check.ts';
import type { ByteSource, FindQuery } from './byte-source.ts';

/** Most bytes that are asked for at once; the engine's answers are bounded. */
const AT_ONCE = 1 << 19;
/** Up to this size checking and searching take less than a blink: bytes are checked before they are shown, nothing is a task. */
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
  readonly check: DoCheck;
  /** With `look` while the check runs. */
  bytes(offset: number, length: number, look: boolean): Promise<{ readonly bytes: string }>;
  find(query: FindQuery & { readonly look: boolean }, how: AskedHow): Promise<FoundBytesRow>;
  measure(offset: number, length: number, how: AskedHow): Promise<ByteMeasureRow>;
}

/** Bytes that the engine holds: read in parts, searched and measured there. */
export function askedSource(size: number, asks: Asks): ByteSource {
  const quiet = size <= SMALL;
  const check = quiet ? null : new BackgroundCheck(asks.check);
  const during = <T>(ask: (look: boolean) => Promise<T>) => (check ? check.during(ask) : ask(false));
  return {
    size,
    ...(check && { check }),
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      for (let done = 0; done < bytes.length; done += AT_ONCE) {
        const part = Math.min(AT_ONCE, bytes.length - done);
        const answer = await during(look => asks.bytes(offset + done, part, look));
        const text = atob(answer.bytes);
        if (text.length !== part) throw new Error('there are fewer bytes than there should be');
        for (let i = 0; i < part; i += 1) bytes[done + i] = text.charCodeAt(i);
      }
      return bytes;
    },
    find: (query, signal) =>
      during(look =>
        asks.find(
          { ...query, look },
          { signal, quiet, words: { title: 'Find bytes', leaves: CHANGES_NOTHING } },
        ),
      ),
    measure: ({ start, end }, signal) =>
      asks.measure(start, end - start, {
        signal,
        quiet: end - start <= SMALL,
        words: { title: 'Measure bytes', leaves: CHANGES_NOTHING },
      }),
  };
}
