import {
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { addressDigits, offsetText, ROW_HEIGHT, spokenByte } from '../hex/layout.ts';
import { useHexScroll } from '../hex/use-hex-scroll.ts';
import type { AlignedCache } from './aligned-cache.ts';
import { DifferenceRow } from './DifferenceRow.tsx';
import { type PlaceSelection, selectedPlaces, selectionAfterKey } from './places.ts';

/** What the view around the grid may ask of it. */
export interface GridHandle {
  focus(): void;
}

interface DifferenceGridProps {
  readonly cache: AlignedCache;
  /** Grows whenever bytes have come. */
  readonly version: number;
  readonly label: string;
  /** Sizes of both files, for the width of addresses. */
  readonly sizes: { readonly a: number; readonly b: number };
  readonly selection: PlaceSelection;
  readonly onSelect: (selection: PlaceSelection) => void;
  readonly onCopy: () => void;
  readonly ref?: Ref<GridHandle>;
}

/** Below this width of the grid, in pixels, a row has eight bytes a side. */
const WIDE = 1110;

/** Rows that are shown around a place that was out of view. */
const AROUND = 4;

/** Two aligned files beside each other, read-only: one scroll, one tab stop, exact selection by mouse and keys. */
export function DifferenceGrid(props: DifferenceGridProps) {
  const { cache, version, selection, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const columns = useColumns(scroller);
  const rows = Math.max(1, Math.ceil(cache.length / columns));
  const scroll = useHexScroll(scroller, rows);
  const first = Math.floor(scroll.top / ROW_HEIGHT);
  const shown = Math.max(0, Math.min(rows - first, Math.ceil(scroll.view / ROW_HEIGHT) + 1));
  const digits = addressDigits(Math.max(props.sizes.a, props.sizes.b));
  const { caret, side } = selection;
  const range = selectedPlaces(selection);
  const caretRow = Math.floor(caret / columns);
  useEffect(() => cache.want(first * columns, (first + shown) * columns), [cache, first, shown, columns]);
  const drawn = useRef({ first, shown });
  drawn.current = { first, shown };
  useEffect(() => {
    const { first: top, shown: count } = drawn.current;
    // What was out of view comes with some rows around it; what is in view does not move under the pointer.
    if (caretRow < top || caretRow >= top + count - 1) {
      scroll.show(Math.min(rows - 1, caretRow + AROUND));
      scroll.show(Math.max(0, caretRow - AROUND));
    }
    scroll.show(caretRow);
  }, [caretRow, rows, scroll.show]);
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }));

  const press = (event: KeyboardEvent) => {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      return props.onCopy();
    }
    const page = Math.max(1, Math.floor(scroll.view / ROW_HEIGHT) - 1);
    const key = { key: event.key, ctrl, shift: event.shiftKey };
    const next = event.altKey
      ? null
      : selectionAfterKey(selection, key, { length: cache.length, columns, page });
    if (!next) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return onSelect(next);
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const place = placeUnder(event);
    if (event.button !== 0 || !place) return;
    onSelect({ side: place.side, anchor: event.shiftKey ? selection.anchor : place.at, caret: place.at });
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const place = event.buttons === 1 ? placeUnder(event) : null;
    if (place && place.at !== caret) onSelect({ ...selection, caret: place.at });
  };
  return (
    <div className="hex diff-grid">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes */}
      <div
        className="hex-scroll"
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-readonly="true"
        aria-multiselectable="true"
        aria-rowcount={rows + 1}
        aria-colcount={columns * 2 + 2}
        aria-activedescendant={
          caretRow >= first && caretRow < first + shown ? `${name}-${side}-${caret}` : undefined
        }
        onScroll={scroll.onScroll}
        onKeyDown={press}
        onPointerDown={point}
        onPointerMove={drag}
      >
        <div className="hex-space" role="presentation" style={{ height: scroll.height }}>
          <GridHead columns={columns} digits={digits} />
          <div className="hex-sheet" role="presentation" style={{ height: scroll.view }}>
            <div
              role="presentation"
              style={{ transform: `translateY(${first * ROW_HEIGHT - scroll.top}px)` }}
            >
              {Array.from({ length: shown }, (_, i) => {
                const row = first + i;
                const within = (place: number) => Math.max(0, Math.min(columns, place - row * columns));
                return (
                  <DifferenceRow
                    key={row % (shown + 1)}
                    {...{ cache, version, row, columns, digits, name, side }}
                    selectedFrom={within(range.start)}
                    selectedTo={within(range.end)}
                    caret={caretRow === row ? caret % columns : -1}
                    spoken={caretRow === row ? spoken(cache, caret, side) : undefined}
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

function GridHead({ columns, digits }: { readonly columns: number; readonly digits: number }) {
  const half = (side: 'a' | 'b') => (
    <div className={`diff-half diff-${side}`} role="presentation">
      {/* biome-ignore lint/a11y/useFocusableInteractive: heads are not gone to */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes */}
      <span
        className="hex-address"
        role="columnheader"
        aria-label={side === 'a' ? 'First file, offset' : 'Second file, offset'}
      >
        {'at'.padEnd(digits)}
      </span>
      <span className={`hex-bytes diff-bytes-${columns}`} role="presentation">
        {Array.from({ length: columns }, (_, column) => (
          // biome-ignore lint/a11y/useFocusableInteractive: heads are not gone to
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/suspicious/noArrayIndexKey: a head is its column
          <span key={column} className="hex-cell" role="columnheader" aria-label={`${side} +${column}`}>
            {column.toString(16).toUpperCase().padStart(2, '0')}
          </span>
        ))}
      </span>
    </div>
  );
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: heads are not gone to
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div className="diff-row hex-head" role="row" aria-rowindex={1}>
      {half('a')}
      {half('b')}
    </div>
  );
}

function placeUnder(event: PointerEvent<HTMLElement>): { side: 'a' | 'b'; at: number } | null {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest('[role="gridcell"]');
  const found = /-([ab])-(\d+)$/.exec(cell?.id ?? '');
  return found ? { side: found[1] === 'a' ? 'a' : 'b', at: Number(found[2]) } : null;
}

/** The byte, the one opposite it, and where it is. */
function spoken(cache: AlignedCache, place: number, side: 'a' | 'b'): string {
  const cell = cache.at(place);
  if (!cell) return 'not read yet';
  const words = (byte: number | null) => (byte === null ? 'nothing' : spokenByte(byte));
  const [own, other] = side === 'a' ? [cell.a, cell.b] : [cell.b, cell.a];
  const offset = side === 'a' ? cell.aOffset : cell.bOffset;
  const where = `${side === 'a' ? 'first' : 'second'} file at ${offsetText(offset)}`;
  return `${words(own)}, ${where}, ${cell.differs ? `differs: ${words(other)} in the other` : 'the same in both'}`;
}

function useColumns(scroller: React.RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(16);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setColumns(element.clientWidth >= WIDE ? 16 : 8);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return columns;
}
