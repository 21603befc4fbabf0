import { Button, Menu, MenuItem, PopoverNext } from '@blueprintjs/core';
import { FilterIcon, TickIcon } from '@blueprintjs/icons';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { KINDS, kindWords } from './words.ts';

type Kind = BundleRow['kind'];

interface KindFilterProps {
  readonly kind: Kind | null;
  readonly onKind: (kind: Kind | null) => void;
}

/** Narrows a search to files of one kind. */
export function KindFilter({ kind, onKind }: KindFilterProps) {
  const choices: (Kind | null)[] = [null, ...KINDS];
  const words = (of: Kind | null) => (of === null ? 'Any kind' : kindWords(of));
  return (
    <PopoverNext
      arrow={false}
      placement="bottom-end"
      transitionDuration={0}
      content={
        <Menu size="small">
          {choices.map(each => (
            <MenuItem
              key={words(each)}
              text={words(each)}
              {...(each === kind && { labelElement: <TickIcon size={14} /> })}
              onClick={() => onKind(each)}
            />
          ))}
        </Menu>
      }
    >
      <Button
        className="bundle-kind"
        size="small"
        variant="minimal"
        active={kind !== null}
        icon={<FilterIcon size={14} />}
        aria-label={`Kind: ${words(kind)}`}
        title={`Kind: ${words(kind)}`}
      />
    </PopoverNext>
  );
}
