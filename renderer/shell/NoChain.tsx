import { Button } from '@blueprintjs/core';
import { runCommand } from '../commands/index.ts';
import { go } from '../location.ts';
import { PageHead } from './PageHead.tsx';
import { MainPane, Panes } from './Panes.tsx';

/** A page about a chain, in a case that has none. */
export function NoChain({ title }: { readonly title: string }) {
  return (
    <>
      <PageHead title={title} />
      <Panes>
        <MainPane label={title}>
          <div className="pane-none">
            <h2 className="strong">This case has no chain</h2>
            <p className="t2">
              It was made without a kit, to review binaries by themselves. What is said of them leaves as a
              signed file of annotations, from the page Seed. To replay a chain, make a case with its kit; the
              annotations can be carried over to it.
            </p>
            <div className="pane-none-actions">
              <Button size="small" intent="primary" onClick={() => go('seed')}>
                Review binaries
              </Button>
              <Button size="small" onClick={() => runCommand('case.new')}>
                New case
              </Button>
            </div>
          </div>
        </MainPane>
      </Panes>
    </>
  );
}
