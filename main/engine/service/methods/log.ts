import { FOUND_LIMIT, LINE_LIMIT } from '../../../contract/requests/log.ts';
import type { TaskOptions } from '../../base/index.ts';
import type { Content } from '../../bundle/index.ts';
import type { Handlers } from '../handler.ts';
import { findLines, LogIndex } from '../log-index.ts';
import type { Session } from '../session.ts';

/** Methods about what steps print. */
export const logHandlers: Handlers<'log.lines' | 'log.find'> = {
  async 'log.lines'({ log, from, count }, { session, signal }) {
    using content = await contentOf(session, log, { signal });
    const index = await indexOf(session, log, content, { signal });
    return {
      total: index.lines,
      bytes: content.size,
      lines: index.read(content, from, count, LINE_LIMIT),
    };
  },
  async 'log.find'({ log, text, matchCase }, { session, signal, onProgress }) {
    using content = await contentOf(session, log, { signal });
    const { found, lines } = await findLines(
      content,
      text,
      { matchCase, limit: FOUND_LIMIT },
      { signal, onProgress },
    );
    return { found, lines: [...lines] };
  },
};

async function contentOf(session: Session, log: string, options: TaskOptions): Promise<Content> {
  if (log !== 'live') return session.chain().ranges.open(log, options);
  return session.liveLog?.content() ?? { size: 0, readAt() {}, [Symbol.dispose]() {} };
}

async function indexOf(session: Session, log: string, content: Content, options: TaskOptions) {
  if (log !== 'live') return session.chain().logIndex(log, content, options);
  return session.liveLog?.index ?? new LogIndex();
}
