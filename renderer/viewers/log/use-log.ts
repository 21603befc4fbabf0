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

/** The lines of an object, asked for page by page as they come into view. */
export function useLog(sha256: string, first: number, count: number): LogLines {
  const pages = useRef(new Map<number, readonly LogLine[]>());
  const asked = useRef(new Set<number>());
  const [total, setTotal] = useState<number | null>(null);
  const [, redraw] = useState(0);
  useEffect(() => {
    const last = Math.floor((first + Math.max(1, count) - 1) / PAGE);
    for (let page = Math.floor(first / PAGE); page <= last; page += 1) {
      if (asked.current.has(page)) continue;
      asked.current.add(page);
      ask('log.lines', { sha256, from: page * PAGE, count: PAGE }, { quiet: true }).then(
        answer => {
          pages.current.set(page, answer.lines);
          for (const oldest of pages.current.keys()) {
            if (pages.current.size <= KEPT) break;
            pages.current.delete(oldest);
            asked.current.delete(oldest);
          }
          setTotal(answer.total);
          redraw(n => n + 1);
        },
        error => {
          asked.current.delete(page);
          showProblem('The log cannot be read', error);
        },
      );
    }
  }, [sha256, first, count]);
  return { total, line: number => pages.current.get(Math.floor(number / PAGE))?.[number % PAGE] };
}
