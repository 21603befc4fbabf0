import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Bundle. */
export default function Bundle() {
  return (
    <>
      <PageHead title="Bundle" />
      <Panes>
        <MainPane label="Bundle">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
