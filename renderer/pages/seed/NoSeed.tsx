import { Button } from '@blueprintjs/core';
import { DocumentOpenIcon } from '@blueprintjs/icons';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { CaseSummary } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes } from '../../shell/Panes.tsx';
import { chooseSeeds } from './choose-seeds.ts';

interface NoSeedProps {
  readonly summary: CaseSummary | null | undefined;
  /** False until it is known that there is none. */
  readonly known: boolean;
  readonly problem: EngineProblem | null | undefined;
}

/** No seed yet: where it comes from. */
export function NoSeed({ summary, known, problem }: NoSeedProps) {
  return (
    <>
      <PageHead title="Seed" />
      <Panes>
        <MainPane label="Seed">
          {problem && <ProblemPanel title="The seeds cannot be read" problem={problem} />}
          {known &&
            summary &&
            (summary.kit ? <OfKit imported={summary.bundle !== null} /> : <ByThemselves />)}
        </MainPane>
      </Panes>
    </>
  );
}

function OfKit({ imported }: { readonly imported: boolean }) {
  return (
    <div className="pane-none">
      <h2 className="strong">No seed was checked yet</h2>
      <p className="t2">
        {imported
          ? 'The bundle has no file at the place that the kit names. Choose the seed as a file.'
          : 'Seeds come with the bundle, or are chosen as files after it is imported.'}
      </p>
      <p>
        {imported ? (
          <ChooseButton text="Choose the seed" />
        ) : (
          <Button size="small" intent="primary" onClick={() => go('bundle')}>
            Go to the bundle
          </Button>
        )}
      </p>
    </div>
  );
}

function ByThemselves() {
  return (
    <div className="pane-none">
      <h2 className="strong">No binary was chosen yet</h2>
      <p className="t2">
        Any file of at most 64 MiB is reviewed as a seed is: its structure, its instructions, what people say
        of every byte. Choose <span className="mono">NAME.hex0</span> together with{' '}
        <span className="mono">NAME</span> to have its commented source beside it, proved. The file is only
        read; the case keeps a copy.
      </p>
      <p>
        <ChooseButton text="Choose binaries" />
      </p>
    </div>
  );
}

function ChooseButton({ text }: { readonly text: string }) {
  return (
    <Button size="small" intent="primary" icon={<DocumentOpenIcon />} onClick={() => void chooseSeeds()}>
      {text}
    </Button>
  );
}
