import { memo } from 'react';
import type { ByteRange } from './byte-source.ts';
import { coveredSegments } from './decorations.ts';
import { COLUMNS } from './layout.ts';

interface HexGutterProps {
  /** For each reviewer what is covered, sorted and joined. */
  readonly covered: readonly (readonly ByteRange[])[];
  readonly start: number;
  readonly length: number;
}

/** One line a reviewer beside a row: filled where that reviewer has covered the byte, hollow where not. */
export const HexGutter = memo(function HexGutter({ covered, start, length }: HexGutterProps) {
  const share = (columns: number) => `${(columns / COLUMNS) * 100}%`;
  return (
    <span className="hex-gutter" aria-hidden="true">
      {covered.map((ranges, reviewer) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reviewer's place is what tells the lines apart
        <span className={`hex-cover hex-cover-${reviewer}`} key={reviewer} style={{ width: share(length) }}>
          {coveredSegments(ranges, start, length).map(({ from, to }) => (
            <i
              key={from}
              style={{ left: `${(from / length) * 100}%`, width: `${((to - from) / length) * 100}%` }}
            />
          ))}
        </span>
      ))}
    </span>
  );
});
