import { Button } from '@blueprintjs/core';
import { CrossIcon, PlusIcon } from '@blueprintjs/icons';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { rangeText } from '../../viewers/hex/index.ts';

type Range = AnnotationRow['ranges'][number];

interface RangeChipsProps {
  readonly ranges: readonly Range[];
  /** Whether the selected bytes could be added. */
  readonly addable: boolean;
  readonly onAdd: () => void;
  /** Whether they are whatever is selected, so that adding only holds them. */
  readonly following: boolean;
  /** Null where the ranges cannot be changed. */
  readonly onRemove: ((offset: number) => void) | null;
  /** Whether the last one may go too. */
  readonly removesLast: boolean;
  readonly onShow: (start: number, end: number) => void;
}

/** The bytes that an annotation is about, each range by itself: shown when pressed, taken out by its cross. */
export function RangeChips(props: RangeChipsProps) {
  const { ranges, addable, following, onAdd, onRemove, removesLast, onShow } = props;
  return (
    <ul className="seed-chips" aria-label="Bytes">
      {ranges.map(({ offset, length }) => {
        const words = rangeText(offset, offset + length);
        return (
          <li key={offset} className="seed-chip">
            <button type="button" className="mono" onClick={() => onShow(offset, offset + length)}>
              {words}
            </button>
            {onRemove && (removesLast || ranges.length > 1) && (
              <button type="button" aria-label={`Take out ${words}`} onClick={() => onRemove(offset)}>
                <CrossIcon size={12} />
              </button>
            )}
          </li>
        );
      })}
      {addable && (
        <li>
          <Button size="small" variant="minimal" icon={<PlusIcon size={12} />} onClick={onAdd}>
            {following ? 'Hold, to add more' : 'Add selection'} <Kbd keys="Shift A" />
          </Button>
        </li>
      )}
    </ul>
  );
}
