import { SegmentedControl } from '@blueprintjs/core';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { bytes } from '../../parts/format.ts';
import { LogView } from '../../viewers/log/index.ts';

type Stream = 'stdout' | 'stderr';

/** What a step printed, each stream by itself. */
export function StepLog({ step }: { readonly step: Output<'chain.step'> }) {
  const { row, stdout, stderr } = step;
  const [stream, setStream] = useState<Stream>(stdout?.size === 0 && stderr?.size ? 'stderr' : 'stdout');
  if (row.action !== 'run' || row.outcome === 'not-run') return null;
  const log = stream === 'stdout' ? stdout : stderr;
  return (
    <section>
      <header className="panehead">
        <h2 className="grow">Log</h2>
        <SegmentedControl
          size="small"
          options={[
            { label: `Output ${bytes(stdout?.size ?? 0)}`, value: 'stdout' },
            { label: `Errors ${bytes(stderr?.size ?? 0)}`, value: 'stderr' },
          ]}
          value={stream}
          onValueChange={value => setStream(value as Stream)}
        />
      </header>
      {log && log.size > 0 ? (
        <LogView key={log.sha256} log={log.sha256} label={stream === 'stdout' ? 'Output' : 'Errors'} />
      ) : (
        <p className="pane-none t2">It printed nothing here.</p>
      )}
    </section>
  );
}
