import { inertText } from '../../../main/contract/inert.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { standingOf } from './compared.ts';
import type { CellPlace } from './MatrixRowView.tsx';
import { FIXED } from './matrix-layout.ts';

/** The heads: what stays at the left, then each account with what it can be relied on for. */
export function MatrixHead({ layout, range, reports }: CellPlace) {
  const { compact, head, fixed, column, width } = layout;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    <div className="cm-head" role="row" aria-rowindex={1} style={{ height: head, width }}>
      <div className="cm-fixed" role="presentation" style={{ width: fixed }}>
        <Head width={FIXED.step}>Step</Head>
        <Head width={FIXED.artifact}>Artifact</Head>
        {!compact && <Head width={FIXED.expected}>Expected</Head>}
      </div>
      {reports.slice(range.first, range.end).map((report, i) => {
        const at = range.first + i;
        const standing = standingOf(report, reports);
        const spoken = `${inertText(report.name)}, ${inertText(standing)}`;
        const bad = report.kind === 'report' && !report.valid;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
          <div
            key={at}
            role="columnheader"
            aria-colindex={at + (compact ? 3 : 4)}
            aria-label={spoken}
            title={spoken}
            className="cm-account"
            style={{ left: fixed + at * column, width: column, height: head }}
          >
            <span className="cm-name cut">
              <Inert text={report.name} prose cut />
            </span>
            {compact && bad && (
              <span className="cm-bad">
                <Mark name="failed" />
              </span>
            )}
            {!compact && (
              <span className={bad ? 'cm-bad' : 't2 cut'}>
                {bad && <Mark name="failed" />} <Inert text={standing} prose />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

function Head({ width, children }: { readonly width: number; readonly children: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    <span className="cm-cell" role="columnheader" style={{ width }}>
      {children}
    </span>
  );
}
