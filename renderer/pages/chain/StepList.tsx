import { Checkbox, InputGroup } from '@blueprintjs/core';
import { SearchIcon } from '@blueprintjs/icons';
import { memo, type ReactNode } from 'react';
import { number } from '../../parts/format.ts';
import type { ChainRow, StageSummary } from './rows.ts';
import { StepTable } from './StepTable.tsx';

interface StepListProps {
  /** The steps that the search leaves. */
  readonly rows: readonly ChainRow[];
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly selected: number | null;
  readonly onSelect: (step: number) => void;
  /** Whether the step that runs is selected. */
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  /** Said where there are no rows. */
  readonly empty: ReactNode;
  readonly stages: ReadonlyMap<string, StageSummary>;
  readonly onOpen: () => void;
}

/** The steps as a table, with the search over them. */
export function StepList(props: StepListProps) {
  const { rows, search, onSearch, follow, onFollow } = props;
  return (
    <>
      <div className="panehead">
        <h2>Steps</h2>
        <span className="t2 grow">{number(rows.length)}</span>
        <StepSearch search={search} onSearch={onSearch} />
        <Checkbox
          className="chain-follow"
          label="Follow"
          title="Select the step that runs"
          checked={follow}
          onChange={event => onFollow(event.currentTarget.checked)}
        />
      </div>
      <StepTable {...props} />
    </>
  );
}

/** Drawn apart from the list: the field measures itself each time, which a running replay would make it do at every word. */
const StepSearch = memo(function StepSearch({
  search,
  onSearch,
}: Pick<StepListProps, 'search' | 'onSearch'>) {
  return (
    <InputGroup
      size="small"
      type="search"
      leftElement={<SearchIcon />}
      placeholder="Program, file or hash"
      aria-label="Program, file or hash"
      value={search}
      onValueChange={onSearch}
    />
  );
});
