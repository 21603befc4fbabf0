import { ChevronRightIcon } from '@blueprintjs/icons';
import { memo } from 'react';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Account, baseName, cellWords, type MatrixRow, type Row } from './compared.ts';
import { MarkAlone, MatrixCell } from './MatrixCells.tsx';
import { FIXED, type MatrixLayout, ROW_HEIGHT } from './matrix-layout.ts';

/** What all rows of a matrix share. */
export interface CellPlace {
  /** Start of the ids of cells. */
  readonly id: string;
  readonly layout: MatrixLayout;
  /** Columns in view. */
  readonly range: { readonly first: number; readonly end: number };
  readonly reports: readonly Account[];
  /** Path of the first divergence. */
  readonly first: string | null;
}

interface MatrixRowProps extends CellPlace {
  readonly row: MatrixRow;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly column: number | null;
  readonly onChoose: (column: number | null) => void;
  readonly onOpen: () => void;
}

/** One artifact, or several of which the same is to be said. */
export const MatrixRowView = memo(
  function MatrixRowView(props: MatrixRowProps) {
    const { row, index, top, selected, column, layout, range, reports, id, onChoose, onOpen } = props;
    const shown: Row | undefined = row.kind === 'artifact' ? row.row : row.rows[0];
    if (!shown) return null;
    const isFirst = row.kind === 'artifact' && row.row.path === props.first;
    return (
      // biome-ignore lint/a11y/useSemanticElements: see the grid
      // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
      <div
        id={`${id}-${index}-row`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        className={`cm-row${isFirst ? ' cm-first' : ''}`}
        style={{ height: ROW_HEIGHT, width: layout.width, transform: `translateY(${top}px)` }}
        onDoubleClick={onOpen}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the grid hears the keys */}
        <div
          className="cm-fixed"
          role="presentation"
          style={{ width: layout.fixed }}
          onClick={() => onChoose(null)}
        >
          <FixedCells row={row} compact={layout.compact} />
        </div>
        {reports.slice(range.first, range.end).map((account, i) => {
          const at = range.first + i;
          const words = cellWords(shown, at, account);
          const marked = words.mark === 'differs' && words.exception ? ' cm-differs' : '';
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
            <div
              key={at}
              id={`${id}-${index}-${at}`}
              role="gridcell"
              aria-colindex={at + (layout.compact ? 3 : 4)}
              aria-selected={column === at}
              className={`cm-cell cm-verdict${marked}${column === at ? ' cm-selected' : ''}`}
              style={{ left: layout.fixed + at * layout.column, width: layout.column }}
              onClick={() => onChoose(at)}
            >
              {row.kind === 'artifact' ? (
                <MatrixCell row={shown} column={at} account={account} compact={layout.compact} />
              ) : layout.compact ? (
                <MarkAlone words={words} />
              ) : (
                <Verdict name={words.mark} calm={!words.exception}>
                  {words.word}
                </Verdict>
              )}
            </div>
          );
        })}
      </div>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.top === b.top &&
    a.selected === b.selected &&
    a.column === b.column &&
    a.reports === b.reports &&
    a.layout.width === b.layout.width &&
    a.range.first === b.range.first &&
    a.range.end === b.range.end &&
    a.index === b.index,
);

function FixedCells({ row, compact }: { readonly row: MatrixRow; readonly compact: boolean }) {
  const cell = (width: number, children: React.ReactNode, num = false) => (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    <span className={`cm-cell${num ? ' num' : ''}`} role="gridcell" style={{ width }}>
      {children}
    </span>
  );
  if (row.kind === 'artifact') {
    const { step, path, expected } = row.row;
    return (
      <>
        {cell(FIXED.step, step ?? '–', true)}
        {cell(FIXED.artifact, <Inert text={path} cut />)}
        {!compact &&
          cell(
            FIXED.expected,
            expected ? <Hash value={expected} /> : <span className="t3">none published</span>,
          )}
      </>
    );
  }
  const [first, last] = [row.rows[0]?.step ?? null, row.rows.at(-1)?.step ?? null];
  const names = row.rows.map(each => baseName(each.path)).join(', ');
  return (
    <>
      {cell(FIXED.step, first === last ? (first ?? '–') : `${first ?? ''}–${last ?? ''}`, true)}
      {cell(
        FIXED.artifact + (compact ? 0 : FIXED.expected),
        <>
          <ChevronRightIcon size={12} />
          <span className="cut">
            {row.rows.length} alike: <Inert text={names} cut />
          </span>
        </>,
      )}
    </>
  );
}
