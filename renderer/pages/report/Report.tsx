import { Button } from '@blueprintjs/core';
import { EndorsedIcon, ExportIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import { useCase } from '../../case.ts';
import { runCommand, useCommands } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { Checklist } from './Checklist.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { Paper } from './Paper.tsx';
import { ReportFiles } from './ReportFiles.tsx';
import { ScopeText } from './ScopeText.tsx';
import { SignOffs } from './SignOffs.tsx';
import './report.css';

/** The report as it would leave now, what people still have to say, and its way out. */
export default function Report() {
  const summary = useCase();
  const replayed = summary?.replay?.outcome !== undefined;
  const { value: preview } = useEngine('report.preview', replayed ? {} : null);
  const { value: overview } = useEngine('case.overview', {});
  const [exporting, setExporting] = useState(false);
  const points = overview?.open ?? [];
  const open = points.length === 0 ? null : `${points.map(point => point.text).join('; ')}.`;
  useCommands(
    () => [
      {
        id: 'report.export',
        title: 'Sign and export the report',
        group: 'On this page',
        keys: 'Ctrl E',
        enabled: replayed,
        run: () => setExporting(true),
      },
    ],
    [replayed],
  );
  return (
    <>
      <PageHead
        title="Report"
        subject={preview ? 'Preview of the draft, exactly as exported' : undefined}
        actions={
          <>
            <Button
              size="small"
              variant="minimal"
              icon={<EndorsedIcon />}
              onClick={() => runCommand('report.verify')}
            >
              Verify a report
            </Button>
            <Button
              size="small"
              intent="primary"
              icon={<ExportIcon />}
              disabled={!replayed}
              onClick={() => setExporting(true)}
            >
              Sign and export
            </Button>
          </>
        }
      />
      <Panes>
        <MainPane label="Preview">
          {preview ? <Paper html={preview.html} label="Preview of the report" /> : !replayed && <Nothing />}
        </MainPane>
        <SidePane name="report.work" label="Before signing" side="right" width={392}>
          <div className="pane-body">
            <Checklist />
            <ScopeText />
            {summary && <SignOffs summary={summary} open={open} />}
            {replayed && <ReportFiles />}
          </div>
        </SidePane>
      </Panes>
      {exporting && summary && (
        <ExportDialog summary={summary} open={open} onClose={() => setExporting(false)} />
      )}
    </>
  );
}

function Nothing() {
  return (
    <div className="pane-none">
      <p className="strong">There is nothing to report yet.</p>
      <p className="t2">A report is made from a replay. The chain of this case was not replayed.</p>
      <p>
        <Button size="small" onClick={() => go('chain')}>
          Go to the chain
        </Button>
      </p>
    </div>
  );
}
