import { Inert } from '../../parts/Inert.tsx';
import { type FailedStep, failureHints } from './failure-hints.ts';

/** What a failed step looks like. It goes by what was printed and how the program ended, says so, and claims no more. */
export function FailureExplained(step: FailedStep) {
  const hints = failureHints(step);
  return (
    <section className="pane-part" aria-label="What the failure looks like">
      {hints.length === 0 && (
        <p className="t2">
          Nothing that it printed last says why. Its whole log is there; run the step alone to look closer.
        </p>
      )}
      {hints.map(({ words, line }) => (
        <div key={words} className="diff-hint">
          <p>{words}</p>
          {line !== '' && (
            <p className="cut">
              <Inert text={line} cut />
            </p>
          )}
        </div>
      ))}
      {hints.length > 0 && <p className="t3">What it looks like, by its words; not a finding.</p>}
    </section>
  );
}
