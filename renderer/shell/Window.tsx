import { Suspense, useEffect } from 'react';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { useCase } from '../case.ts';
import { useHotkeys } from '../commands/index.ts';
import { beginSession, useStore } from '../engine/index.ts';
import { useImport } from '../import/choice.ts';
import { ImportPage } from '../import/ImportPage.tsx';
import { location } from '../location.ts';
import { PAGE_COMPONENTS } from '../pages/index.ts';
import { ReadReport } from '../reading/ReadReport.tsx';
import { useReading, useReadingCommands } from '../reading/reading.ts';
import { Start } from '../start/Start.tsx';
import { Alarms } from './Alarms.tsx';
import { needsChain } from './chain-pages.ts';
import { Dialogs } from './Dialogs.tsx';
import { isDialogOpen } from './dialogs.ts';
import { useFrameCommands } from './frame-commands.ts';
import { Navigation } from './Navigation.tsx';
import { NoChain } from './NoChain.tsx';
import { PAGES } from './page-definitions.tsx';
import { rememberFocus } from './pane-focus.ts';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useTheme } from './theme.ts';

/** The whole window. */
export function Window() {
  useEffect(beginSession, []);
  useEffect(rememberFocus, []);
  const summary = useCase();
  useTheme();
  useHotkeys(isDialogOpen);
  const report = useReading();
  useFrameCommands(report ? null : summary);
  useReadingCommands();
  return (
    <div className="window">
      <TitleBar summary={report ? null : summary} report={report} />
      <div className="alarms">
        <Alarms summary={summary} />
      </div>
      <Navigation summary={summary} />
      <main className="main">
        {report ? (
          <ReadReport report={report} />
        ) : summary ? (
          <ShownPage summary={summary} />
        ) : (
          summary === null && <Start />
        )}
      </main>
      <StatusBar summary={summary} />
      <Dialogs />
    </div>
  );
}

function ShownPage({ summary }: { readonly summary: CaseSummary }) {
  const { page } = useStore(location);
  const importing = useImport() !== undefined;
  if (needsChain(page, summary)) return <NoChain title={PAGES.find(({ id }) => id === page)?.title ?? ''} />;
  if (page === 'bundle' && (importing || !summary.bundle)) return <ImportPage summary={summary} />;
  const Page = PAGE_COMPONENTS[page];
  return (
    <Suspense fallback={null}>
      <Page key={page} />
    </Suspense>
  );
}
