import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Overview. */
export default function Overview() {
  return (
    <>
      <PageHead title="Overview" />
      <Panes>
        <MainPane label="Overview">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
