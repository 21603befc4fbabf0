import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { bytes, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { hitIn, type LogSearch } from './hit.ts';
import { LogBar } from './LogBar.tsx';
import { type LogLine, useLog } from './use-log.ts';
import { LINE_HEIGHT, scrollFor, windowAt } from './window.ts';
import './log.css';

/** A log that still grows. */
export interface GrowingLog {
  /** How many lines and bytes it has by now. */
  readonly lines: number;
  readonly bytes: number;
  /** Whether its end is kept in view. */
  readonly follow: boolean;
  /** Somebody looks at another place. */
  readonly onPause: () => void;
}

interface LogViewProps {
  /** The log that is shown, as the request `log.lines` takes it; another needs another key. */
  readonly log: string;
  readonly label: string;
  readonly growing?: GrowingLog;
}

/** What a program printed, however much: only what is in view is asked for and drawn; all of it is inert. */
export function LogView({ log: name, label, growing }: LogViewProps) {
  const view = useRef<HTMLElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [marked, setMarked] = useState<Marked | null>(null);
  const [known, setKnown] = useState(0);
  const lines = growing?.lines ?? known;
  const shown = windowAt(lines, scrollTop, height);
  const log = useLog(name, shown.first, shown.count, growing?.bytes ?? null);
  useEffect(() => setKnown(log.total ?? 0), [log.total]);
  useEnd(view, growing, height);
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const measure = new ResizeObserver(() => setHeight(element.clientHeight));
    measure.observe(element);
    return () => measure.disconnect();
  }, []);
  const show = (line: number, search: LogSearch | null) => {
    const wanted = Math.max(0, Math.min(line, lines - 1));
    growing?.onPause();
    setMarked({ line: wanted, search });
    view.current?.scrollTo({ top: scrollFor(wanted, lines, height) });
  };
  const short = !growing && lines <= SHORT;
  return (
    <div className={`log${short ? ' log-short' : ''}`}>
      {!short && <LogBar log={name} lines={lines} marked={marked?.line ?? null} onShow={show} />}
      <section
        className="log-view mono"
        ref={view}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label={label}
        onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
        onWheel={event => event.deltaY < 0 && growing?.onPause()}
        onKeyDown={event => UPWARDS.has(event.key) && growing?.onPause()}
        onPointerDown={() => growing?.onPause()}
      >
        <div style={{ height: shown.height, position: 'relative' }}>
          <div className="log-lines" style={{ top: shown.top }}>
            {Array.from({ length: shown.count }, (_, i) => shown.first + i).map(at => (
              <Line key={at} at={at} line={log.line(at)} marked={at === marked?.line ? marked : null} />
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

/** Logs of so few lines are shown as they are, without search. */
const SHORT = 12;

/** The line that was gone to last, and what was searched for in it. */
interface Marked {
  readonly line: number;
  readonly search: LogSearch | null;
}

/** Keys that lead away from the end. */
const UPWARDS = new Set(['ArrowUp', 'PageUp', 'Home']);

/** Keeps the end of a log in view while it grows and is followed. */
function useEnd(view: RefObject<HTMLElement | null>, growing: GrowingLog | undefined, height: number): void {
  const lines = growing?.lines ?? 0;
  const follow = growing?.follow ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines and another height move the end
  useLayoutEffect(() => {
    if (follow) view.current?.scrollTo({ top: view.current.scrollHeight });
  }, [view, lines, follow, height]);
}

interface LineProps {
  readonly at: number;
  /** Undefined while it is on its way. */
  readonly line: LogLine | undefined;
  /** Null where another line is the one that was gone to. */
  readonly marked: Marked | null;
}

function Line({ at, line, marked }: LineProps) {
  return (
    <div className={`log-line${marked ? ' log-marked' : ''}`} style={{ height: LINE_HEIGHT }}>
      <span className="log-number t3">{number(at + 1)}</span>
      {line && <Words text={line.text} search={marked?.search ?? null} />}
      {line?.cut && <span className="t3"> … {bytes(line.bytes)} in this line</span>}
    </div>
  );
}

/** The words of a line; what was searched for in it is marked and brought into view. */
function Words({ text, search }: { readonly text: string; readonly search: LogSearch | null }) {
  const hit = search && hitIn(text, search);
  const found = useRef<HTMLElement>(null);
  const at = hit && `${hit.from} ${hit.to}`;
  useLayoutEffect(() => {
    if (at !== null) found.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  const inert = (part: string) => part !== '' && <Inert text={part.replaceAll('\t', '    ')} line />;
  if (!hit) return inert(text);
  return (
    <>
      {inert(text.slice(0, hit.from))}
      <mark className="log-hit" ref={found}>
        {inert(text.slice(hit.from, hit.to))}
      </mark>
      {inert(text.slice(hit.to))}
    </>
  );
}
