import { type ReactNode, useMemo } from 'react';
import { bytes, duration, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Column, DataTable } from '../../viewers/table/index.ts';
import type { ChainRow, StageSummary } from './rows.ts';

const COLUMNS: readonly Column<ChainRow>[] = [
  {
    id: 'step',
    title: 'Step',
    width: 56,
    num: true,
    text: row => String(row.step.number),
    order: row => row.step.number,
    render: row => <span className="t2">{row.step.number}</span>,
  },
  {
    id: 'program',
    title: 'Program',
    least: 136,
    text: row => row.step.program ?? row.step.title,
    render: row =>
      row.step.program === null ? (
        <span className="t2 cut">
          <Inert text={row.step.title} prose cut />
        </span>
      ) : (
        <Inert text={row.step.program} cut />
      ),
  },
  {
    id: 'writes',
    title: 'Writes',
    least: 136,
    text: row => row.writes ?? '',
    render: row => (
      <>
        {row.writes === null ? (
          <span className="t3">–</span>
        ) : (
          <span className={row.wrote ? 'cut' : 'cut t3'} title={row.wrote ? undefined : 'As the plan says'}>
            <Inert text={row.writes} cut />
          </span>
        )}
        {row.more > 0 && <span className="t3 nowrap">+{number(row.more)}</span>}
      </>
    ),
  },
  {
    id: 'size',
    title: 'Size',
    width: 64,
    num: true,
    text: row => String(row.artifact?.size ?? ''),
    order: row => row.artifact?.size ?? -1,
    render: row => (row.artifact?.size === null || !row.artifact ? '–' : bytes(row.artifact.size)),
  },
  {
    id: 'expected',
    title: 'Expected',
    width: 108,
    text: row => row.artifact?.expectations[0]?.sha256 ?? '',
    render: row => {
      const expected = row.artifact?.expectations[0]?.sha256;
      if (expected) return <Hash value={expected} />;
      const none = row.artifact !== null && row.step.outcome === 'done';
      return <span className="t3">{none ? 'none published' : '–'}</span>;
    },
  },
  {
    id: 'actual',
    title: 'Actual',
    width: 108,
    text: row => row.artifact?.sha256 ?? '',
    render: row =>
      row.artifact?.sha256 ? <Hash value={row.artifact.sha256} /> : <span className="t3">–</span>,
  },
  {
    id: 'verdict',
    title: 'Verdict',
    width: 128,
    text: row => row.words,
    render: row => (
      <Verdict name={row.state} calm={row.state === 'none'}>
        {row.words}
      </Verdict>
    ),
  },
  {
    id: 'time',
    title: 'Time',
    width: 64,
    num: true,
    text: row => String(row.step.seconds ?? ''),
    order: row => row.step.seconds ?? -1,
    render: row => (row.step.seconds === null ? '–' : time(row.step.seconds)),
  },
];

/** Short times to the hundredth: that is where the steps of a seed's chain lie. */
function time(seconds: number): string {
  return seconds < 9.995 ? `${seconds.toFixed(2)} s` : duration(seconds);
}

interface StepTableProps {
  readonly rows: readonly ChainRow[];
  readonly selected: number | null;
  readonly onSelect: (step: number) => void;
  readonly empty: ReactNode;
  /** By id; with one stage alone none is told. */
  readonly stages: ReadonlyMap<string, StageSummary>;
  /** Enter or a double click. */
  readonly onOpen: () => void;
}

/** The plan, step by step, with what came of each. */
export function StepTable({ rows, selected, onSelect, empty, stages, onOpen }: StepTableProps) {
  const groups = useMemo(
    () => ({
      of: stageOf,
      heading: (id: string) => {
        const stage = stages.get(id);
        return stage && <StageHeading stage={stage} />;
      },
    }),
    [stages],
  );
  return (
    <DataTable
      label="Steps"
      columns={COLUMNS}
      rows={rows}
      keyOf={row => String(row.step.number)}
      selected={selected === null ? null : String(selected)}
      onSelect={row => onSelect(row.step.number)}
      onOpen={onOpen}
      {...(stages.size > 1 && { groups })}
      empty={empty}
    />
  );
}

function stageOf(row: ChainRow): string {
  return row.step.stage;
}

function StageHeading({ stage: { title, first, last, counts } }: { readonly stage: StageSummary }) {
  return (
    <>
      <span className="strong cut">
        <Inert text={title} prose cut />
      </span>
      <span className="t2 nowrap">
        {first === last ? `step ${number(first)}` : `steps ${number(first)} to ${number(last)}`}
      </span>
      {counts.map(({ state, words, count }) => (
        <Verdict key={state} name={state}>
          {number(count)} {words}
        </Verdict>
      ))}
    </>
  );
}
