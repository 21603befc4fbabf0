import type { OpenPoint } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';
import { runReplay, USUAL } from '../../replay/run.ts';

/** Does what resolves a blocker, or opens the page at the place where it is resolved. */
export function resolve({ code, place, items }: OpenPoint): void {
  if (code === 'replay.none' || code === 'replay.unfinished') {
    go('chain');
    void runReplay({ ...USUAL, resume: code === 'replay.unfinished' });
  } else if (place === 'seed') {
    go('seed', placeIn(items));
  } else {
    go(place);
  }
}

/** A seed and its first open byte, of `name, 0x89–0x8B, …`. */
function placeIn([seed, range]: readonly string[]): { seed?: string; offset?: number } {
  const first = /^0x([0-9a-f]+)/i.exec(range ?? '')?.[1];
  return {
    ...(seed !== undefined && { seed }),
    ...(first !== undefined && { offset: Number.parseInt(first, 16) }),
  };
}
