import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { DifferencePart } from '../../../main/contract/documents/difference.ts';
import { useCommands } from '../../commands/index.ts';
import { editsText } from '../../commands/keys.ts';
import { ask, attempt, preferences } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { writeClipboard } from '../clipboard.ts';
import { DifferenceBar } from './DifferenceBar.tsx';
import { DifferenceGrid, type GridHandle } from './DifferenceGrid.tsx';
import { ExplanationPane } from './ExplanationPane.tsx';
import { linesOf } from './ExplanationTree.tsx';
import { differenceFocused } from './focused.ts';
import { LineDifference } from './LineDifference.tsx';
import { type PlaceSelection, selectedPlaces } from './places.ts';
import { SelectionWords } from './SelectionWords.tsx';
import type { DifferenceSides, SideNames } from './sides.ts';
import { type AlignedFiles, useAlignedCache, useExplanation, useOutsideWords } from './use-difference.ts';

interface AlignedViewProps {
  readonly sides: DifferenceSides;
  readonly names: SideNames;
  readonly aligned: AlignedFiles;
  readonly autoFocus: boolean;
}

/** Most places that are copied at once. */
const COPIED = 1 << 16;

/** Two aligned files: the bar over them, the bytes or lines, and what the difference is about. */
export function AlignedView({ sides, names, aligned, autoFocus }: AlignedViewProps) {
  const { summary, a, b, length } = aligned;
  const { cache, version } = useAlignedCache(sides, length);
  const explained = useExplanation(sides, summary.places > 0);
  // One after the other: what Assay says comes first.
  const outside = useOutsideWords(sides, explained.value !== null);
  const [selection, select] = useState<PlaceSelection>({ side: 'a', anchor: 0, caret: 0 });
  const [place, setPlace] = useState(0);
  const [view, setView] = useState<'bytes' | 'lines'>('bytes');
  const grid = useRef<GridHandle>(null);
  const lines = explained.value?.explanation ? linesOf(explained.value.explanation) : null;
  const [focused, setFocused] = useState(false);

  const step = useCallback(
    (by: 1 | -1, from: number) =>
      attempt('The next difference was not found', async () => {
        const next = await ask('difference.next', { ...sides, from, step: by }, { quiet: true });
        if (!next) return;
        select(old => ({
          side: old.side,
          anchor: next.at + Math.min(next.length, COPIED) - 1,
          caret: next.at,
        }));
        setPlace(next.number);
      }),
    [sides],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for these files
  useEffect(() => {
    void step(1, -1);
    if (autoFocus) grid.current?.focus();
    return () => differenceFocused.set(false);
  }, []);
  const goTo = (side: 'a' | 'b', offset: number) =>
    attempt('There is no such byte', async () => {
      const { at } = await ask('difference.place', { ...sides, side, offset }, { quiet: true });
      select({ side, anchor: at, caret: at });
      setView('bytes');
    });
  const showPart = (part: DifferencePart) => {
    const [side, stretch] = part.a && part.a.length > 0 ? (['a', part.a] as const) : (['b', part.b] as const);
    if (stretch && stretch.offset < aligned[side].size)
      void goTo(side, stretch.offset).then(() => grid.current?.focus());
    else if (part.lines.length > 0) setView('lines');
  };
  const copy = () => void attempt('Nothing was copied', () => copySelection(sides, selection));
  const differs = summary.places > 0;
  useCommands(
    () => [
      {
        id: 'difference.next',
        title: 'Next differing bytes',
        group: 'On this page',
        ...(focused && { keys: 'N' }),
        enabled: differs,
        run: () => void step(1, selection.caret),
      },
      {
        id: 'difference.previous',
        title: 'Previous differing bytes',
        group: 'On this page',
        ...(focused && { keys: 'Shift N' }),
        enabled: differs,
        run: () => void step(-1, selection.caret),
      },
      {
        id: 'difference.bytes',
        title: 'Go into the bytes that differ',
        group: 'On this page',
        keys: 'B',
        run: () => {
          setView('bytes');
          requestAnimationFrame(() => grid.current?.focus());
        },
      },
    ],
    [step, selection, focused, differs],
  );
  /** Commands rest while a dialog is open; the difference in a dialog takes its keys itself. */
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, altKey, metaKey, shiftKey, currentTarget, target } = event;
    if (key.toLowerCase() !== 'n' || ctrlKey || altKey || metaKey || editsText(target)) return;
    if (!currentTarget.closest('[role="dialog"]') || preferences.get()?.singleKeys === false) return;
    event.preventDefault();
    void step(shiftKey ? -1 : 1, selection.caret);
  };
  const focus = (inside: boolean) => {
    setFocused(inside);
    differenceFocused.set(inside);
  };
  return (
    <section
      className="diff"
      aria-label="Difference, byte by byte"
      onFocus={() => focus(true)}
      onKeyDown={press}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && focus(false)}
    >
      <DifferenceBar
        {...{ aligned, place, lines: lines !== null, view, focused, side: selection.side }}
        onView={setView}
        onGo={goTo}
        onStep={by => void step(by, selection.caret)}
      />
      <div className="diff-body">
        <div className="diff-main">
          <div className="diff-heads">
            <SideHead name={names.a} {...a} />
            <SideHead name={names.b} {...b} />
          </div>
          {view === 'lines' && lines ? (
            <LineDifference rows={lines.lines} label="Lines that differ" />
          ) : (
            <DifferenceGrid
              ref={grid}
              cache={cache}
              version={version}
              label={`${names.a} beside ${names.b}`}
              sizes={{ a: a.size, b: b.size }}
              selection={selection}
              onSelect={select}
              onCopy={copy}
            />
          )}
          <SelectionWords cache={cache} selection={selection} version={version} />
        </div>
        {differs && <ExplanationPane explained={explained} outside={outside} onShow={showPart} />}
      </div>
    </section>
  );
}

function SideHead({
  name,
  sha256,
  size,
}: {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}) {
  return (
    <div className="diff-head cut">
      <span className="strong">
        <Inert text={name} prose />
      </span>{' '}
      <Hash value={sha256} /> <span className="t2">{counted(size, 'byte')}</span>
    </div>
  );
}

/** Copies the selected bytes of the side that is selected, as hex. */
async function copySelection(sides: DifferenceSides, selection: PlaceSelection): Promise<void> {
  const { start, end } = selectedPlaces(selection);
  const length = Math.min(end - start, COPIED);
  const part = await ask('difference.part', { ...sides, at: start, length }, { quiet: true });
  const bytes = Uint8Array.from(atob(selection.side === 'a' ? part.a : part.b), each => each.charCodeAt(0));
  await writeClipboard([...bytes].map(byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(' '));
}
