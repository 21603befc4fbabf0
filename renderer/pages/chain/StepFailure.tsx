import type { Output } from '../../../main/contract/requests/index.ts';
import { number, sentenceOf } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { FailureExplained } from '../../viewers/difference/index.ts';
import { LogText } from './LogText.tsx';
import { OriginLink } from './OriginLink.tsx';

type Step = Output<'chain.step'>;

interface StepFailureProps {
  readonly step: Step;
  readonly failure: NonNullable<Step['failure']>;
}

/** Why a step failed: how it ended, what it said last, what could not be started, and how to look closer. */
export function StepFailure({ step, failure }: StepFailureProps) {
  const { row, observation, refused } = step;
  const missing = observation?.failedStarts ?? [];
  return (
    <section className="problem chain-failure" role="alert">
      <div className="problem-head">
        <span className="mark-failed">
          <Mark name="failed" size={18} />
        </span>
        <div>
          <h2>
            Step {number(row.number)} failed: <Inert text={failure.reason} prose />
          </h2>
          <p className="t2">
            {row.number > 1 ? `Steps 1 to ${number(row.number - 1)} are stored and stay valid. ` : ''}
            The replay ended here; what comes after did not run.
          </p>
        </div>
      </div>
      <dl className="facts">
        <dt>Where</dt>
        <dd>
          <OriginLink origin={row.origin} />
        </dd>
        {missing.length > 0 && (
          <>
            <dt>Not started</dt>
            <dd>
              {alikeOf(missing)
                .slice(0, 10)
                .map(({ path, result, times }) => (
                  <div key={`${result} ${path}`}>
                    <Inert text={path} />{' '}
                    <span className="t2">
                      {startWords(result)}
                      {times > 1 && `, tried ${number(times)} times`}
                    </span>
                  </div>
                ))}
            </dd>
          </>
        )}
        {refused.length > 0 && (
          <>
            <dt>Refused</dt>
            <dd>{number(refused.length)} files could not be kept; they stand under Outputs</dd>
          </>
        )}
        <dt>To look closer</dt>
        <dd>
          Run this step again, or <Inert text={failure.rerun} />
        </dd>
      </dl>
      <FailureExplained end={failure.reason} log={failure.logTail} failedStarts={missing} />
      <div className="chain-tail">
        {failure.logTail.length > 0 ? (
          <LogText text={failure.logTail.join('\n')} />
        ) : (
          <p className="t2">{sentenceOf('it printed nothing.')}</p>
        )}
      </div>
    </section>
  );
}

interface Tried {
  readonly path: string;
  readonly result: string;
}

/** Programs that could not be started, each once, with how often it was tried. */
function alikeOf(missing: readonly Tried[]): readonly (Tried & { readonly times: number })[] {
  const times = new Map<string, Tried & { times: number }>();
  for (const { path, result } of missing) {
    const known = times.get(`${result} ${path}`);
    if (known) known.times += 1;
    else times.set(`${result} ${path}`, { path, result, times: 1 });
  }
  return [...times.values()];
}

const STARTS: Record<string, string> = {
  ENOENT: 'is not there, or what should run it is not',
  EACCES: 'may not be executed',
  ENOEXEC: 'is no program',
  ENOTDIR: 'lies under what is no folder',
};

/** Why a program could not be started, in words. */
function startWords(result: string): string {
  return STARTS[result] ?? `could not be started: ${result}`;
}
