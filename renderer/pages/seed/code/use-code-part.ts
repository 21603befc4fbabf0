import { useEffect, useMemo, useState } from 'react';
import type { SeedCodeAnswer } from '../../../../main/contract/requests/index.ts';
import { type Answered, useEngine } from '../../../engine/index.ts';
import type { SeedSelection } from '../use-seed-selection.ts';
import { type CodeLine, linesOf, rowAt } from './code-lines.ts';

/** The part of a seed's code that is shown. */
export interface CodePart {
  readonly answered: Answered<SeedCodeAnswer>;
  readonly lines: readonly CodeLine[];
  /** Shows the part that holds an offset. */
  readonly show: (offset: number) => void;
}

/** The part of a seed's code that holds what is selected; that which was shown while the selection is not code. */
export function useCodePart(seed: string, { range }: SeedSelection): CodePart {
  const [offset, show] = useState(0);
  const answered = useEngine('seed.code', { seed, offset });
  const { value } = answered;
  const lines = useMemo(() => (value ? linesOf(value) : []), [value]);
  useEffect(() => {
    if (!value || rowAt(value.rows, range.start) >= 0) return;
    const isCode = value.code.some(
      each => range.start >= each.offset && range.start < each.offset + each.length,
    );
    if (isCode && (value.previous !== null || value.next !== null)) show(range.start);
  }, [value, range.start]);
  return { answered, lines, show };
}
