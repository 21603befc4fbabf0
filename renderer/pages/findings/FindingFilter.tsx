import { HTMLSelect } from '@blueprintjs/core';
import { inertText } from '../../../main/contract/inert.ts';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { counted } from '../../parts/format.ts';
import { Proposals } from './Proposals.tsx';
import { SEVERITIES } from './severity.ts';

/** Which findings are listed, besides their state; null for all. */
export interface Filter {
  readonly severity: FindingRow['severity'] | null;
  /** Who raised it; the empty text for what follows from the evidence. */
  readonly by: string | null;
}

export const EVERYTHING: Filter = { severity: null, by: null };

/** Whether a finding is listed. */
export function passes(finding: FindingRow, { severity, by }: Filter): boolean {
  return (
    (severity === null || finding.severity === severity) && (by === null || (finding.raised?.by ?? '') === by)
  );
}

interface FindingFilterProps {
  readonly findings: readonly FindingRow[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Chooses findings by how grave they are and by who found them, each with its number. */
export function FindingFilter({ findings, filter, onFilter }: FindingFilterProps) {
  const people = [...new Set(findings.map(finding => finding.raised?.by ?? ''))].sort();
  const of = (some: Partial<Filter>) =>
    counted(findings.filter(finding => passes(finding, { ...EVERYTHING, ...some })).length, 'finding');
  return (
    <div className="panehead">
      <HTMLSelect
        aria-label="Severity"
        value={filter.severity ?? ''}
        onChange={event =>
          onFilter({ ...filter, severity: (event.currentTarget.value || null) as Filter['severity'] })
        }
      >
        <option value="">Every severity</option>
        {Object.entries(SEVERITIES).map(([severity, { word }]) => (
          <option key={severity} value={severity}>
            {word}, {of({ severity: severity as FindingRow['severity'] })}
          </option>
        ))}
      </HTMLSelect>
      <HTMLSelect
        aria-label="Found by"
        value={filter.by === null ? 'all' : `by ${filter.by}`}
        onChange={({ currentTarget: { value } }) =>
          onFilter({ ...filter, by: value === 'all' ? null : value.slice(3) })
        }
      >
        <option value="all">Found by anybody</option>
        {people.map(by => (
          <option key={by} value={`by ${by}`}>
            {by === '' ? 'Assay' : inertText(by)}, {of({ by })}
          </option>
        ))}
      </HTMLSelect>
      <span className="grow" />
      <Proposals />
    </div>
  );
}
