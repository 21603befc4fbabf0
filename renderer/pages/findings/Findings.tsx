import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Findings. */
export default function Findings() {
  return (
    <>
      <PageHead title="Findings" />
      <Panes>
        <MainPane label="Findings">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
