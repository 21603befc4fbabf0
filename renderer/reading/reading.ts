import type { Grant } from '../../main/contract/grants.ts';
import { useCommands } from '../commands/index.ts';
import { attempt, desktop, Store, useStore } from '../engine/index.ts';

/** The report that is read, checked before anything of it is shown; null while none is. */
export const reading = new Store<Grant | null>(null);

export function useReading(): Grant | null {
  return useStore(reading);
}

/** Lets a person choose a report and opens it read-only. */
export async function chooseReport(): Promise<void> {
  const chosen = await attempt('No report was opened', () => desktop('choose.reports', { several: false }));
  if (chosen?.[0]) reading.set(chosen[0]);
}

/** Leaves the report that is read. */
export function leaveReport(): void {
  reading.set(null);
}

/** The commands about reading reports, on every page. */
export function useReadingCommands(): void {
  const open = useReading() !== null;
  useCommands(
    () => [
      {
        id: 'report.verify',
        title: 'Verify a report',
        group: 'Case',
        keys: 'Ctrl R',
        run: () => void chooseReport(),
      },
      {
        id: 'report.leave',
        title: 'Leave the report',
        group: 'Case',
        enabled: open,
        run: leaveReport,
      },
    ],
    [open],
  );
}
