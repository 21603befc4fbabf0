import { useMemo } from 'react';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Column, DataTable } from '../../viewers/table/index.ts';
import { baseName, mostHave, type Row, type Standing, standings } from './compared.ts';

interface MatrixProps {
  readonly document: CompareDocument;
  readonly withCase: boolean;
  readonly selected: string | null;
  readonly onSelect: (path: string) => void;
}

/** Artifacts by rows in the order of the chain, accounts by columns. Only what does not agree is coloured. */
export function Matrix({ document, withCase, selected, onSelect }: MatrixProps) {
  const columns = useMemo(() => columnsOf(document, withCase), [document, withCase]);
  const first = document.firstDivergence?.path;
  return (
    <DataTable
      label="Agreement, artifact by artifact"
      columns={columns}
      rows={document.artifacts}
      keyOf={row => row.path}
      selected={selected}
      onSelect={row => onSelect(row.path)}
      rowClass={row => (row.path === first ? 'compare-first' : undefined)}
      empty="Neither account has an artifact."
    />
  );
}

function columnsOf({ reports }: CompareDocument, withCase: boolean): readonly Column<Row>[] {
  return [
    {
      id: 'step',
      title: 'Step',
      width: 56,
      num: true,
      text: row => String(row.step ?? ''),
      order: row => row.step ?? Number.POSITIVE_INFINITY,
      render: row => row.step ?? '–',
    },
    {
      id: 'artifact',
      title: 'Artifact',
      least: 148,
      text: row => row.path,
      render: row => <Inert text={row.path} cut />,
    },
    {
      id: 'most',
      title: reports.length > 2 ? 'Most have' : 'First has',
      width: 116,
      text: row => mostHave(row) ?? '',
      render: row => {
        const most = mostHave(row);
        return most === null ? <span className="t2">nobody</span> : <Hash value={most} />;
      },
    },
    ...reports.map(
      (report, i): Column<Row> => ({
        id: `account-${i}`,
        title: withCase && i === 0 ? 'This case' : baseName(report.path),
        width: 172,
        text: row => row.hashes[i] ?? '',
        render: row =>
          report.verdict === null ? (
            <span className="t2">not read</span>
          ) : (
            <Cell standing={standings(row)[i] ?? 'missing'} hash={row.hashes[i] ?? null} />
          ),
      }),
    ),
  ];
}

function Cell({ standing, hash }: { readonly standing: Standing; readonly hash: string | null }) {
  if (standing === 'same')
    return (
      <Verdict name="reproduced" calm>
        same
      </Verdict>
    );
  if (standing === 'missing') return <Verdict name="missing" />;
  return (
    <span className="compare-differs">
      <Verdict name="differs" /> {hash && <Hash value={hash} />}
    </span>
  );
}
