import { Button, InputGroup, Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core';
import { CaretDownIcon, FolderCloseIcon, TickIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';

interface GroupFieldProps {
  readonly all: readonly AnnotationRow[];
  readonly group: string | null;
  readonly onGroup: (group: string | null) => void;
}

/** The names of groups, in the order of their letters. */
export function groupsOf(all: readonly AnnotationRow[]): string[] {
  const names = new Set(all.flatMap(each => (each.group === null ? [] : [each.group])));
  return [...names].sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** The group that an annotation belongs to: one that is there, a new one, or none. */
export function GroupField({ all, group, onGroup }: GroupFieldProps) {
  return (
    <PopoverNext
      arrow={false}
      placement="bottom-start"
      transitionDuration={0}
      content={<GroupMenu names={groupsOf(all)} group={group} onGroup={onGroup} />}
    >
      <Button
        size="small"
        variant="minimal"
        className="seed-group"
        icon={<FolderCloseIcon size={14} />}
        endIcon={<CaretDownIcon size={14} />}
        aria-label={`Group: ${group ?? 'No group'}`}
      >
        {group === null ? <span className="t3">No group</span> : <Inert text={group} prose cut />}
      </Button>
    </PopoverNext>
  );
}

interface GroupMenuProps extends Omit<GroupFieldProps, 'all'> {
  readonly names: readonly string[];
}

function GroupMenu({ names, group, onGroup }: GroupMenuProps) {
  const [typed, setTyped] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    // The button also closes the menu.
    button.current?.click();
  };
  return (
    <div className="seed-group-menu">
      <div className="seed-group-new">
        <InputGroup
          size="small"
          autoFocus
          aria-label="Name of a new group"
          placeholder="New group"
          maxLength={200}
          value={typed}
          onValueChange={setTyped}
          onKeyDown={press}
        />
        <Button
          size="small"
          ref={button}
          className="bp6-popover-dismiss"
          disabled={typed.trim() === ''}
          onClick={() => onGroup(typed.trim())}
        >
          Make
        </Button>
      </div>
      <Menu size="small">
        <MenuItem
          text="No group"
          {...(group === null && { labelElement: <TickIcon size={14} /> })}
          onClick={() => onGroup(null)}
        />
        {names.length > 0 && <MenuDivider />}
        {names.map(name => (
          <MenuItem
            key={name}
            text={<Inert text={name} prose />}
            {...(name === group && { labelElement: <TickIcon size={14} /> })}
            onClick={() => onGroup(name)}
          />
        ))}
      </Menu>
    </div>
  );
}
