import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Compare. */
export default function Compare() {
  return (
    <>
      <PageHead title="Compare" />
      <Panes>
        <MainPane label="Compare">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
