import { useCase } from '../../case.ts';
import { useEngine } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { Coverage } from './Coverage.tsx';
import { Custody } from './Custody.tsx';
import { NetworkSection } from './NetworkSection.tsx';
import { Replays } from './Replays.tsx';
import { VerdictBlock } from './VerdictBlock.tsx';

/** What is done, what is not, and what comes next. */
export default function Overview() {
  const summary = useCase();
  const { value: verdict, problem } = useEngine('verdict.get', {});
  if (!summary) return null;
  return (
    <>
      <PageHead
        title="Overview"
        subject={
          <>
            Case <Inert text={summary.name} prose />, in <Inert text={summary.folder} />
          </>
        }
      />
      <Panes>
        <MainPane label="State of the audit">
          <div className="scroll">
            {problem && <ProblemPanel title="The verdict could not be computed" problem={problem} />}
            {verdict !== undefined && <VerdictBlock verdict={verdict} summary={summary} />}
            <Coverage />
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
