import {
  Button,
  Checkbox,
  FormGroup,
  HTMLSelect,
  InputGroup,
  Menu,
  MenuDivider,
  MenuItem,
  PopoverNext,
} from '@blueprintjs/core';
import { FilterIcon, SortIcon, TickIcon } from '@blueprintjs/icons';
import { inertText } from '../../../main/contract/inert.ts';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import type { AnnotationKind } from './annotation-draft.ts';
import { type AnnotationOrder, filterWords, type ListOptions } from './annotation-rows.ts';
import { groupsOf } from './GroupField.tsx';

interface ListToolsProps {
  readonly all: readonly AnnotationRow[];
  readonly options: ListOptions;
  readonly onOptions: (change: Partial<ListOptions>) => void;
}

/** The filter and the order of the list of annotations. */
export function ListTools(props: ListToolsProps) {
  const words = filterWords(props.options);
  return (
    <>
      <PopoverNext
        arrow={false}
        placement="bottom-end"
        transitionDuration={0}
        content={<OrderMenu {...props} />}
      >
        <Button
          size="small"
          variant="minimal"
          icon={<SortIcon size={14} />}
          aria-label="Order and groups"
          title="Order and groups"
        />
      </PopoverNext>
      <PopoverNext
        arrow={false}
        placement="bottom-end"
        transitionDuration={0}
        content={<FilterForm {...props} />}
      >
        <Button
          size="small"
          variant="minimal"
          active={words !== ''}
          icon={<FilterIcon size={14} />}
          aria-label={words === '' ? 'Filter' : `Filter: ${words}`}
          title="Filter"
        />
      </PopoverNext>
    </>
  );
}

const ORDERS: readonly (readonly [AnnotationOrder, string])[] = [
  ['offset', 'By offset'],
  ['newest', 'Newest first'],
  ['kind', 'By kind, the gravest first'],
  ['person', 'By person'],
];

function OrderMenu({ options, onOptions }: ListToolsProps) {
  const tick = (on: boolean) => on && { labelElement: <TickIcon size={14} /> };
  return (
    <Menu size="small">
      {ORDERS.map(([order, words]) => (
        <MenuItem
          key={order}
          text={words}
          {...tick(order === options.order)}
          onClick={() => onOptions({ order })}
        />
      ))}
      <MenuDivider />
      <MenuItem
        text="Under their groups"
        {...tick(options.grouped)}
        onClick={() => onOptions({ grouped: !options.grouped })}
      />
    </Menu>
  );
}

function FilterForm({ all, options, onOptions }: ListToolsProps) {
  const people = [...new Set(all.map(each => each.by))];
  return (
    <div className="seed-filter">
      <FormGroup label="Text" labelFor="seed-filter-text">
        <InputGroup
          id="seed-filter-text"
          size="small"
          autoFocus
          value={options.text}
          onValueChange={text => onOptions({ text })}
        />
      </FormGroup>
      <FormGroup label="Kind" labelFor="seed-filter-kind">
        <HTMLSelect
          id="seed-filter-kind"
          value={options.kind ?? ''}
          options={[{ value: '', label: 'Any' }, 'explained', 'question', 'concern']}
          onChange={event =>
            onOptions({ kind: (event.currentTarget.value || null) as AnnotationKind | null })
          }
        />
      </FormGroup>
      <FormGroup label="Person" labelFor="seed-filter-by">
        <HTMLSelect
          id="seed-filter-by"
          value={options.by ?? ''}
          options={[{ value: '', label: 'Anybody' }, ...people.map(option)]}
          onChange={event => onOptions({ by: event.currentTarget.value || null })}
        />
      </FormGroup>
      <FormGroup label="Group" labelFor="seed-filter-group">
        <HTMLSelect
          id="seed-filter-group"
          value={options.group ?? ''}
          options={[{ value: '', label: 'Any' }, ...groupsOf(all).map(option)]}
          onChange={event => onOptions({ group: event.currentTarget.value || null })}
        />
      </FormGroup>
      <Checkbox
        label="Only what is open"
        checked={options.open}
        onChange={event => onOptions({ open: event.currentTarget.checked })}
      />
    </div>
  );
}

function option(value: string): { readonly value: string; readonly label: string } {
  return { value, label: inertText(value) };
}
