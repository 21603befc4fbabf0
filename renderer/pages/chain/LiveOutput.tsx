import { Checkbox } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import { stepOutput } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';

/** Lines that are kept of a running step, all of them drawn; the log keeps all of it. */
const KEPT = 300;

/** What the running step prints, as it comes. Following stops where a person scrolls up. */
export function LiveOutput() {
  const lines = useLines();
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what is followed
  useEffect(() => {
    if (follow) end.current?.scrollIntoView({ block: 'end' });
  }, [lines, follow]);
  return (
    <section className="chain-live" aria-label="Output of the running step">
      <header className="panehead">
        <h2 className="grow">Output</h2>
        <Checkbox
          className="chain-follow"
          label="Follow"
          checked={follow}
          onChange={event => setFollow(event.currentTarget.checked)}
        />
      </header>
      <div
        className="chain-live-text mono selectable"
        role="log"
        aria-live="off"
        onWheel={event => event.deltaY < 0 && setFollow(false)}
      >
        {lines.length === 0 && <span className="t3">Nothing printed yet.</span>}
        {lines.map(line => (
          <div key={line.key} className="chain-line">
            <span className="t3 chain-step">{line.step}</span>
            <Inert text={line.text} />
          </div>
        ))}
        <div ref={end} />
      </div>
    </section>
  );
}

interface Line {
  readonly key: number;
  readonly step: number;
  readonly text: string;
}

/** Lines as they come, gathered for a moment, so that a program that prints a lot does not stop the window. */
function useLines(): readonly Line[] {
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEffect(() => {
    let waiting: Line[] = [];
    let key = 0;
    const listen = (event: { readonly step: number; readonly text: string }) => {
      for (const text of event.text.replace(/\n$/, '').split('\n').slice(-KEPT)) {
        key += 1;
        waiting.push({ key, step: event.step, text: text.slice(0, 2000) });
      }
      waiting = waiting.slice(-KEPT);
    };
    stepOutput.add(listen);
    const timer = setInterval(() => {
      if (waiting.length === 0) return;
      const fresh = waiting;
      waiting = [];
      setLines(old => [...old, ...fresh].slice(-KEPT));
    }, 200);
    return () => {
      stepOutput.delete(listen);
      clearInterval(timer);
    };
  }, []);
  return lines;
}
