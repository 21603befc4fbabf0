import type { FoundBytesRow } from '../../../main/contract/requests/index.ts';
import type { ByteRange, FindDirection } from './byte-source.ts';
import { COLUMNS } from './layout.ts';

/** Places that are listed and marked. */
export const LISTED = 50_000;

/** Where a pattern stands: the first of them listed, in order. */
export type Places = FoundBytesRow;

/** Whether every place is listed. */
export function allListed({ offsets, total, complete }: Places): boolean {
  return complete && offsets.length === total;
}

/** The number of the listed place that is selected, from 0; -1 when none is. */
export function placeAt({ offsets, length }: Places, { start, end }: ByteRange): number {
  const at = firstFrom(offsets, start);
  return end - start === length && offsets[at] === start ? at : -1;
}

/** Where a step leads: to a listed place, perhaps round the end, or to one that has to be asked for. */
export type Step =
  | { readonly to: number; readonly round: boolean }
  | { readonly ask: number; readonly direction: FindDirection };

/**
 * The step from a selection to the next place or the one before. A place that begins where the selection does is the next one
 * unless it is selected itself. Null when there is none.
 */
export function stepFrom(places: Places, selected: ByteRange, direction: FindDirection): Step | null {
  const { offsets } = places;
  if (offsets.length === 0) return null;
  const [all, last] = [allListed(places), offsets.length - 1];
  const at = firstFrom(offsets, selected.start);
  if (direction === 'next') {
    const next = placeAt(places, selected) === -1 ? at : at + 1;
    if (next <= last) return { to: offsets[next] as number, round: false };
    const beyond = selected.start + (isPlace(places, selected) ? 1 : 0);
    return all ? { to: offsets[0] as number, round: true } : { ask: beyond, direction };
  }
  if (at <= last && at > 0) return { to: offsets[at - 1] as number, round: false };
  if (at === 0) return all ? { to: offsets[last] as number, round: true } : { ask: Infinity, direction };
  return all ? { to: offsets[last] as number, round: false } : { ask: selected.start - 1, direction };
}

function isPlace({ length }: Places, { start, end }: ByteRange): boolean {
  return end - start === length;
}

/** What is said of places: `3 of 17`, `17 places`, `None`. */
export function placesWords(places: Places, selected: ByteRange): string {
  const { total, complete, offsets } = places;
  if (total === 0) return 'None';
  const all = `${complete ? '' : 'more than '}${total.toLocaleString('en-US')}`;
  const at = placeAt(places, selected);
  const words = at === -1 ? `${all} ${total === 1 ? 'place' : 'places'}` : `${at + 1} of ${all}`;
  return allListed(places) ? words : `${words}, the first ${offsets.length.toLocaleString('en-US')} marked`;
}

/** Which bytes of a row belong to places, one bit a column. */
export function foundBits({ offsets, length }: Places, row: number): number {
  let bits = 0;
  for (let at = firstFrom(offsets, row - length + 1); at < offsets.length; at += 1) {
    const start = (offsets[at] as number) - row;
    if (start >= COLUMNS) break;
    const [from, to] = [Math.max(0, start), Math.min(COLUMNS, start + length)];
    bits |= ((1 << (to - from)) - 1) << from;
  }
  return bits;
}

/** The number of the first place at an offset or after it. */
function firstFrom(offsets: readonly number[], from: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
