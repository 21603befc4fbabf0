import { Checkbox } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import type { ByteRange } from '../../viewers/hex/index.ts';
import { type Column, DataTable } from '../../viewers/table/index.ts';

type Source = NonNullable<Output<'seed.source'>>;

interface SourceRow {
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly code: string;
  readonly comment: string;
}

interface SourceLinesProps {
  readonly source: Source;
  readonly range: ByteRange;
  readonly onSelect: (start: number, end: number) => void;
}

/** The seed's source beside its bytes: each line that gives bytes, with where they stand. Comments are hidden at first. */
export function SourceLines({ source, range, onSelect }: SourceLinesProps) {
  const [comments, setComments] = useState(false);
  const rows = useMemo(() => rowsOf(source), [source]);
  const columns = useMemo(() => columnsOf(comments), [comments]);
  const at = rows.find(row => range.start >= row.start && range.start < row.start + row.length);
  return (
    <div className="seed-source">
      <header className="panehead">
        <h2>Source</h2>
        <span className="t2 mono cut grow">
          <Inert text={source.path} cut />
        </span>
        <Checkbox
          className="chain-follow"
          label="Comments"
          checked={comments}
          onChange={event => setComments(event.currentTarget.checked)}
        />
      </header>
      <DataTable
        label="Source, line by line"
        columns={columns}
        rows={rows}
        keyOf={row => `${row.line}-${row.start}`}
        selected={at ? `${at.line}-${at.start}` : null}
        onSelect={row => onSelect(row.start, row.start + row.length)}
        rowHeight={20}
        empty={
          source.assembles
            ? 'No line of the source gives a byte.'
            : 'The source does not assemble to these bytes, so its lines do not stand beside them.'
        }
      />
    </div>
  );
}

function columnsOf(comments: boolean): readonly Column<SourceRow>[] {
  return [
    {
      id: 'offset',
      title: 'Offset',
      width: 64,
      text: row => row.start.toString(16),
      order: row => row.start,
      render: row => <span className="mono t3">{row.start.toString(16).toUpperCase().padStart(4, '0')}</span>,
    },
    {
      id: 'line',
      title: 'Line',
      width: 48,
      num: true,
      text: row => String(row.line),
      order: row => row.line,
      render: row => <span className="t3">{row.line}</span>,
    },
    {
      id: 'code',
      title: 'Source',
      least: 160,
      text: row => row.code,
      render: row => <Inert text={row.code} cut />,
    },
    ...(comments
      ? [
          {
            id: 'comment',
            title: 'Comment, a claim',
            least: 160,
            text: (row: SourceRow) => row.comment,
            render: (row: SourceRow) => (
              <span className="t3 cut">
                <Inert text={row.comment} cut />
              </span>
            ),
          },
        ]
      : []),
  ];
}

function rowsOf({ text, lines }: Source): SourceRow[] {
  const all = text.split('\n');
  return lines.map(([line, start, length]) => {
    const whole = (all[line - 1] ?? '').replaceAll('\t', ' ').trim();
    const at = whole.search(/[#;]/);
    return {
      line,
      start,
      length,
      code: at < 0 ? whole : whole.slice(0, at).trim(),
      comment: at < 0 ? '' : whole.slice(at),
    };
  });
}
