import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { PageHead } from '../shell/PageHead.tsx';
import { MainPane, Panes } from '../shell/Panes.tsx';
import { Choose } from './Choose.tsx';
import { useImport } from './choice.ts';
import { Importing } from './Importing.tsx';

/** The page Bundle before there is a bundle: choosing one, and the import while it runs. */
export function ImportPage({ summary }: { readonly summary: CaseSummary }) {
  const task = useImport();
  if (task) return <Importing task={task} />;
  return (
    <>
      <PageHead title="Bundle" subject="nothing imported yet" />
      <Panes>
        <MainPane label="Import">
          <div className="scroll">
            <Choose summary={summary} />
          </div>
        </MainPane>
      </Panes>
    </>
  );
}
