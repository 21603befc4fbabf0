import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { bytes, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { LogBar } from './LogBar.tsx';
import { type LogLine, useLog } from './use-log.ts';
import { LINE_HEIGHT, scrollFor, windowAt } from './window.ts';
import './log.css';

interface LogViewProps {
  /** The object that is shown; another needs another key. */
  readonly sha256: string;
  readonly label: string;
}

/** What a program printed, however much: only what is in view is asked for and drawn; all of it is inert. */
export function LogView({ sha256, label }: LogViewProps) {
  const view = useRef<HTMLElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [marked, setMarked] = useState<number | null>(null);
  const [lines, setLines] = useState(0);
  const shown = windowAt(lines, scrollTop, height);
  const log = useLog(sha256, shown.first, shown.count);
  useEffect(() => setLines(log.total ?? 0), [log.total]);
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const measure = new ResizeObserver(() => setHeight(element.clientHeight));
    measure.observe(element);
    return () => measure.disconnect();
  }, []);
  const show = (line: number) => {
    const wanted = Math.max(0, Math.min(line, lines - 1));
    setMarked(wanted);
    view.current?.scrollTo({ top: scrollFor(wanted, lines, height) });
  };
  return (
    <div className="log">
      <LogBar sha256={sha256} lines={lines} marked={marked} onShow={show} />
      <section
        className="log-view mono"
        ref={view}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label={label}
        onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
      >
        <div style={{ height: shown.height, position: 'relative' }}>
          <div className="log-lines" style={{ top: shown.top }}>
            {Array.from({ length: shown.count }, (_, i) => shown.first + i).map(at => (
              <Line key={at} at={at} line={log.line(at)} marked={at === marked} />
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

interface LineProps {
  readonly at: number;
  /** Undefined while it is on its way. */
  readonly line: LogLine | undefined;
  readonly marked: boolean;
}

function Line({ at, line, marked }: LineProps) {
  return (
    <div className={`log-line${marked ? ' log-marked' : ''}`} style={{ height: LINE_HEIGHT }}>
      <span className="log-number t3">{number(at + 1)}</span>
      {line && <Inert text={line.text.replaceAll('\t', '    ')} />}
      {line?.cut && <span className="t3"> … {bytes(line.bytes)} in this line</span>}
    </div>
  );
}
