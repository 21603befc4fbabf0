import { Button, SegmentedControl } from '@blueprintjs/core';
import { ArrowRightIcon, SearchIcon } from '@blueprintjs/icons';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AnnotationRow, CoverageRow, Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { useTarget } from '../../location.ts';
import { bytes } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import {
  HexPanel,
  type HexPanelHandle,
  type HexSelection,
  selectedRange,
  selectionOf,
} from '../../viewers/hex/index.ts';
import { AnnotationEditor, type EditorHandle } from './AnnotationEditor.tsx';
import { AnnotationList } from './AnnotationList.tsx';
import { SeedFacts } from './SeedFacts.tsx';
import { SourceLines } from './SourceLines.tsx';
import { decorationsOf, nextUnexplained, objectSource, reviewersOf, unexplainedEnd } from './seed-model.ts';
import './seed.css';

type SeedRow = Output<'seed.list'>[number];

const NONE: readonly AnnotationRow[] = [];

/** The seeds: all trust starts in these bytes. */
export default function Seed() {
  const { value: seeds, problem } = useEngine('seed.list', {});
  const { value: coverage } = useEngine('seed.coverage', {});
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
  return (
    <>
      <PageHead title="Seed" />
      <Panes>
        <MainPane label="Seed">
          {problem && <ProblemPanel title="The seeds cannot be read" problem={problem} />}
          {seeds && (
            <div className="pane-none">
              <p className="strong">No seed was checked yet.</p>
              <p className="t2">
                Seeds come with the bundle, or are chosen as files. Import the bundle on the page Bundle.
              </p>
            </div>
          )}
        </MainPane>
      </Panes>
    </>
  );
}

interface OneSeedProps {
  readonly seed: SeedRow;
  readonly seeds: readonly SeedRow[];
  readonly coverage: CoverageRow | undefined;
  readonly onSeed: (name: string) => void;
}

function OneSeed({ seed, seeds, coverage, onSeed }: OneSeedProps) {
  const { sha256, size } = seed.seed;
  const { value: said } = useEngine('seed.annotations', { seed: sha256 });
  const { value: source } = useEngine('seed.source', { seed: sha256 });
  const by = useCase()?.by ?? '';
  const bytesOf = useMemo(() => objectSource({ sha256, size }), [sha256, size]);
  const annotations = said?.annotations ?? NONE;
  const decorations = useMemo(() => decorationsOf(annotations), [annotations]);
  const [selection, setSelection] = useState<HexSelection>({ anchor: 0, caret: 0 });
  const [shown, setShown] = useState<string | null>(null);
  const panel = useRef<HexPanelHandle>(null);
  const editor = useRef<EditorHandle>(null);
  const range = selectedRange(selection, size);
  const annotation = annotations.find(each => each.id === shown) ?? null;
  const select = (start: number, end: number) => {
    setSelection(selectionOf({ start, end }));
    panel.current?.show(start);
  };
  const target = useTarget('seed');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another target moves the selection
  useEffect(() => {
    if (target?.offset !== undefined && target.offset < size)
      select(target.offset, Math.min(size, target.offset + (target.length ?? 1)));
  }, [target]);
  const next = () => {
    const at = nextUnexplained(coverage, range.start);
    if (at === null) return;
    setShown(null);
    select(at, at + 1);
    panel.current?.focus();
  };
  const begin = (kind?: AnnotationRow['kind']) => {
    setShown(null);
    requestAnimationFrame(() => editor.current?.begin(kind));
  };
  const all = () => {
    const end = unexplainedEnd(coverage, range.start);
    if (end !== null) select(range.start, end);
  };
  const left = coverage ? coverage.size - coverage.explained : size;
  useCommands(
    () => [
      {
        id: 'seed.next',
        title: 'Next unexplained byte',
        group: 'On this page',
        keys: 'U',
        enabled: left > 0,
        run: next,
      },
      {
        id: 'seed.run',
        title: 'Select to the end of what is unexplained',
        group: 'On this page',
        keys: 'Shift U',
        run: all,
      },
      {
        id: 'seed.annotate',
        title: 'Annotate the selected bytes',
        group: 'On this page',
        keys: 'A',
        run: () => begin(),
      },
      {
        id: 'seed.explained',
        title: 'Annotate as explained',
        group: 'On this page',
        keys: 'E',
        run: () => begin('explained'),
      },
      {
        id: 'seed.question',
        title: 'Annotate as question',
        group: 'On this page',
        keys: 'Q',
        run: () => begin('question'),
      },
      {
        id: 'seed.concern',
        title: 'Annotate as concern',
        group: 'On this page',
        keys: 'C',
        run: () => begin('concern'),
      },
      {
        id: 'seed.find',
        title: 'Find bytes',
        group: 'On this page',
        keys: 'Ctrl F',
        run: () => panel.current?.openBar('find'),
      },
      {
        id: 'seed.go-to',
        title: 'Go to an offset',
        group: 'On this page',
        keys: 'Ctrl G',
        run: () => panel.current?.openBar('go-to'),
      },
    ],
    [coverage, range.start, left],
  );
  return (
    <>
      <PageHead
        title="Seed"
        actions={
          <>
            <Button
              size="small"
              variant="minimal"
              icon={<SearchIcon />}
              onClick={() => panel.current?.openBar('find')}
            >
              Find bytes <Kbd keys="Ctrl F" />
            </Button>
            <Button
              size="small"
              intent="primary"
              icon={<ArrowRightIcon />}
              disabled={left === 0}
              onClick={next}
            >
              Next unexplained byte <Kbd keys="U" />
            </Button>
          </>
        }
      >
        {seeds.length > 1 && (
          <SegmentedControl
            size="small"
            options={seeds.map(each => ({
              label: `${each.name} ${bytes(each.seed.size)}`,
              value: each.name,
            }))}
            value={seed.name}
            onValueChange={onSeed}
          />
        )}
      </PageHead>
      <Panes>
        <SidePane name="seed.facts" label="About the seed" side="left" width={248}>
          <SeedFacts seed={seed} coverage={coverage} onShow={select} />
        </SidePane>
        <MainPane label="Bytes">
          <HexPanel
            ref={panel}
            source={bytesOf}
            label={`Bytes of ${seed.name}, read-only`}
            selection={selection}
            onSelect={setSelection}
            decorations={decorations}
            reviewers={reviewersOf(coverage)}
            framed={coverage?.next ?? null}
          />
          <div className="seed-below">
            <AnnotationList
              annotations={annotations}
              selected={shown}
              onSelect={row => {
                setShown(row.id);
                const [first] = row.ranges;
                if (first) select(first.offset, first.offset + first.length);
              }}
            />
            <AnnotationEditor
              key={annotation?.id ?? 'new'}
              ref={editor}
              seed={sha256}
              range={range}
              annotation={annotation}
              by={by}
              onSaved={id => {
                setShown(id !== null && annotation ? id : null);
                panel.current?.focus();
              }}
            />
          </div>
        </MainPane>
        {source && (
          <SidePane name="seed.source" label="Source" side="right" width={376}>
            <SourceLines source={source} range={range} onSelect={select} />
          </SidePane>
        )}
      </Panes>
    </>
  );
}
