import type { CSSProperties, ReactNode } from 'react';

interface TableHeadingProps {
  /** Place among all that stands in the table. */
  readonly index: number;
  readonly style: CSSProperties;
  /** Columns that it goes over. */
  readonly span: number;
  readonly children: ReactNode;
}

/** The heading of a group of rows: no row that can be selected. */
export function TableHeading({ index, style, span, children }: TableHeadingProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    <div role="row" aria-rowindex={index + 2} className="dt-heading" style={style}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div role="rowheader" aria-colspan={span} className="dt-cell">
        {children}
      </div>
    </div>
  );
}
