import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';

/** The page Seed. */
export default function Seed() {
  return (
    <>
      <PageHead title="Seed" />
      <Panes>
        <MainPane label="Seed">
          <p className="page-none t2">This page is not part of this build. The command line does its work.</p>
        </MainPane>
      </Panes>
    </>
  );
}
