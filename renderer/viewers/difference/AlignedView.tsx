import { Button, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { DifferencePart } from '../../../main/contract/difference-documents.ts';
import { useCommands } from '../../commands/index.ts';
import { ask, attempt } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { writeClipboard } from '../clipboard.ts';
import type { AlignedCache } from './aligned-cache.ts';
import { DifferenceGrid, type GridHandle } from './DifferenceGrid.tsx';
import { ExplanationPane } from './ExplanationPane.tsx';
import { linesOf } from './ExplanationTree.tsx';
import { differenceFocused } from './focused.ts';
import { LineDifference } from './LineDifference.tsx';
import { type PlaceSelection, selectedPlaces, typedOffset } from './places.ts';
import type { DifferenceSides, SideNames } from './sides.ts';
import { type AlignedFiles, useAlignedCache, useExplanation } from './use-difference.ts';

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
  const focus = (inside: boolean) => {
    setFocused(inside);
    differenceFocused.set(inside);
  };
  return (
    <section
      className="diff"
      aria-label="Difference, byte by byte"
      onFocus={() => focus(true)}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && focus(false)}
    >
      <div className="diff-bar">
        <span className="strong" role="status">
          {differs ? amountWords(summary) : 'The two files are the same'}
        </span>
        {differs && place > 0 && (
          <span className="t2">
            place {number(place)} of {number(summary.places)}
          </span>
        )}
        {!summary.exact && (
          <span className="t3 cut" title="Places that belong together were found by samples">
            a shorter account may exist
          </span>
        )}
        <span className="grow" />
        {lines && (
          <SegmentedControl
            size="small"
            options={[
              { label: 'Bytes', value: 'bytes' },
              { label: 'Lines', value: 'lines' },
            ]}
            value={view}
            onValueChange={value => setView(value === 'lines' ? 'lines' : 'bytes')}
          />
        )}
        <GoTo size={Math.max(a.size, b.size)} side={selection.side} onGo={goTo} />
        <Button
          size="small"
          variant="minimal"
          icon={<ArrowUpIcon />}
          aria-label="Previous differing bytes"
          disabled={!differs}
          onClick={() => void step(-1, selection.caret)}
        />
        <Button
          size="small"
          variant="minimal"
          icon={<ArrowDownIcon />}
          disabled={!differs}
          onClick={() => void step(1, selection.caret)}
        >
          Next bytes {focused && <Kbd keys="N" />}
        </Button>
      </div>
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
        {differs && <ExplanationPane explained={explained} onShow={showPart} />}
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

/** How much differs, in words: `6 bytes in 1 place`. */
export function amountWords({
  places,
  changed,
  inserted,
  deleted,
  unaligned,
}: AlignedFiles['summary']): string {
  const parts = [
    [changed, 'changed'],
    [inserted, 'only in the second'],
    [deleted, 'only in the first'],
    [unaligned, 'not aligned'],
  ] as const;
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${counted(count, 'byte')} ${word}`] : []));
  return `${words.join(', ')} in ${counted(places, 'place')}`;
}

interface GoToProps {
  readonly size: number;
  readonly side: 'a' | 'b';
  readonly onGo: (side: 'a' | 'b', offset: number) => void;
}

function GoTo({ size, side, onGo }: GoToProps) {
  const [typed, setTyped] = useState('');
  const offset = typedOffset(typed);
  const isWrong = typed !== '' && (offset === null || offset >= size);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || offset === null || isWrong) return;
    event.preventDefault();
    onGo(side, offset);
  };
  return (
    <InputGroup
      size="small"
      className="diff-goto"
      aria-label={`Offset in the ${side === 'a' ? 'first' : 'second'} file`}
      placeholder="Offset, 0x or #"
      spellCheck={false}
      intent={isWrong ? 'warning' : 'none'}
      value={typed}
      onValueChange={setTyped}
      onKeyDown={press}
    />
  );
}

interface SelectionWordsProps {
  readonly cache: AlignedCache;
  readonly selection: PlaceSelection;
  readonly version: number;
}

/** Places whose bytes are counted for the words about a selection. */
const COUNTED = 1 << 14;

/** What is selected, and how much of it differs. */
function SelectionWords({ cache, selection }: SelectionWordsProps) {
  const { start, end } = selectedPlaces(selection);
  const [first, last] = [cache.at(start), cache.at(end - 1)];
  const offsets = (side: 'aOffset' | 'bOffset') =>
    first && last ? `0x${first[side].toString(16).toUpperCase()}` : '…';
  let differing: number | null = 0;
  for (let at = start; at < Math.min(end, start + COUNTED) && differing !== null; at += 1) {
    const cell = cache.at(at);
    differing = cell ? differing + Number(cell.differs) : null;
  }
  const count = end - start;
  const words =
    differing === null || count > COUNTED
      ? ''
      : `, ${differing === 0 ? 'all the same' : `${number(differing)} differ`}`;
  return (
    <div className="diff-status t2" role="status">
      {counted(count, 'place')} selected at {offsets('aOffset')} and {offsets('bOffset')}
      {words}. <span className="t3">S goes to the other side, Shift extends, Ctrl C copies.</span>
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
