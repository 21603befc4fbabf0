import type { Output } from '../../../main/contract/requests/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

type Seen = NonNullable<Output<'chain.step'>['observation']>;

/** Programs of a tree that are shown; the record has all. */
const SHOWN = 500;

/** What the observer saw of a step: the programs that started, what they asked the machine, what was passing. */
export function SeenPrograms({ seen }: { readonly seen: Seen }) {
  const { programs, asked, sockets, transient, failedStarts, notUnderstood, observer } = seen;
  const depths = depthsOf(programs);
  return (
    <section>
      <header className="panehead">
        <h2>Programs seen</h2>
        <span className="t2 grow">{number(programs.length)}</span>
        <span className="t3">{observer}</span>
      </header>
      <ul className="chain-list">
        {programs.slice(0, SHOWN).map(program => (
          <li key={program.index} style={{ paddingLeft: 16 + Math.min(depths[program.index] ?? 0, 12) * 12 }}>
            <span className="grow cut" title={program.argv.join(' ').slice(0, 1000)}>
              <Inert text={program.path} cut />
            </span>
            {program.via !== 'execve' && <span className="t3 nowrap">{program.via}</span>}
            {program.sha256 ? (
              <Hash value={program.sha256} />
            ) : (
              <span className="t3 nowrap">content not known</span>
            )}
          </li>
        ))}
        {programs.length > SHOWN && <li className="t3">and {number(programs.length - SHOWN)} more</li>}
      </ul>
      <div className="pane-part">
        <dl className="facts">
          <dt>Sockets</dt>
          <dd>
            {sockets.length === 0 ? (
              'none tried'
            ) : (
              <Verdict name="concern">{counted(sockets.length, 'attempt')}</Verdict>
            )}
            {sockets.slice(0, 20).map(socket => (
              <div key={`${socket.program} ${socket.call}`}>
                <Inert text={`${socket.call} ${socket.result}`} />
              </div>
            ))}
          </dd>
          <dt>Asked</dt>
          <dd>
            {asked.length === 0 && 'nothing of clock, chance or machine'}
            {asked.slice(0, 50).map(question => (
              <div key={`${question.program} ${question.path} ${question.result}`}>
                <Inert text={question.path} />{' '}
                <span className="t3">{`${question.about}, ${question.result}`}</span>
              </div>
            ))}
          </dd>
          {failedStarts.length > 0 && (
            <>
              <dt>Not started</dt>
              <dd>{counted(failedStarts.length, 'attempt')} to start a program failed</dd>
            </>
          )}
          {transient.length > 0 && (
            <>
              <dt>Passing</dt>
              <dd>{counted(transient.length, 'file')} made and taken away again</dd>
            </>
          )}
          {notUnderstood > 0 && (
            <>
              <dt>Trace</dt>
              <dd>
                <Verdict name="concern">{counted(notUnderstood, 'line')} not understood</Verdict>
              </dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
}

/** How deep each program stands under the step's own, by its index. */
function depthsOf(programs: Seen['programs']): number[] {
  const depths: number[] = [];
  for (const { index, parent } of programs) depths[index] = parent === null ? 0 : (depths[parent] ?? 0) + 1;
  return depths;
}
