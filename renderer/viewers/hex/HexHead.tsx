import type { HexReviewer } from './decorations.ts';
import { COLUMNS } from './layout.ts';

const FIGURES = Array.from({ length: COLUMNS }, (_, column) => column.toString(16).toUpperCase());

/** Column heads, and the reviewers whose lines the gutter shows. */
export function HexHead({
  digits,
  reviewers,
  gutter,
}: {
  readonly digits: number;
  readonly reviewers: readonly HexReviewer[];
  /** Whether rows have a gutter. */
  readonly gutter: boolean;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop
    // biome-ignore lint/a11y/useSemanticElements: a table cannot show a part of two gigabytes
    <div className="hex-row hex-head" role="row" aria-rowindex={1}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span className="hex-address" role="columnheader">
        <span className="unseen">Address</span>
        <span aria-hidden="true">{' '.repeat(digits)}</span>
      </span>
      {gutter && (
        <span className="hex-gutter hex-initials" aria-hidden="true">
          {reviewers.map(reviewer => (
            <span key={reviewer.name} title={reviewer.name}>
              {reviewer.initials}
            </span>
          ))}
        </span>
      )}
      <span className="hex-bytes" role="presentation">
        {FIGURES.map(figure => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span className="hex-cell" role="columnheader" key={figure}>
            {figure}
          </span>
        ))}
      </span>
      <span className="hex-text" aria-hidden="true">
        {' '.repeat(COLUMNS)}
      </span>
    </div>
  );
}
