import { Button, Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core';
import { AnnotationIcon, CaretDownIcon } from '@blueprintjs/icons';
import { runCommand } from '../../commands/index.ts';

interface AnnotationsMenuProps {
  /** Whether one reviews blind now. */
  readonly blind: boolean;
  /** Places of which people do not say the same. */
  readonly disagreements: number;
}

/** What is done with annotations as a whole. */
export function AnnotationsMenu({ blind, disagreements }: AnnotationsMenuProps) {
  return (
    <PopoverNext
      arrow={false}
      placement="bottom-end"
      transitionDuration={0}
      content={
        <Menu size="small">
          <MenuItem text="Export" onClick={() => runCommand('seed.export')} />
          <MenuItem text="Import from a file" disabled={blind} onClick={() => runCommand('seed.import')} />
          <MenuItem
            text="Carry over from another case"
            disabled={blind}
            onClick={() => runCommand('seed.carry')}
          />
          <MenuDivider />
          <MenuItem
            text={blind ? 'End blind review' : 'Begin a blind review'}
            onClick={() => runCommand(blind ? 'seed.blind-end' : 'seed.blind-begin')}
          />
          <MenuDivider />
          <MenuItem
            text="Disagreements"
            label={blind ? 'hidden' : `${disagreements}  N`}
            disabled={disagreements === 0}
            onClick={() => runCommand('seed.disagreement-next')}
          />
        </Menu>
      }
    >
      <Button
        size="small"
        variant="minimal"
        icon={<AnnotationIcon />}
        endIcon={<CaretDownIcon size={14} />}
        text="Annotations"
      />
    </PopoverNext>
  );
}
