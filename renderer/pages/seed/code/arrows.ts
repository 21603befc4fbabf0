import type { CodeLine } from './code-lines.ts';

/** A jump within the listing, by the lines that it leaves and meets, and how far out it is drawn. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  /** 0 is nearest to the instructions. */
  readonly lane: number;
  /** Offset of the jump. */
  readonly offset: number;
}

/** Lanes beside the instructions. */
export const LANES = 6;

/** Jumps and branches within the listing, the shortest nearest; those that find no free lane share the outermost. */
export function arrowsOf(lines: readonly CodeLine[]): Arrow[] {
  const places = new Map<number, number>();
  for (const [i, line] of lines.entries()) if (line.kind === 'row') places.set(line.row.offset, i);
  const jumps: { from: number; to: number; offset: number }[] = [];
  for (const [from, line] of lines.entries()) {
    if (line.kind !== 'row' || (line.row.kind !== 'jump' && line.row.kind !== 'conditional')) continue;
    const to = line.row.target === null ? undefined : places.get(line.row.target);
    if (to !== undefined) jumps.push({ from, to, offset: line.row.offset });
  }
  const taken: { low: number; high: number }[][] = Array.from({ length: LANES }, () => []);
  return jumps
    .sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to))
    .map(jump => {
      const [low, high] = [Math.min(jump.from, jump.to), Math.max(jump.from, jump.to)];
      const free = taken.findIndex(lane => lane.every(each => each.high < low || each.low > high));
      const lane = free === -1 ? LANES - 1 : free;
      taken[lane]?.push({ low, high });
      return { ...jump, lane };
    });
}

/** The arrows that any of the lines from `first` to `last` has part of. */
export function arrowsIn(arrows: readonly Arrow[], first: number, last: number): Arrow[] {
  return arrows.filter(({ from, to }) => Math.max(from, to) >= first && Math.min(from, to) <= last);
}
