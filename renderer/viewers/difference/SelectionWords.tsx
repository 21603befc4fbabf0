import { counted, number } from '../../parts/format.ts';
import type { AlignedCache } from './aligned-cache.ts';
import { type PlaceSelection, selectedPlaces } from './places.ts';

interface SelectionWordsProps {
  readonly cache: AlignedCache;
  readonly selection: PlaceSelection;
  readonly version: number;
}

/** Places whose bytes are counted for the words about a selection. */
const COUNTED = 1 << 14;

/** What is selected, and how much of it differs. */
export function SelectionWords({ cache, selection }: SelectionWordsProps) {
  const { start, end } = selectedPlaces(selection);
  const [first, last] = [cache.at(start), cache.at(end - 1)];
  const offsets = (side: 'aOffset' | 'bOffset') =>
    first && last ? `0x${first[side].toString(16).toUpperCase()}` : '…';
  let differing: number | null = 0;
  for (let at = start; at < Math.min(end, start + COUNTED) && differing !== null; at += 1) {
    const cell = cache.at(at);
    differing = cell ? differing + Number(cell.differs) : null;
  }
  const count = end - start;
  const words =
    differing === null || count > COUNTED
      ? ''
      : `, ${differing === 0 ? 'all the same' : `${number(differing)} differ`}`;
  return (
    <div className="diff-status t2" role="status">
      {counted(count, 'place')} selected at {offsets('aOffset')} and {offsets('bOffset')}
      {words}. <span className="t3">S goes to the other side, Shift extends, Ctrl C copies.</span>
    </div>
  );
}
