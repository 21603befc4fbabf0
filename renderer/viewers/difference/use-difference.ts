import { useEffect, useMemo, useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { DifferenceAccount, OutsideWords } from '../../../main/contract/documents/difference.ts';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, asProblem } from '../../engine/index.ts';
import { AlignedCache } from './aligned-cache.ts';
import type { DifferenceSides } from './sides.ts';

export type AlignedFiles = Output<'difference.bytes'>;

/** An answer that may not be there yet, or not at all. */
export interface Asked<T> {
  readonly value: T | null;
  readonly problem: EngineProblem | null;
}

const NOTHING = { value: null, problem: null };

/** Two files, aligned by the engine. Asked again when the sides are others; what was under way is stopped. */
export function useAligned(sides: DifferenceSides): Asked<AlignedFiles> {
  return useAsked(sides, signal => ask('difference.bytes', sides, { signal }));
}

/** What their difference is about; null while the engine is at it. */
export function useExplanation(sides: DifferenceSides, wanted: boolean): Asked<DifferenceAccount> {
  return useAsked(wanted ? sides : null, signal => ask('difference.explain', sides, { signal }));
}

/** What diffoscope says of it; null while it is at it. */
export function useOutsideWords(sides: DifferenceSides, wanted: boolean): Asked<OutsideWords> {
  return useAsked(wanted ? sides : null, signal => ask('difference.outside', sides, { signal }));
}

function useAsked<T>(sides: DifferenceSides | null, asking: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const key = JSON.stringify(sides);
  const [state, setState] = useState<Asked<T> & { readonly key: string }>({ ...NOTHING, key });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is asked
  useEffect(() => {
    if (sides === null) return undefined;
    const stop = new AbortController();
    asking(stop.signal).then(
      value => !stop.signal.aborted && setState({ value, problem: null, key }),
      error => !stop.signal.aborted && setState({ value: null, problem: asProblem(error), key }),
    );
    return () => stop.abort();
  }, [key]);
  return state.key === key ? state : NOTHING;
}

/** The parts of two aligned files, and a number that grows whenever bytes have come. */
export function useAlignedCache(sides: DifferenceSides, length: number) {
  const [version, setVersion] = useState(0);
  const key = JSON.stringify(sides);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which sides
  const cache = useMemo(
    () =>
      new AlignedCache(
        length,
        (at, count) => ask('difference.part', { ...sides, at, length: count }, { quiet: true }),
        () => setVersion(old => old + 1),
      ),
    [key, length],
  );
  return { cache, version };
}
