import { ask } from '../../engine/index.ts';
import type { ByteSource } from '../../viewers/hex/index.ts';

/** Most bytes that one answer carries. */
const AT_ONCE = 1 << 20;

/** A file of the bundle as a byte source; what comes is read by offset from the archive as imported. */
export function bundleSource(path: string, size: number): ByteSource {
  return {
    size,
    read: async (offset, length) => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = new Uint8Array(wanted);
      for (let done = 0; done < wanted; ) {
        const part = Math.min(AT_ONCE, wanted - done);
        const answer = await ask(
          'bundle.bytes',
          { path, offset: offset + done, length: part },
          { quiet: true },
        );
        const text = atob(answer.bytes);
        if (text.length !== part) throw new Error('the file is shorter than the index says');
        for (let i = 0; i < part; i += 1) bytes[done + i] = text.charCodeAt(i);
        done += part;
      }
      return bytes;
    },
  };
}
