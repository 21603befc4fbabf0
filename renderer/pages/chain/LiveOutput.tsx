import { Checkbox } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import { ask, printed, useStore } from '../../engine/index.ts';
import { LogView } from '../../viewers/log/index.ts';

/** What the steps of the running replay print, as it comes. Following pauses where a person looks at another place. */
export function LiveOutput() {
  const grown = useStore(printed);
  const [follow, setFollow] = useState(true);
  useEffect(() => {
    // Somebody who comes back to a running replay is not told again what was printed before.
    printed.set(null);
    void ask('log.lines', { log: 'live', from: 0, count: 1 }, { quiet: true }).then(({ total, bytes }) => {
      if (bytes > (printed.get()?.bytes ?? 0)) printed.set({ lines: total, bytes });
    });
  }, []);
  return (
    <section className="chain-live" aria-label="Output of the running step">
      <header className="panehead">
        <h2 className="grow">Output</h2>
        <Checkbox
          className="chain-follow"
          label="Follow output"
          checked={follow}
          onChange={event => setFollow(event.currentTarget.checked)}
        />
      </header>
      {!grown || grown.lines === 0 ? (
        <p className="pane-none t2">Nothing printed yet.</p>
      ) : (
        <LogView
          log="live"
          label="Output of the running replay"
          growing={{ lines: grown.lines, bytes: grown.bytes, follow, onPause: () => setFollow(false) }}
        />
      )}
    </section>
  );
}
