import type { CaseEvent } from '../case/index.ts';
import type { Report } from './model.ts';

/** The custody of a case: every event but the single steps, oldest first, in words. */
export function custodyOf(events: readonly CaseEvent[]): Report['custody'] {
  return events.flatMap(event => {
    const what = describeEvent(event);
    return what === null ? [] : [{ event: event.seq, at: event.at, by: event.by, what }];
  });
}

/** An event in the words of a person; null for what custody leaves to the step table. */
export function describeEvent(event: CaseEvent): string | null {
  switch (event.type) {
    case 'case-created':
      return `Case ${event.name} created`;
    case 'kit-applied':
      return `Kit ${event.kit} ${event.version} applied`;
    case 'bundle-imported':
      return `Bundle ${event.name} imported, ${event.files.toLocaleString('en-US')} files, sha256 ${event.bundle.sha256}`;
    case 'seed-checked':
      return `Seed ${event.name} checked: ${event.matches ? 'it is the one the kit names' : 'it is not the one the kit names'}`;
    case 'plan-made':
      return `Plan of ${event.steps} steps read`;
    case 'replay-started':
      return `Replay ${event.replay} started, ${event.mode}`;
    case 'step-finished':
      return null;
    case 'replay-finished':
      return `Replay ${event.replay} ${event.outcome === 'completed' ? 'finished' : 'ended with a failed step'}`;
    case 'finding-waived':
      return `Finding ${event.finding} waived: ${event.reason}`;
    case 'waiver-withdrawn':
      return `Waiver of ${event.finding} withdrawn${event.reason && `: ${event.reason}`}`;
    case 'signed-off':
      return `Signed off as ${event.role}: ${event.identity}${event.demonstration ? ', with a demonstration key' : ''}`;
    case 'report-sealed':
      return 'Report sealed';
  }
}
