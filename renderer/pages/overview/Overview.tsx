import { Button } from '@blueprintjs/core';
import { ArrowRightIcon } from '@blueprintjs/icons';
import { useCase } from '../../case.ts';
import { useEngine } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { Blockers } from './Blockers.tsx';
import { Coverage } from './Coverage.tsx';
import { Custody } from './Custody.tsx';
import { NetworkSection } from './NetworkSection.tsx';
import { Replays } from './Replays.tsx';
import { resolve } from './resolve.ts';
import { VerdictBlock } from './VerdictBlock.tsx';

/** What is done, what is not, and what comes next. */
export default function Overview() {
  const summary = useCase();
  const { value: verdict, problem } = useEngine('verdict.get', {});
  const { value: overview } = useEngine('case.overview', summary?.broken ? null : {});
  if (!summary) return null;
  const [next] = overview?.open ?? [];
  return (
    <>
      <PageHead
        title="Overview"
        subject={
          <>
            Case <Inert text={summary.name} prose />, in <Inert text={summary.folder} />
          </>
        }
        actions={
          next && (
            <Button size="small" intent="primary" icon={<ArrowRightIcon />} onClick={() => resolve(next)}>
              {next.label}
            </Button>
          )
        }
      />
      <Panes>
        <MainPane label="State of the audit">
          <div className="scroll">
            {problem && <ProblemPanel title="The verdict could not be computed" problem={problem} />}
            {verdict !== undefined && <VerdictBlock verdict={verdict} summary={summary} />}
            {overview && <Blockers open={overview.open} />}
            <Coverage fileReview={overview?.fileReview ?? null} />
            <Replays />
          </div>
        </MainPane>
        <SidePane name="overview.custody" label="Custody and network" side="right" width={384}>
          <div className="scroll">
            <Custody summary={summary} />
            <NetworkSection />
          </div>
        </SidePane>
      </Panes>
    </>
  );
}
