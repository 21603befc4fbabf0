import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ByteRange, ByteSource } from './byte-source.ts';
import { COLUMNS, hexOf, offsetText, textOf } from './layout.ts';
import { allListed, type Places, placeAt } from './places.ts';

/** Height of a row in pixels. */
const ROW = 20;

interface HexPlacesProps {
  readonly source: ByteSource;
  readonly places: Places;
  readonly selected: ByteRange;
  readonly onSelect: (range: ByteRange) => void;
}

/** Every place that a search found, with the bytes from it on. One tab stop; arrows go from place to place. */
export function HexPlaces({ source, places, selected, onSelect }: HexPlacesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const { offsets, length } = places;
  const current = placeAt(places, selected);
  const rows = useVirtualizer({
    count: offsets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 4,
  });
  useEffect(() => {
    if (current >= 0) rows.scrollToIndex(current);
  }, [current, rows]);
  const press = (event: KeyboardEvent) => {
    const last = offsets.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(last, current + 1),
      ArrowUp: Math.max(0, current - 1),
      Home: 0,
      End: last,
    };
    const start = offsets[targets[event.key] ?? -1];
    if (start === undefined) return;
    event.preventDefault();
    onSelect({ start, end: start + length });
  };
  return (
    <div
      className="hex-places"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label={allListed(places) ? 'Places' : `The first ${offsets.length} places`}
      aria-activedescendant={current >= 0 ? `${name}-${current}` : undefined}
      onKeyDown={press}
    >
      <div role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start: top }) => {
          const offset = offsets[index] as number;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list is the one tab stop and names its active option
            <div
              key={index}
              id={`${name}-${index}`}
              className={index === current ? 'hex-place hex-place-selected' : 'hex-place'}
              role="option"
              aria-selected={index === current}
              aria-setsize={offsets.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${top}px)` }}
              onClick={() => onSelect({ start: offset, end: offset + length })}
            >
              <span>{offsetText(offset)}</span>
              <Excerpt source={source} offset={offset} length={length} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface ExcerptProps {
  readonly source: ByteSource;
  readonly offset: number;
  readonly length: number;
}

/** The bytes from a place on, those that were looked for in semibold. */
function Excerpt({ source, offset, length }: ExcerptProps) {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  useEffect(() => {
    let current = true;
    source.read(offset, Math.min(COLUMNS, source.size - offset)).then(
      read => current && setBytes(read),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [source, offset]);
  if (!bytes) return null;
  const figures = Array.from(bytes, hexOf);
  return (
    <>
      <span>
        <b>{figures.slice(0, length).join(' ')}</b> {figures.slice(length).join(' ')}
      </span>
      <span className="t2">{Array.from(bytes, textOf).join('')}</span>
    </>
  );
}
