import { Button, SegmentedControl } from '@blueprintjs/core';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { bytes } from '../../parts/format.ts';
import { asked } from '../../replay/shown.ts';
import { LogText } from './LogText.tsx';

/** Bytes of a log that are shown at a time. */
const PART = 64 << 10;

type Stream = 'stdout' | 'stderr';

interface StepLogProps {
  readonly step: Output<'chain.step'>;
  readonly replay: number | null;
}

/** What a step printed, part by part. */
export function StepLog({ step, replay }: StepLogProps) {
  const { row, stdout, stderr } = step;
  const [stream, setStream] = useState<Stream>('stdout');
  const [part, setPart] = useState(0);
  const size = (stream === 'stdout' ? stdout?.size : stderr?.size) ?? 0;
  const { value } = useEngine(
    'chain.log',
    size > 0 ? { number: row.number, ...asked(replay), stream, offset: part * PART, length: PART } : null,
  );
  if (row.action !== 'run' || row.outcome === 'not-run') return null;
  const parts = Math.ceil(size / PART);
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
          onValueChange={value => {
            setStream(value as Stream);
            setPart(0);
          }}
        />
      </header>
      {size === 0 ? (
        <p className="pane-none t2">It printed nothing here.</p>
      ) : (
        <div className="chain-log">
          <LogText text={value?.text ?? ''} />
        </div>
      )}
      {parts > 1 && (
        <div className="pane-part chain-parts">
          <span className="grow t2">
            Part {part + 1} of {parts}
          </span>
          <Button size="small" disabled={part === 0} onClick={() => setPart(part - 1)}>
            Before
          </Button>
          <Button size="small" disabled={part + 1 >= parts} onClick={() => setPart(part + 1)}>
            After
          </Button>
        </div>
      )}
    </section>
  );
}
