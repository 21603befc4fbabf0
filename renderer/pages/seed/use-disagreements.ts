import { useState } from 'react';
import type { DisagreementRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** Where people do not say the same of a seed, and which of these places is looked at. */
export interface Disagreements {
  readonly all: readonly DisagreementRow[];
  readonly shown: DisagreementRow | null;
  /** Whether they stand where annotations do. */
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly select: (row: DisagreementRow) => void;
  /** Goes to the next or the previous one, around the ends. */
  readonly go: (step: 1 | -1) => void;
}

const NONE: readonly DisagreementRow[] = [];

export function useDisagreements(seed: string, selection: SeedSelection): Disagreements {
  const { value } = useEngine('seed.disagreements', { seed });
  const [open, setOpen] = useState(false);
  const [offset, setOffset] = useState<number | null>(null);
  const all = value?.disagreements ?? NONE;
  const at = all.findIndex(each => each.offset === offset);
  const select = (row: DisagreementRow) => {
    setOpen(true);
    setOffset(row.offset);
    selection.select(row.offset, row.offset + row.length);
  };
  const go = (step: 1 | -1) => {
    const from = at < 0 && step < 0 ? 0 : at;
    const row = all[(from + step + all.length) % all.length];
    if (row) select(row);
  };
  return { all, shown: all[at] ?? null, open: open && all.length > 0, setOpen, select, go };
}
