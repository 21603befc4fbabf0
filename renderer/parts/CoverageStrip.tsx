import type { CoverageRow } from '../../main/contract/requests/index.ts';

interface CoverageStripProps {
  readonly size: number;
  readonly reviewers: CoverageRow['reviewers'];
  /** Names in the order of their lines; at most two are drawn. */
  readonly order: readonly string[];
}

/** Which bytes each of two reviewers explained: a line each, from the first byte to the last. */
export function CoverageStrip({ size, reviewers, order }: CoverageStripProps) {
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${Math.max(1, size)} 2`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {order
        .slice(0, 2)
        .map((name, line) =>
          reviewers
            .find(each => each.name === name)
            ?.ranges.map(range => (
              <rect
                key={`${name} ${range.offset}`}
                className={line === 0 ? 'strip-first' : 'strip-second'}
                x={range.offset}
                y={line}
                width={range.length}
                height={1}
              />
            )),
        )}
    </svg>
  );
}
