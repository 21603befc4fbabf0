import { askDiffoscope, differenceAccount, summaryOf } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import type { Bytes } from '../../difference/index.ts';
import type { HandlerContext, Handlers } from '../handler.ts';
import type { NamedSides, OpenedDifference } from '../opened-differences.ts';

/** Methods about the difference of two files. */
export const differenceHandlers: Handlers<
  | 'difference.bytes'
  | 'difference.part'
  | 'difference.next'
  | 'difference.place'
  | 'difference.explain'
  | 'difference.outside'
> = {
  async 'difference.bytes'(sides, context) {
    const { a, b, alignment, places } = await opened(sides, context);
    return {
      a: { sha256: a.sha256, size: a.bytes.size },
      b: { sha256: b.sha256, size: b.bytes.size },
      summary: summaryOf(alignment),
      length: places.length,
    };
  },
  async 'difference.part'({ at, length, ...sides }, context) {
    const { a, b, places } = await opened(sides, context);
    const runs = places.part(at, length);
    const [first, last] = [runs[0], runs.at(-1)];
    const part = (bytes: Bytes, from = 0, to = 0) => bytes.read(from, to - from).toString('base64');
    return {
      runs: runs.map(({ kind, at: place, length: count, a: inA, aLength, b: inB, bLength }) => ({
        ...{ kind, at: place, length: count, a: inA, aLength, b: inB, bLength },
      })),
      a: part(a.bytes, first?.a, last && last.a + last.aLength),
      b: part(b.bytes, first?.b, last && last.b + last.bLength),
    };
  },
  async 'difference.next'({ from, step, ...sides }, context) {
    const next = (await opened(sides, context)).places.next(from, step);
    return next && { ...next };
  },
  async 'difference.place'({ side, offset, ...sides }, context) {
    const { a, b, places } = await opened(sides, context);
    const { size } = side === 'a' ? a.bytes : b.bytes;
    if (offset >= size) throw inputError('difference.beyond', `the file has ${size} bytes`, { offset });
    return { at: places.placeOf(side, offset) };
  },
  async 'difference.explain'(sides, context) {
    const { a, b, alignment } = await opened(sides, context);
    return differenceAccount(a, b, context, alignment);
  },
  async 'difference.outside'(sides, context) {
    const { a, b } = await opened(sides, context);
    return askDiffoscope(a, b, context);
  },
};

function opened(
  sides: NamedSides,
  { session, signal, onProgress }: HandlerContext,
): Promise<OpenedDifference> {
  return session.differences.open(
    sides,
    session.openCase,
    async () => (session.openCase?.log.last('bundle-imported') ? (await session.bundle()).bundle : null),
    { signal, onProgress },
  );
}
