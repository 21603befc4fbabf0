import type { FindingRow } from '../../../main/contract/requests/index.ts';
import type { MarkName } from '../../parts/Mark.tsx';

/** How grave a finding is, as mark and word. */
export const SEVERITIES: Record<FindingRow['severity'], { readonly mark: MarkName; readonly word: string }> =
  {
    high: { mark: 'concern', word: 'high' },
    medium: { mark: 'question', word: 'medium' },
    low: { mark: 'explained', word: 'low' },
    note: { mark: 'none', word: 'note' },
  };

/** Where a finding stands, as mark and word. */
export const STATES: Record<FindingRow['state'], { readonly mark: MarkName; readonly word: string }> = {
  open: { mark: 'blocks', word: 'open' },
  waived: { mark: 'waived', word: 'waived' },
  resolved: { mark: 'done', word: 'settled' },
};

/** What a finding does to the verdict, in words. */
export function effectOf({
  code,
  severity,
  raised,
}: Pick<FindingRow, 'code' | 'severity' | 'raised'>): string {
  if (raised)
    return 'A person raised it. It stands in the report with its state; the verdict is made from evidence alone.';
  if (code.startsWith('closure.'))
    return 'Trust closure is broken or was not observed, so the chain cannot be called reproduced. A waiver does not change that.';
  if (code === 'artifact.differs')
    return 'A published hash was not met. Waived, the artifact is called waived and stays a difference; the chain is not reproduced.';
  if (severity === 'high') return 'It speaks against the verdict.';
  return 'It does not change the verdict. It stands in the report.';
}
