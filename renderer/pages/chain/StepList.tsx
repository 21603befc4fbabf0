import { InputGroup } from '@blueprintjs/core';
import { SearchIcon } from '@blueprintjs/icons';
import { number } from '../../parts/format.ts';
import type { ChainRow } from './rows.ts';
import { StepTable } from './StepTable.tsx';

interface StepListProps {
  /** The steps that the search leaves. */
  readonly rows: readonly ChainRow[];
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly selected: number | null;
  readonly onSelect: (step: number) => void;
  /** Said where there are no rows. */
  readonly empty: string;
}

/** The steps as a table, with the search over them. */
export function StepList({ rows, search, onSearch, selected, onSelect, empty }: StepListProps) {
  return (
    <>
      <div className="panehead">
        <h2>Steps</h2>
        <span className="t2 grow">{number(rows.length)}</span>
        <InputGroup
          size="small"
          type="search"
          leftElement={<SearchIcon />}
          placeholder="Program, file or hash"
          aria-label="Program, file or hash"
          value={search}
          onValueChange={onSearch}
        />
      </div>
      <StepTable rows={rows} selected={selected} onSelect={onSelect} empty={empty} />
    </>
  );
}
