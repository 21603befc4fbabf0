import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, showProblem } from '../../engine/index.ts';

export type LogLine = Output<'log.lines'>['lines'][number];

/** Lines that are asked for together, and how many such pages are kept. */
const PAGE = 200;
const KEPT = 12;

/** The lines of a log that were asked for last, and how many it has. */
export interface LogLines {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly line: (number: number) => LogLine | undefined;
}

/** A page of lines, and how much the log had when it was asked for. */
type Page = Output<'log.lines'>;

/**
 * The lines of a log, asked for page by page as they come into view. `grown` is how many bytes there are by now where the
 * log still grows: a page that held its last line is then asked for again.
 */
export function useLog(log: string, first: number, count: number, grown: number | null): LogLines {
  const pages = useRef(new Map<number, Page>());
  const asked = useRef(new Set<number>());
  const [total, setTotal] = useState<number | null>(null);
  const [, redraw] = useState(0);
  useEffect(() => {
    const last = Math.floor((first + Math.max(1, count) - 1) / PAGE);
    for (let page = Math.floor(first / PAGE); page <= last; page += 1) {
      const known = pages.current.get(page);
      const whole = known && ((page + 1) * PAGE < known.total || known.bytes >= (grown ?? 0));
      if (whole || asked.current.has(page)) continue;
      asked.current.add(page);
      ask('log.lines', { log, from: page * PAGE, count: PAGE }, { quiet: true })
        .then(
          answer => {
            pages.current.delete(page);
            pages.current.set(page, answer);
            const [oldest] = pages.current.keys();
            if (pages.current.size > KEPT && oldest !== undefined) pages.current.delete(oldest);
            setTotal(answer.total);
            redraw(n => n + 1);
          },
          error => showProblem('The log cannot be read', error),
        )
        .finally(() => asked.current.delete(page));
    }
  }, [log, first, count, grown]);
  return { total, line: number => pages.current.get(Math.floor(number / PAGE))?.lines[number % PAGE] };
}
