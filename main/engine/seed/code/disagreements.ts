import type { ByteRange } from '../../case/index.ts';
import { callText } from './call-text.ts';
import type { CodeMap, ReadInstruction } from './code-map.ts';
import type { Reached, ReachedInstruction } from './flow.ts';
import { shownOperands } from './jumps.ts';

/** Bytes that can be read in two ways. */
export interface Disagreement extends ByteRange {
  /** `jump`: control reaches both readings; `sweep`: reading from the front, one instruction after another, gives other ones. */
  readonly kind: 'jump' | 'sweep';
  /** The reading that has no row of its own. */
  readonly other: string;
}

/** Of readings that overlap, the one that control comes to first; the others are told. */
export function withoutOverlaps(map: CodeMap, { instructions }: Reached) {
  const taken: number[] = [];
  const overlaps: Disagreement[] = [];
  const owner = new Map<number, number>();
  const inOrder = [...instructions].sort(([, a], [, b]) => a.order - b.order);
  for (const [offset, read] of inOrder) {
    const { decoded } = read;
    const bytes = Array.from({ length: decoded.length }, (_, i) => offset + i);
    const met = bytes.find(at => owner.has(at));
    if (met === undefined) {
      taken.push(offset);
      for (const at of bytes) owner.set(at, offset);
    } else {
      overlaps.push({ offset, length: decoded.length, kind: 'jump', other: saidOf(map, read) });
    }
  }
  return { taken: taken.sort((a, b) => a - b), overlaps };
}

/** Where reading from the front, one after another, gives other instructions than control meets. */
export function sweepDisagreements(map: CodeMap, { instructions }: Reached): Disagreement[] {
  const found: Disagreement[] = [];
  const reached = [...instructions.keys()].sort((a, b) => a - b);
  let next = 0;
  for (const { offset, length } of map.pieces) {
    for (let at = offset; at < offset + length; ) {
      const read = map.at(at);
      const end = at + (read?.decoded.length ?? map.skipAt(at));
      while ((reached[next] ?? Number.POSITIVE_INFINITY) <= at) next += 1;
      const inside = reached[next];
      if (read && inside !== undefined && inside < end) {
        found.push({ offset: at, length: end - at, kind: 'sweep', other: textOf(map, read) });
      }
      at = end;
    }
  }
  return found;
}

/** With what it asks of the kernel: it has no row that would say so. */
function saidOf(map: CodeMap, read: ReachedInstruction): string {
  const text = textOf(map, read);
  return read.call ? `${text}, ${callText(read.call)}` : text;
}

function textOf(map: CodeMap, { decoded, flow }: ReadInstruction): string {
  return `${decoded.mnemonic} ${shownOperands(decoded, flow, map.machine)}`.trim();
}
