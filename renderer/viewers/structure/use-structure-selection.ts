import { useMemo, useState } from 'react';
import type { ByteRange } from '../hex/byte-source.ts';
import type { StructureItem, StructureModel } from './structure-model.ts';

/** Which part of a structure is selected: it follows the selected bytes, and moves them. */
export interface StructureSelection {
  readonly selected: StructureItem | null;
  readonly choose: (item: StructureItem) => void;
  /** Selects the next part that something is said of, going round. */
  readonly chooseNextNotice: () => void;
}

/** Which part was selected in the tree, as long as its bytes are the selected ones: others may have the same bytes. */
interface Chosen {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

export function useStructureSelection(
  model: StructureModel,
  { start, end }: ByteRange,
  onSelect: (start: number, end: number) => void,
): StructureSelection {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const selected = useMemo(() => {
    const stands = chosen !== null && chosen.start === start && chosen.end === end;
    return (stands && model.item(chosen.key)) || model.deepest({ start, end });
  }, [model, chosen, start, end]);
  const choose = ({ key, node: { offset, length } }: StructureItem) => {
    if (length === 0) return setChosen({ key, start, end });
    setChosen({ key, start: offset, end: offset + length });
    onSelect(offset, offset + length);
  };
  const chooseNextNotice = () => {
    const next = model.nextNotice(selected?.key ?? null);
    if (next) choose(next);
  };
  return { selected, choose, chooseNextNotice };
}
