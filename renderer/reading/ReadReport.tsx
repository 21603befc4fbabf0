import { Button } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { EngineProblem } from '../../main/contract/channel.ts';
import type { Grant } from '../../main/contract/grants.ts';
import type { Output } from '../../main/contract/requests/index.ts';
import { ask, asProblem } from '../engine/index.ts';
import { Paper } from '../pages/report/Paper.tsx';
import { Inert } from '../parts/Inert.tsx';
import { ProblemPanel } from '../parts/ProblemPanel.tsx';
import { PageHead } from '../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../shell/Panes.tsx';
import { chooseReport, leaveReport } from './reading.ts';
import { VerificationView } from './VerificationView.tsx';
import './reading.css';

type Checked = Output<'report.verify'>;

/** A report that somebody gave: what checking it found, first and at the left, then what it says. */
export function ReadReport({ report }: { readonly report: Grant }) {
  const [signers, setSigners] = useState<Grant | null>(null);
  const { checked, problem, seconds } = useVerification(report, signers);
  const whole = checked?.verification.valid ?? false;
  return (
    <>
      <PageHead
        title="Report, read-only"
        subject={checked ? 'Verified before it was shown' : <Inert text={report.label} cut />}
        actions={
          <>
            <Button size="small" variant="minimal" onClick={leaveReport}>
              Leave
            </Button>
            <Button size="small" onClick={() => void chooseReport()}>
              Another report
            </Button>
          </>
        }
      />
      <Panes>
        <SidePane
          name="reading.checks"
          label="Verification"
          side="left"
          width={504}
          smallest={320}
          largest={640}
        >
          {problem && <ProblemPanel title="This is no report that can be read" problem={problem} />}
          {!checked && !problem && (
            <p className="pane-none t2">Every file, signature and statement is being checked.</p>
          )}
          {checked && (
            <VerificationView checked={checked} seconds={seconds} signers={signers} onSigners={setSigners} />
          )}
        </SidePane>
        <MainPane label="Report">
          {checked && !whole && (
            <div className="note reading-bad" role="alert">
              <p>
                <span className="strong">The report did not verify.</span> What it says is shown only so that
                it can be looked into; it is not to be believed.
              </p>
            </div>
          )}
          {checked?.html ? (
            <Paper html={checked.html} label="The report’s own page" />
          ) : (
            checked && <p className="pane-none t2">The report has no page that can be shown.</p>
          )}
        </MainPane>
      </Panes>
    </>
  );
}

interface Verifying {
  readonly checked: Checked | null;
  readonly problem: EngineProblem | null;
  readonly seconds: number;
}

const NOT_YET: Verifying = { checked: null, problem: null, seconds: 0 };

function useVerification(report: Grant, signers: Grant | null): Verifying {
  const [state, setState] = useState(NOT_YET);
  useEffect(() => {
    const stop = new AbortController();
    const started = performance.now();
    setState(NOT_YET);
    ask(
      'report.verify',
      { location: report.grant, ...(signers && { allowedSigners: signers.grant }) },
      { signal: stop.signal },
    ).then(
      checked => setState({ checked, problem: null, seconds: (performance.now() - started) / 1000 }),
      error => !stop.signal.aborted && setState({ ...NOT_YET, problem: asProblem(error) }),
    );
    return () => stop.abort();
  }, [report, signers]);
  return state;
}
