import { useEffect, useMemo, useRef, useState } from 'react';
import type { BytePatternInput } from '../../../main/contract/requests/index.ts';
import type { ByteRange, ByteSource, FindDirection } from './byte-source.ts';
import { findIn } from './find.ts';
import { offsetText } from './layout.ts';
import { patternOf } from './pattern.ts';
import { LISTED, type Places, placesWords, stepFrom } from './places.ts';
import { useCheckFailed } from './use-check-failed.ts';

/** How long typing rests before it is searched for, in milliseconds. */
const REST = 250;

/** A search in bytes: what was typed, where it stands, and going from place to place. */
export interface ByteSearch {
  readonly wanted: BytePatternInput;
  readonly setWanted: (wanted: BytePatternInput) => void;
  /** Whether what was typed can be searched for. */
  readonly valid: boolean;
  /** Null until the search is over. */
  readonly places: Places | null;
  readonly running: boolean;
  /** What there is to say: `3 of 17`, that it went round the end, or what went wrong. */
  readonly words: string;
  readonly go: (direction: FindDirection) => void;
  readonly stop: () => void;
}

/** Searches a source as it is typed, and selects places on demand. */
export function useByteSearch(
  source: ByteSource,
  selected: ByteRange,
  onSelect: (range: ByteRange) => void,
): ByteSearch {
  const [wanted, setWanted] = useState<BytePatternInput>({ as: 'hex', text: '' });
  const [places, setPlaces] = useState<Places | null>(null);
  const [running, setRunning] = useState(false);
  const [remark, setRemark] = useState('');
  const find = useMemo(() => findIn(source), [source]);
  const work = useRef<AbortController | null>(null);
  const failed = useCheckFailed(source);
  const valid = useMemo(() => !failed && patternOf(wanted) !== null, [wanted, failed]);

  /** One search at a time; what it throws is said. Gives null when it failed or was stopped. */
  const during = async <T>(task: (signal: AbortSignal) => Promise<T>): Promise<T | null> => {
    work.current?.abort();
    const own = new AbortController();
    work.current = own;
    setRunning(true);
    setRemark('');
    try {
      return await task(own.signal);
    } catch (error) {
      if (work.current === own) setRemark(own.signal.aborted ? 'Stopped' : `Failed: ${messageOf(error)}`);
      return null;
    } finally {
      if (work.current === own) setRunning(false);
    }
  };
  const list = async () => {
    const found = await during(signal => find({ pattern: wanted, limit: LISTED, count: true }, signal));
    if (found) setPlaces(found);
    return found;
  };
  const go = async (direction: FindDirection) => {
    const known = places ?? (valid ? await list() : null);
    const step = known && stepFrom(known, selected, direction);
    if (!step) return;
    const { length, offsets } = known;
    if ('to' in step) {
      setRemark(step.round ? roundWords(direction) : '');
      return onSelect({ start: step.to, end: step.to + length });
    }
    const from = Math.max(0, Math.min(step.ask, source.size));
    const query = { pattern: wanted, limit: 1, from, direction: step.direction };
    const found = await during(signal => find(query, signal));
    const to = found && (found.offsets[0] ?? offsets[0]);
    if (found === null || to === undefined || to === null) return;
    setRemark(found.offsets.length === 0 ? roundWords(direction) : `at ${offsetText(to)}`);
    onSelect({ start: to, end: to + length });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another pattern or other bytes begin a search
  useEffect(() => {
    setPlaces(null);
    setRemark('');
    work.current?.abort();
    if (!valid) return undefined;
    const timer = setTimeout(() => void list(), REST);
    return () => {
      clearTimeout(timer);
      work.current?.abort();
    };
  }, [find, wanted, valid]);

  const said = [places && !running ? placesWords(places, selected) : '', remark].filter(text => text !== '');
  return {
    wanted,
    setWanted,
    valid,
    places,
    running,
    words: running ? 'Searching…' : said.join('; '),
    go: direction => void go(direction),
    stop: () => work.current?.abort(),
  };
}

function roundWords(direction: FindDirection): string {
  return direction === 'next' ? 'from the start again' : 'from the end again';
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
