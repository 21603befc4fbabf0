import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { CaseSummary, Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { clock, day, full } from '../../parts/time.ts';

type Line = Output<'case.custody'>['lines'][number];

/** Lines shown until somebody asks for all, and then at a time. */
const FEW = 10;
const MANY = 1000;

/** Who did what when, newest first, each with the number of its event. */
export function Custody({ summary }: { readonly summary: CaseSummary }) {
  const [limit, setLimit] = useState(FEW);
  const { value: custody } = useEngine('case.custody', { limit });
  const days = (custody?.lines ?? []).map(line => day(line.at));
  return (
    <section aria-label="Custody">
      <div className="panehead">
        <h2>Custody</h2>
        <span className="t2 grow">
          {counted(summary.events, 'event')},{' '}
          {summary.broken ? `broken at ${summary.broken.seq}` : 'unbroken'}
        </span>
        {custody && custody.total > FEW && (
          <Button
            size="small"
            variant="minimal"
            className="link"
            onClick={() => setLimit(limit === FEW ? MANY : FEW)}
          >
            {limit === FEW ? 'All' : 'Latest'}
          </Button>
        )}
      </div>
      <ol className="custody">
        {custody?.lines.map((line, index) => (
          <CustodyLine
            key={line.event}
            line={line}
            day={days[index] === days[index - 1] ? null : (days[index] ?? null)}
          />
        ))}
      </ol>
      {custody && limit === MANY && custody.total > custody.lines.length && (
        <p className="custody-more t2">
          The latest {custody.lines.length} of {custody.total}; all of them are in the report.
        </p>
      )}
    </section>
  );
}

function CustodyLine({ line, day }: { readonly line: Line; readonly day: string | null }) {
  return (
    <li>
      <time dateTime={line.at} title={full(line.at)}>
        <span className="custody-day">{day}</span>
        <span className="t2">{clock(line.at)}</span>
      </time>
      <div className="custody-what">
        <Inert text={line.what} prose cut />
        <span className="t2 cut">
          <Inert text={line.by} prose />
        </span>
      </div>
      <span className="custody-event mono t2" title={`Event ${line.event}`}>
        {line.event}
      </span>
    </li>
  );
}
