import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Chain. */
export default function Chain() {
  return (
    <>
      <PageHead title="Chain" />
      <Panes>
        <MainPane label="Chain">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
