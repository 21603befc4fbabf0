import { FOUND_LIMIT, LINE_LIMIT } from '../../../contract/requests/log.ts';
import type { Handlers } from '../handler.ts';
import { findLines } from '../log-index.ts';

/** Methods about what steps printed. */
export const logHandlers: Handlers<'log.lines' | 'log.find'> = {
  async 'log.lines'({ sha256, from, count }, { session, signal }) {
    using content = await session.chain().ranges.open(sha256, { signal });
    const index = await session.chain().logIndex(sha256, content, { signal });
    return {
      total: index.lines,
      bytes: content.size,
      lines: index.read(content, from, count, LINE_LIMIT),
    };
  },
  async 'log.find'({ sha256, text, matchCase }, { session, signal, onProgress }) {
    using content = await session.chain().ranges.open(sha256, { signal });
    const { found, lines } = await findLines(
      content,
      text,
      { matchCase, limit: FOUND_LIMIT },
      { signal, onProgress },
    );
    return { found, lines: [...lines] };
  },
};
