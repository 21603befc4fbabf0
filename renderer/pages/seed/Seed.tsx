import { useEffect, useRef, useState } from 'react';
import type { CoverageRow, Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useEngine } from '../../engine/index.ts';
import { noteAtHand } from '../../lineage/at-hand.ts';
import { useTarget } from '../../location.ts';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { useWidth } from '../../shell/use-width.ts';
import { addressDigits } from '../../viewers/hex/index.ts';
import type { EditorHandle } from './AnnotationEditor.tsx';
import { AnnotationsMenu } from './AnnotationsMenu.tsx';
import { AnnotationsPart } from './AnnotationsPart.tsx';
import { BlindSign } from './BlindReview.tsx';
import { BytesPane } from './BytesPane.tsx';
import { useChooseSeeds } from './choose-seeds.ts';
import { codeWidth } from './code-width.ts';
import { ComparedSeed } from './compare/ComparedSeed.tsx';
import { InstructionsPane } from './InstructionsPane.tsx';
import { NoSeed } from './NoSeed.tsx';
import { SeedDialogs } from './SeedDialogs.tsx';
import { SeedFacts } from './SeedFacts.tsx';
import { SeedHead } from './SeedHead.tsx';
import { StructurePane } from './StructurePane.tsx';
import { useAnnotations } from './use-annotations.ts';
import { useBlind } from './use-blind.ts';
import { useDisagreements } from './use-disagreements.ts';
import { useKitClaim } from './use-kit-claim.ts';
import { useSeedCommands } from './use-seed-commands.ts';
import { useSeedDialogs } from './use-seed-dialogs.ts';
import { useSeedSelection } from './use-seed-selection.ts';
import { useWriting } from './use-writing.ts';
import './seed.css';

type SeedRow = Output<'seed.list'>[number];

/** The seeds: all trust starts in these bytes. */
export default function Seed() {
  const { value: seeds, problem } = useEngine('seed.list', {});
  const { value: coverage } = useEngine('seed.coverage', {});
  const summary = useCase();
  useChooseSeeds(summary?.kit !== null);
  const target = useTarget('seed');
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    const wanted = seeds?.find(each => [each.name, each.path].includes(target?.seed ?? ''));
    if (wanted) setName(wanted.name);
  }, [target, seeds]);
  const seed = seeds?.find(each => each.name === name) ?? seeds?.[0];
  if (seed) {
    return (
      <OneSeed
        key={seed.seed.sha256}
        seed={seed}
        seeds={seeds ?? []}
        coverage={coverage?.seeds.find(each => each.name === seed.name)}
        onSeed={setName}
      />
    );
  }
  return <NoSeed summary={summary} known={seeds !== undefined} problem={problem} />;
}

interface OneSeedProps {
  readonly seed: SeedRow;
  readonly seeds: readonly SeedRow[];
  readonly coverage: CoverageRow | undefined;
  readonly onSeed: (name: string) => void;
}

/** One seed on the bench: its structure, its bytes, its source and what is said of it, over one selection. */
function OneSeed({ seed, seeds, coverage, onSeed }: OneSeedProps) {
  const { sha256, size } = seed.seed;
  const { value: source } = useEngine('seed.source', { seed: sha256 });
  const selection = useSeedSelection(size);
  const annotations = useAnnotations(sha256);
  const editor = useRef<EditorHandle>(null);
  const { select } = selection;
  const target = useTarget('seed');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another target moves the selection
  useEffect(() => {
    if (target?.offset !== undefined) select(target.offset, target.offset + (target.length ?? 1));
  }, [target]);
  const { start, end } = selection.range;
  useEffect(() => {
    if (end > start) noteAtHand({ path: seed.path, range: { offset: start, length: end - start } });
  }, [seed.path, start, end]);
  const left = coverage ? coverage.size - coverage.explained : size;
  const width = useWidth(window => codeWidth(window, addressDigits(size)));
  const blind = useBlind(sha256, annotations.by);
  const disagreements = useDisagreements(sha256, selection);
  const writing = useWriting(selection, annotations, editor, () => disagreements.setOpen(false));
  const claim = useKitClaim({ seed: sha256, by: annotations.by, selection, coverage });
  const dialogs = useSeedDialogs(blind, disagreements);
  const actions = useSeedCommands({
    selection,
    coverage,
    left,
    writing,
    claim,
    onNext: () => annotations.show(null),
    away: dialogs.compared !== null,
  });
  return (
    <>
      <SeedHead
        seeds={[...seeds]}
        seed={seed.name}
        onSeed={onSeed}
        left={left}
        away={dialogs.compared !== null}
        actions={actions}
        menu={<AnnotationsMenu blind={blind.hides} disagreements={disagreements.all.length} />}
      />
      <BlindSign blind={blind} onEnd={() => dialogs.setOpen('blind-end')} />
      <SeedDialogs
        row={seed}
        seeds={seeds}
        by={annotations.by}
        onShow={select}
        dialogs={dialogs}
        blind={blind}
        disagreements={disagreements}
      />
      {dialogs.compared ? (
        <Panes>
          <MainPane label="Comparison">
            <ComparedSeed
              name={seed.name}
              compared={dialogs.compared}
              onClose={() => {
                dialogs.setCompared(null);
                requestAnimationFrame(() => selection.panel.current?.focus());
              }}
            />
          </MainPane>
        </Panes>
      ) : (
        <Panes>
          <SidePane name="seed.facts" label="About the seed" side="left" width={208}>
            <StructurePane
              seed={sha256}
              range={selection.range}
              onSelect={select}
              onAnnotate={writing.about}
            />
            <SeedFacts seed={seed} coverage={coverage} onShow={select} />
          </SidePane>
          <MainPane label="Bytes">
            <BytesPane
              name={seed.name}
              object={seed.seed}
              selection={selection}
              annotations={annotations}
              coverage={coverage}
            />
            <AnnotationsPart
              selection={selection}
              annotations={annotations}
              disagreements={disagreements}
              claim={claim}
              editor={editor}
            />
          </MainPane>
          <SidePane name="seed.code" label="Instructions" side="right" width={width} largest={760}>
            <InstructionsPane
              seed={sha256}
              source={source ?? null}
              selection={selection}
              annotations={annotations}
              coverage={coverage}
              onAnnotate={writing.begin}
            />
          </SidePane>
        </Panes>
      )}
    </>
  );
}
