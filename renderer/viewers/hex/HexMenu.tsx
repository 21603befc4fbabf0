import { Menu, MenuDivider, MenuItem, showContextMenu } from '@blueprintjs/core';
import { COPY_FORMS, COPY_LIMIT, COPY_NAMES, type CopyForm } from './copy-as.ts';
import { offsetText } from './layout.ts';

interface HexMenuProps {
  /** Selected bytes. */
  readonly length: number;
  readonly offset: number;
  readonly onCopy: (form: CopyForm) => void;
  readonly onCopyOffset: () => void;
}

function HexMenu({ length, offset, onCopy, onCopyOffset }: HexMenuProps) {
  const tooLong = length > COPY_LIMIT;
  return (
    <Menu size="small">
      {COPY_FORMS.map(form => (
        <MenuItem
          key={form}
          text={COPY_NAMES[form]}
          disabled={tooLong || length === 0}
          {...(form === 'hex' && { label: 'Ctrl C' })}
          onClick={() => onCopy(form)}
        />
      ))}
      {tooLong && <MenuItem disabled text="At most 1 MiB is copied at once" />}
      <MenuDivider />
      <MenuItem text={`Copy offset ${offsetText(offset)}`} onClick={onCopyOffset} />
    </Menu>
  );
}

/** Opens the menu of a selection at a place of the screen; the grid has the focus again afterwards. */
export function openHexMenu(
  place: { readonly left: number; readonly top: number },
  dark: boolean,
  props: HexMenuProps,
  after: () => void,
): void {
  showContextMenu({
    content: <HexMenu {...props} />,
    targetOffset: place,
    isDarkTheme: dark,
    onClose: after,
    transitionDuration: 0,
  });
}
