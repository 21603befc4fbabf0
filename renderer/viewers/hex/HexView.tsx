import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import type { ByteRange, ByteSource } from './byte-source.ts';
import { DecorationIndex, type HexDecoration, type HexReviewer, joined } from './decorations.ts';
import { HexHead } from './HexHead.tsx';
import { HexRow } from './HexRow.tsx';
import { addressDigits, COLUMNS, offsetText, ROW_HEIGHT, rowCount, spokenByte } from './layout.ts';
import type { PageCache } from './page-cache.ts';
import { foundBits, type Places } from './places.ts';
import { type HexSelection, selectedRange, selectionAfter } from './selection.ts';
import { useHexPointer } from './use-hex-pointer.ts';
import { useHexScroll, useKeptInView } from './use-hex-scroll.ts';
import { usePageCache } from './use-page-cache.ts';
import './hex.css';

/** What a page may ask of a hex view. */
export interface HexHandle {
  focus(): void;
  /** Moves a byte into view. */
  show(offset: number): void;
}

export interface HexViewProps {
  readonly source: ByteSource;
  /** What these bytes are, for a reader of the screen. */
  readonly label: string;
  readonly selection: HexSelection;
  readonly onSelect: (selection: HexSelection) => void;
  /** Annotations; leave out where nobody annotates. */
  readonly decorations?: readonly HexDecoration[];
  /** Whose coverage the gutter shows, the first reviewer first. */
  readonly reviewers?: readonly HexReviewer[];
  /** The byte with the dashed frame: the next unexplained one. */
  readonly framed?: number | null;
  /** What a search found, to be marked. */
  readonly places?: Places | null;
  /** Added to offsets in the address column. */
  readonly base?: number;
  /** Keys that the grid does not take itself. */
  readonly onKey?: (event: KeyboardEvent) => void;
  /** Asked for a menu on the selection, at a place of the screen. */
  readonly onMenu?: (place: { readonly left: number; readonly top: number }) => void;
  readonly ref?: Ref<HexHandle>;
}

const NOBODY: readonly HexReviewer[] = [];

/** Bytes of any number, read-only: address, figures, text; exact selection by mouse and keys; one tab stop. */
export function HexView(props: HexViewProps) {
  const { source, selection, onSelect, decorations, reviewers = NOBODY, framed = null, base = 0 } = props;
  const places = props.places ?? null;
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const { cache, version } = usePageCache(source);
  const rows = rowCount(source.size);
  const scroll = useHexScroll(scroller, rows);
  const first = Math.floor(scroll.top / ROW_HEIGHT);
  const shown = Math.max(0, Math.min(rows - first, Math.ceil(scroll.view / ROW_HEIGHT) + 1));
  const { caret } = selection;
  const digits = addressDigits(source.size + base);
  const index = useMemo(() => (decorations ? new DecorationIndex(decorations) : null), [decorations]);
  const annotated = index !== null;
  const covered = useMemo(() => coverLines(reviewers, annotated), [reviewers, annotated]);
  const range = selectedRange(selection, source.size);
  const pointer = useHexPointer({ scroller, size: source.size, top: scroll.top, selection, onSelect });

  useEffect(() => cache.want(first * COLUMNS, (first + shown) * COLUMNS), [cache, first, shown]);
  const measured = scroll.view > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file begins where its caret is
  useEffect(() => {
    if (measured) scroll.show(Math.floor(caret / COLUMNS));
  }, [caret, source, scroll.show, measured]);
  useKeptInView(scroll, Math.floor(caret / COLUMNS));
  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus(),
    show: offset => scroll.show(Math.floor(offset / COLUMNS)),
  }));

  const press = (event: KeyboardEvent) => {
    const key = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey };
    const page = Math.max(1, Math.floor(scroll.view / ROW_HEIGHT) - 1);
    const next = event.altKey || source.size === 0 ? null : selectionAfter(selection, key, source.size, page);
    if (!next) return props.onKey?.(event);
    event.preventDefault();
    onSelect(next);
    return undefined;
  };
  const openMenu = (event: MouseEvent<HTMLElement>) => {
    if (!props.onMenu) return;
    event.preventDefault();
    const byKey = event.button !== 2;
    const offset = byKey ? null : pointer.offsetAt(event.clientX, event.clientY, event.target);
    if (offset !== null && (offset < range.start || offset >= range.end))
      onSelect({ anchor: offset, caret: offset });
    const box = document.getElementById(`${name}-${caret}`)?.getBoundingClientRect();
    props.onMenu(
      byKey && box ? { left: box.left, top: box.bottom } : { left: event.clientX, top: event.clientY },
    );
  };
  const failure = cache.failureAt(Math.min(first * COLUMNS, Math.max(0, source.size - 1)));

  return (
    <div className="hex">
      {failure !== undefined && <Unread reason={failure} cache={cache} start={first * COLUMNS} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes */}
      <div
        className={`hex-scroll${index ? ' hex-annotated' : ''}`}
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-readonly="true"
        aria-multiselectable="true"
        aria-rowcount={rows + 1}
        aria-colcount={COLUMNS + 1}
        aria-activedescendant={
          source.size > 0 && inView(caret, first, shown) ? `${name}-${caret}` : undefined
        }
        onScroll={scroll.onScroll}
        onKeyDown={press}
        onContextMenu={openMenu}
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerUp}
        onPointerCancel={pointer.onPointerCancel}
      >
        <div className="hex-space" role="presentation" style={{ height: scroll.height }}>
          <HexHead digits={digits} reviewers={reviewers} gutter={covered.length > 0} />
          <div className="hex-sheet" role="presentation" style={{ height: scroll.view }}>
            <div
              role="presentation"
              style={{ transform: `translateY(${first * ROW_HEIGHT - scroll.top}px)` }}
            >
              {Array.from({ length: shown }, (_, i) => {
                const row = first + i;
                const start = row * COLUMNS;
                const caretHere = Math.floor(caret / COLUMNS) === row;
                return (
                  <HexRow
                    key={row % (shown + 1)}
                    cache={cache}
                    version={version}
                    row={row}
                    digits={digits}
                    base={base}
                    index={index}
                    covered={covered}
                    selectedFrom={Math.max(0, Math.min(COLUMNS, range.start - start))}
                    selectedTo={Math.max(0, Math.min(COLUMNS, range.end - start))}
                    caret={caretHere ? caret % COLUMNS : -1}
                    framed={framed !== null && Math.floor(framed / COLUMNS) === row ? framed % COLUMNS : -1}
                    found={places ? foundBits(places, start) : 0}
                    name={name}
                    spoken={caretHere ? spoken(cache, caret, base, index) : undefined}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** Where annotations are shown the gutter has two lines, hollow for who has not begun. */
function coverLines(reviewers: readonly HexReviewer[], annotated: boolean): (readonly ByteRange[])[] {
  const lines: (readonly ByteRange[])[] = reviewers.map(reviewer => joined(reviewer.ranges));
  while (annotated && lines.length < 2) lines.push([]);
  return lines;
}

function inView(caret: number, first: number, shown: number): boolean {
  const row = Math.floor(caret / COLUMNS);
  return row >= first && row < first + shown;
}

/** Byte, address and what is said about it. */
function spoken(cache: PageCache, offset: number, base: number, index: DecorationIndex | null): string {
  const byte = cache.byteAt(offset);
  const said = index?.at(offset).map(({ kind, label }) => `${kind}: ${label}`) ?? [];
  const parts = [byte === undefined ? 'not read yet' : spokenByte(byte), `at ${offsetText(offset + base)}`];
  if (index) parts.push(said.length > 0 ? said.join('; ') : 'unexplained');
  return parts.join(', ');
}

function Unread({
  reason,
  cache,
  start,
}: {
  readonly reason: unknown;
  readonly cache: PageCache;
  readonly start: number;
}) {
  const words =
    typeof reason === 'object' && reason !== null && 'message' in reason
      ? String(reason.message)
      : String(reason);
  const again = () => {
    cache.retry();
    cache.want(start, start + COLUMNS);
  };
  return (
    <div className="hex-unread" role="alert">
      <span className="selectable grow">These bytes could not be read: {words}</span>
      <button type="button" className="bp6-button bp6-small" onClick={again}>
        Read again
      </button>
    </div>
  );
}
