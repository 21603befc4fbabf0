import { type Arrow, arrowsIn, LANES } from './arrows.ts';
import { CODE_ROW } from './CodeRow.tsx';

/** CSS pixels between two lanes, and of the whole gutter. */
const LANE = 4;
export const ARROWS_WIDTH = LANES * LANE + 6;

interface CodeArrowsProps {
  readonly arrows: readonly Arrow[];
  /** Lines in view. */
  readonly first: number;
  readonly last: number;
  readonly height: number;
  /** Offset of the instruction whose arrow is accented. */
  readonly selected: number | null;
}

/** Where jumps lead, in the gutter. The words of each instruction say the same. */
export function CodeArrows({ arrows, first, last, height, selected }: CodeArrowsProps) {
  const shown = arrowsIn(arrows, first, last).sort(
    (a, b) => Number(a.offset === selected) - Number(b.offset === selected),
  );
  return (
    <svg className="code-arrows" width={ARROWS_WIDTH} height={height} aria-hidden="true">
      {shown.map(arrow => (
        <g key={arrow.offset} className={arrow.offset === selected ? 'code-arrow-on' : undefined}>
          <path d={pathOf(arrow, first, last)} />
          <path className="code-arrow-head" d={headOf(arrow)} />
        </g>
      ))}
    </svg>
  );
}

const middle = (line: number) => line * CODE_ROW + CODE_ROW / 2;

/** Lines far out of view are not drawn to: the path ends a little outside. */
function pathOf({ from, to, lane }: Arrow, first: number, last: number): string {
  const x = ARROWS_WIDTH - 6 - (lane + 1) * LANE;
  const [low, high] = [middle(first) - 40, middle(last) + 40];
  const clip = (y: number) => Math.max(low, Math.min(high, y));
  const [start, end] = [middle(from), middle(to)];
  const edge = ARROWS_WIDTH - 2;
  const head = start >= low && start <= high ? `M${edge} ${start}H${x}` : `M${x} ${clip(start)}`;
  const tail = end >= low && end <= high ? `H${edge - 3}` : '';
  return `${head}V${clip(end)}${tail}`;
}

function headOf({ to }: Arrow): string {
  const [x, y] = [ARROWS_WIDTH - 1, middle(to)];
  return `M${x} ${y}l-5 -3v6z`;
}
