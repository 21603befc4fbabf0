import type { Output } from '../../../main/contract/requests/index.ts';
import { number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Folded } from './Folded.tsx';
import { OriginLink } from './OriginLink.tsx';

type Step = Output<'chain.step'>;

/** So many words of a command line and variables are shown at first; what follows them is rarely what somebody looks for. */
const WORDS = 40;
const VARIABLES = 8;

/** How a step was started: its line in the build description, its words, its surroundings, how it ended. */
export function StepStart({ step }: { readonly step: Step }) {
  const { row, argv, cwd, environment, root, end, reused, exhibit } = step;
  return (
    <section className="pane-part">
      <dl className="facts">
        <dt>From</dt>
        <dd>
          <OriginLink origin={row.origin} />
        </dd>
        {argv.length > 0 && (
          <>
            <dt>argv</dt>
            <dd>
              <Folded all={argv} shown={WORDS} what="word">
                {(word, i) => (
                  <span key={i}>
                    <Word text={word} />{' '}
                  </span>
                )}
              </Folded>
            </dd>
            <dt>cwd</dt>
            <dd>
              <Inert text={cwd ?? '/'} />
              {root !== null && (
                <span className="t3">
                  {' '}
                  in <Inert text={root} />
                </span>
              )}
            </dd>
            <dt>env</dt>
            <dd>
              {environment.length === 0 && 'empty'}
              <Folded all={environment} shown={VARIABLES} what="variable">
                {([name, value]) => (
                  <div key={name}>
                    <Inert text={`${name}=${value}`} />
                  </div>
                )}
              </Folded>
            </dd>
          </>
        )}
        {row.action !== 'run' && (
          <>
            <dt>Action</dt>
            <dd>{row.action}, done by the workstation itself</dd>
          </>
        )}
        {end && (
          <>
            <dt>End</dt>
            <dd>{end}</dd>
          </>
        )}
        {reused && (
          <>
            <dt>Taken over</dt>
            <dd>
              from step {number(reused.number)} of replay {number(reused.replay)}: it did not run again
            </dd>
          </>
        )}
        {exhibit && (
          <>
            <dt>Record</dt>
            <dd>
              <Inert text={exhibit} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** One word of a command line. Quotes around one that is empty or has blanks tell where it begins and ends. */
function Word({ text }: { readonly text: string }) {
  if (text !== '' && !/\s/.test(text)) return <Inert text={text} />;
  return (
    <>
      <span className="t3 mono">‘</span>
      <Inert text={text} line />
      <span className="t3 mono">’</span>
    </>
  );
}
