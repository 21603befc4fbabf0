import type { ReactNode } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

type Seen = NonNullable<Output<'chain.step'>['observation']>;

/** Attempts of one kind that are drawn. */
const SHOWN = 50;

/** What the programs of a step attempted, each with its place in the step's record, and what nobody could see. */
export function Attempts({ seen }: { readonly seen: Seen }) {
  const { sockets, asked, transient, failedStarts, totals, notUnderstood, programs, observer } = seen;
  const by = (program: number | null) =>
    program === null ? null : (
      <span className="t3">
        {' '}
        by <Inert text={programs[program]?.path ?? ''} />
      </span>
    );
  return (
    <section>
      <header className="panehead">
        <h2 className="nowrap">What was attempted</h2>
        <span className="t3 cut grow">{observer}</span>
      </header>
      <div className="pane-part">
        <dl className="facts">
          <Attempted title="Sockets" total={totals.sockets} none="none tried" place="sockets">
            {sockets.slice(0, SHOWN).map(({ call, result, program }) => (
              <>
                <Inert text={`${call} = ${result}`} />
                {by(program)}
              </>
            ))}
          </Attempted>
          <Attempted
            title="Asked"
            total={totals.asked}
            none="nothing of clock, chance or machine by a file’s name"
            place="asked"
          >
            {asked.slice(0, SHOWN).map(({ path, about, result, program }) => (
              <>
                <Inert text={path} /> <span className="t3">{`about ${about}, ${askedWords(result)}`}</span>
                {by(program)}
              </>
            ))}
          </Attempted>
          <Attempted title="Not started" total={totals.failedStarts} none="" place="failedStarts">
            {failedStarts.slice(0, SHOWN).map(({ path, result, program }) => (
              <>
                <Inert text={path} /> <span className="t3">{result}</span>
                {by(program)}
              </>
            ))}
          </Attempted>
          <Attempted title="Passing" total={totals.transient} none="" place="transient">
            {transient.slice(0, SHOWN).map(path => (
              <Inert key={path} text={path} />
            ))}
          </Attempted>
          {notUnderstood > 0 && (
            <>
              <dt>Trace</dt>
              <dd>
                <Verdict name="concern">{counted(notUnderstood, 'line')} not understood</Verdict>: closure
                does not hold by this step
              </dd>
            </>
          )}
          <dt>Not seen</dt>
          <dd className="t2">
            Calls for time and random numbers that need no file, and looks at the name of a file without
            opening it. No observer of system calls can tell of all of them.
          </dd>
        </dl>
      </div>
    </section>
  );
}

interface AttemptedProps {
  readonly title: string;
  readonly total: number;
  /** Said where there are none; empty where nothing need be said. */
  readonly none: string;
  /** The list of the observation in the step's record. */
  readonly place: string;
  readonly children: readonly ReactNode[];
}

function Attempted({ title, total, none, place, children }: AttemptedProps) {
  if (total === 0 && none === '') return null;
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {total === 0 && none}
        {total > 0 && place === 'sockets' && <Verdict name="concern">{counted(total, 'attempt')}</Verdict>}
        {children.map((child, i) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the record is the name
            key={i}
          >
            <span className="t3 mono" title={`In the step’s record: observation.${place}[${i}]`}>
              {place}[{i}]{' '}
            </span>
            {child}
          </div>
        ))}
        {total > children.length && <div className="t3">and {number(total - children.length)} more</div>}
      </dd>
    </>
  );
}

function askedWords(result: string): string {
  if (result === 'tree') return 'a file of the tree answered';
  return result === 'outside' ? 'something outside the tree answered' : `refused: ${result}`;
}
