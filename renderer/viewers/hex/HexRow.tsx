import { memo } from 'react';
import type { ByteRange } from './byte-source.ts';
import {
  type DecorationIndex,
  type DecorationKind,
  LEVELS,
  overlaps,
  tints,
  type Underline,
} from './decorations.ts';
import { HexGutter } from './HexGutter.tsx';
import { addressText, COLUMNS, hexOf, textOf } from './layout.ts';
import type { PageCache } from './page-cache.ts';
import { hexRow } from './row.ts';

export interface HexRowProps {
  readonly cache: PageCache;
  /** Makes the row be drawn again when bytes have come. */
  readonly version: number;
  readonly row: number;
  readonly digits: number;
  /** Added to offsets in the address column. */
  readonly base: number;
  /** Null where nobody annotates: figures are then plain. */
  readonly index: DecorationIndex | null;
  readonly covered: readonly (readonly ByteRange[])[];
  /** Selected columns, `to` left out; both 0 when none is. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** Column of the caret, -1 when it is in another row. */
  readonly caret: number;
  /** Columns that a search found, one bit each. */
  readonly found: number;
  /** Column with the dashed frame, -1 when there is none. */
  readonly framed: number;
  /** Start of the ids of cells. */
  readonly name: string;
  /** What a reader hears on the caret's cell. */
  readonly spoken: string | undefined;
}

/** Sixteen bytes: address, gutter, figures, text. */
export const HexRow = memo(function HexRow(props: HexRowProps) {
  const { cache, row, digits, base, index, covered, selectedFrom, selectedTo } = props;
  const { start, bytes } = hexRow(cache, row);
  const lines = index?.underlines(start, bytes.length) ?? [];
  const kinds = tints(lines, bytes.length);
  const counts = lines.length > LEVELS ? overlaps(lines, bytes.length) : null;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes
    <div className="hex-row" role="row" aria-rowindex={row + 2}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span className="hex-address" role="rowheader">
        {addressText(start + base, digits)}
      </span>
      {covered.length > 0 && <HexGutter covered={covered} start={start} length={bytes.length} />}
      <span className="hex-bytes" role="presentation">
        {bytes.map((byte, column) => cell(props, start + column, column, byte, kinds[column] ?? null))}
        {lines.length > 0 && <Underlines lines={lines} />}
        {counts && <Counts counts={counts} />}
      </span>
      <TextColumn bytes={bytes} from={selectedFrom} to={selectedTo} />
    </div>
  );
});

/** One byte. An element, no component: there are hundreds in view, and all of them change with each line scrolled. */
function cell(
  row: HexRowProps,
  offset: number,
  column: number,
  byte: number | undefined,
  kind: DecorationKind | null,
) {
  const selected = column >= row.selectedFrom && column < row.selectedTo;
  const isCaret = column === row.caret;
  let className = 'hex-cell';
  if (row.index) className += ` hex-${kind ?? 'plain'}`;
  if (row.found & (1 << column)) className += ' hex-found';
  if (selected) className += ' hex-selected';
  if (isCaret) className += ' hex-caret';
  if (column === row.framed) className += ' hex-framed';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes
    <span
      key={column}
      className={className}
      role="gridcell"
      id={`${row.name}-${offset}`}
      aria-colindex={column + 2}
      aria-selected={selected}
      aria-label={isCaret ? row.spoken : undefined}
    >
      {byte === undefined ? '··' : hexOf(byte)}
    </span>
  );
}

/** Lines under bytes, broken at the gap between the halves. */
function Underlines({ lines }: { readonly lines: readonly Underline[] }) {
  const half = COLUMNS / 2;
  const parts = lines.flatMap(line =>
    line.from < half && line.to > half
      ? [
          { ...line, to: half },
          { ...line, from: half },
        ]
      : [line],
  );
  return (
    <span className="hex-lines" aria-hidden="true">
      {parts.map(({ id, kind, level, from, to, colour }) => (
        <i
          key={`${id} ${from}`}
          className={`hex-line-${kind} hex-level-${level}`}
          style={{
            left: `calc(${from * 3}ch + ${from >= half ? 'var(--hex-gap)' : '0px'})`,
            width: `${(to - from) * 3}ch`,
            borderBottomColor: colour,
          }}
        />
      ))}
    </span>
  );
}

/** How many annotations lie on bytes that have more of them than lines, at the first byte of each such run. */
function Counts({ counts }: { readonly counts: readonly number[] }) {
  return (
    <span className="hex-counts" aria-hidden="true">
      {counts.map((count, column) =>
        count > LEVELS && counts[column - 1] !== count ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is what tells them apart
          <i key={column} style={{ left: columnLeft(column + 1) }}>
            <b>{count}</b>
          </i>
        ) : null,
      )}
    </span>
  );
}

/** Where a column begins. */
function columnLeft(column: number): string {
  return `calc(${column * 3}ch + ${column > COLUMNS / 2 ? 'var(--hex-gap)' : '0px'})`;
}

interface TextColumnProps {
  readonly bytes: readonly (number | undefined)[];
  readonly from: number;
  readonly to: number;
}

function TextColumn({ bytes, from, to }: TextColumnProps) {
  const text = bytes.map(byte => (byte === undefined ? ' ' : textOf(byte))).join('');
  return (
    <span className="hex-text" aria-hidden="true">
      {text.slice(0, from)}
      {to > from && <mark>{text.slice(from, to)}</mark>}
      {text.slice(Math.max(from, to))}
    </span>
  );
}
