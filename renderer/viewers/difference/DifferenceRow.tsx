import { memo } from 'react';
import { addressText, hexOf, textOf } from '../hex/layout.ts';
import type { AlignedCache, AlignedCell } from './aligned-cache.ts';

export interface DifferenceRowProps {
  readonly cache: AlignedCache;
  /** Makes the row be drawn again when bytes have come. */
  readonly version: number;
  readonly row: number;
  readonly columns: number;
  readonly digits: number;
  /** Start of the ids of cells. */
  readonly name: string;
  /** Selected columns, `to` left out, and on which side; both 0 when none is. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly side: 'a' | 'b';
  /** Column of the caret, -1 when it is in another row. */
  readonly caret: number;
  /** What a reader hears on the caret's cell. */
  readonly spoken: string | undefined;
}

/** One row of both files. Where one has nothing, it has a gap. */
export const DifferenceRow = memo(function DifferenceRow(props: DifferenceRowProps) {
  const { cache, row, columns } = props;
  const start = row * columns;
  const length = Math.max(0, Math.min(columns, cache.length - start));
  const cells = Array.from({ length }, (_, column) => cache.at(start + column));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes
    <div className="diff-row" role="row" aria-rowindex={row + 2}>
      <Half {...props} own="a" cells={cells} />
      <Half {...props} own="b" cells={cells} />
    </div>
  );
});

interface HalfProps extends DifferenceRowProps {
  readonly own: 'a' | 'b';
  readonly cells: readonly (AlignedCell | undefined)[];
}

function Half({ own, cells, columns, digits, row, name, ...props }: HalfProps) {
  const first = cells[0];
  const address = own === 'a' ? first?.aOffset : first?.bOffset;
  const byteOf = (cell: AlignedCell | undefined) => (own === 'a' ? cell?.a : cell?.b);
  const isEmpty = cells.every(cell => cell && byteOf(cell) === null);
  return (
    <div className={`diff-half diff-${own}`} role="presentation">
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span className="hex-address" role="rowheader">
        {address === undefined || isEmpty ? ' '.repeat(digits) : addressText(address, digits)}
      </span>
      <span className={`hex-bytes diff-bytes-${columns}`} role="presentation">
        {cells.map((cell, column) => {
          const byte = byteOf(cell);
          const selected = own === props.side && column >= props.selectedFrom && column < props.selectedTo;
          const isCaret = own === props.side && column === props.caret;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active cell
            // biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
              key={column}
              className={`hex-cell${classOf(cell, byte)}${selected ? ' hex-selected' : ''}${isCaret ? ' hex-caret' : ''}`}
              role="gridcell"
              id={`${name}-${own}-${row * columns + column}`}
              aria-colindex={column + 2 + (own === 'b' ? columns + 1 : 0)}
              aria-selected={selected}
              aria-label={isCaret ? props.spoken : undefined}
            >
              {byte === undefined ? '··' : byte === null ? '  ' : hexOf(byte)}
            </span>
          );
        })}
      </span>
      <span className="hex-text" aria-hidden="true">
        {textPieces(cells.map(cell => [cell, byteOf(cell)] as const))}
      </span>
    </div>
  );
}

function classOf(cell: AlignedCell | undefined, byte: number | null | undefined): string {
  if (!cell?.differs) return '';
  if (byte === null) return ' diff-gap';
  return cell.unaligned ? ' diff-unaligned' : ' diff-byte';
}

/** The text column, differing characters together in one mark each. */
function textPieces(cells: readonly (readonly [AlignedCell | undefined, number | null | undefined])[]) {
  const pieces: { text: string; differs: boolean; at: number }[] = [];
  cells.forEach(([cell, byte], at) => {
    const text = byte === undefined || byte === null ? ' ' : textOf(byte);
    const differs = cell?.differs === true && byte !== null && !cell.unaligned;
    const last = pieces.at(-1);
    if (last && last.differs === differs) last.text += text;
    else pieces.push({ text, differs, at });
  });
  return pieces.map(({ text, differs, at }) =>
    differs ? (
      <mark key={at} className="diff-mark">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
