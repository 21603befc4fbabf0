import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Report. */
export default function Report() {
  return (
    <>
      <PageHead title="Report" />
      <Panes>
        <MainPane label="Report">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
