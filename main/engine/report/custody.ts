import {
  type CaseEvent,
  type EventOf,
  type EventType,
  isReviewEvent,
  type ReviewEvent,
} from '../case/index.ts';
import { rangeText } from '../seed/index.ts';
import type { Report } from './model.ts';
import { exhibitText, plural } from './words.ts';

/**
 * The custody of a case: every event but the single steps, oldest first, in words. Words of a kind that one person adds in a row
 * are one line, with the number of its first event. What is hidden from who looks is told without its words.
 */
export function custodyOf(
  events: readonly CaseEvent[],
  hides: (event: CaseEvent) => boolean = () => false,
): Report['custody'] {
  const lines: Report['custody'] = [];
  for (let i = 0; i < events.length; ) {
    const first = events[i] as CaseEvent;
    const count = runLength(events, i);
    i += count;
    const what =
      count > 1
        ? `${describeRun(first.type)}, ${count} events`
        : hides(first)
          ? HIDDEN
          : describeEvent(first);
    if (what !== null) lines.push({ event: first.seq, at: first.at, by: first.by, what });
  }
  return lines;
}

const HIDDEN = 'Something said of a seed that you review blind';

function runLength(events: readonly CaseEvent[], start: number): number {
  const first = events[start] as CaseEvent;
  if (describeRun(first.type) === null) return 1;
  let end = start + 1;
  while (events[end]?.type === first.type && events[end]?.by === first.by) end += 1;
  return end - start;
}

/** What many events of a type are in a row; null for those that each have their line. */
function describeRun(type: EventType): string | null {
  switch (type) {
    case 'file-imported':
      return 'Files imported beside the bundle';
    case 'seed-annotated':
      return 'Bytes of a seed annotated';
    case 'annotation-changed':
      return 'Annotations changed';
    case 'annotation-removed':
      return 'Annotations removed';
    case 'file-reviewed':
      return 'Files reviewed';
    case 'review-withdrawn':
      return 'Reviews of files withdrawn';
    case 'line-commented':
      return 'Comments written';
    default:
      return null;
  }
}

/** An event in the words of a person; null for what custody leaves to the step table. */
export function describeEvent(event: CaseEvent): string | null {
  if (isReviewEvent(event)) return describeReview(event);
  switch (event.type) {
    case 'case-created':
      return `Case ${event.name} created`;
    case 'kit-applied':
      return `Kit ${event.kit} ${event.version} applied`;
    case 'bundle-imported':
      return `Bundle ${event.name} ${event.again === undefined ? 'imported' : `of event ${event.again} taken up again`}, ${event.files.toLocaleString('en-US')} files, sha256 ${event.bundle.sha256}`;
    case 'file-imported':
      return `File ${event.name} imported beside the bundle, ${plural(event.file.size, 'byte')}, sha256 ${event.file.sha256}`;
    case 'claims-imported':
      return `Hashes taken from the ${event.source} ${event.name}, sha256 ${event.file.sha256}${event.signers.length > 0 ? `, signed by ${event.signers.map(({ identity }) => identity).join(', ')}` : ''}`;
    case 'seed-checked':
      if (event.matches === null)
        return `Binary ${event.name} taken by itself, ${plural(event.seed.size, 'byte')}, sha256 ${event.seed.sha256}`;
      return `Seed ${event.name} checked: ${event.matches ? 'it is the one the kit names' : 'it is not the one the kit names'}`;
    case 'plan-made':
      return `Plan of ${event.steps} steps read`;
    case 'replay-started':
      return `Replay ${event.replay} started, ${event.mode}${event.resumes === undefined ? '' : `, to go on from replay ${event.resumes}, which failed`}`;
    case 'step-finished':
      return null;
    case 'replay-finished':
      return `Replay ${event.replay} ${event.outcome === 'completed' ? 'finished' : 'ended with a failed step'}`;
    case 'signed-off':
      return `Signed off as ${event.role}, ${event.as === 'proved' ? 'proved' : `not proved (${event.open} open)`}: ${event.identity}${event.demonstration ? ', with a demonstration key' : ''}`;
    case 'report-sealed':
      return 'Report sealed';
    case 'blind-review-begun':
      return `Blind review of the seed ${event.seed} begun`;
    case 'blind-review-ended':
      return `Blind review of the seed ${event.seed} ended`;
    case 'undone':
      return `Event ${event.event} undone`;
    case 'redone':
      return `Event ${event.event} done again`;
  }
}

function describeReview(event: ReviewEvent): string {
  switch (event.type) {
    case 'seed-annotated':
      return `Bytes ${event.ranges.map(rangeText).join(', ')} of a seed annotated, ${event.kind}: ${event.label}`;
    case 'annotations-imported':
      return `Annotations taken over from the file ${event.name}, sha256 ${event.file.sha256}${event.signature ? `, signed by the key ${event.signature.key}` : ''}`;
    case 'annotation-changed':
      return `Annotation ${event.id} changed, ${event.kind}: ${event.label}`;
    case 'annotation-removed':
      return `Annotation ${event.id} removed`;
    case 'annotation-resolved':
      return `Annotation ${event.id} settled: ${event.reason}`;
    case 'file-reviewed':
      return `Reviewed ${filesText(event.files)}`;
    case 'review-withdrawn':
      return `Review of ${filesText(event.files)} withdrawn`;
    case 'line-commented':
      return `Comment on ${event.path}${event.line === null ? '' : `, line ${event.line}`}`;
    case 'finding-commented':
      return `Comment on finding ${event.finding}`;
    case 'comment-removed':
      return `Comment ${event.id} removed`;
    case 'comment-resolved':
      return `Comment ${event.id} settled: ${event.reason}`;
    case 'checklist-answered':
      return `Checklist, ${event.item}: ${event.answer}${event.note && `, ${event.note}`}`;
    case 'scope-set':
      return event.text === '' ? 'Scope of the audit taken back' : 'Scope of the audit written';
    case 'finding-raised':
      return `Finding raised, ${event.severity}: ${event.message}${takenText(event)}`;
    case 'finding-resolved':
      return `Finding ${event.id} resolved: ${event.reason}`;
    case 'finding-reopened':
      return `Finding ${event.id} opened again: ${event.reason}`;
    case 'exhibit-attached':
      return `Evidence laid beside finding ${event.finding}: ${exhibitText(event.exhibit)}`;
    case 'exhibit-removed':
      return `Evidence ${event.id} taken away from a finding`;
    case 'finding-waived':
      return `Finding ${event.finding} waived: ${event.reason}${takenText(event)}`;
    case 'waiver-withdrawn':
      return `Waiver of ${event.finding} withdrawn${event.reason && `: ${event.reason}`}`;
  }
}

/** Where what a person says here was said before. */
function takenText({ origin }: EventOf<'finding-raised' | 'finding-waived'>): string {
  if (!origin) return '';
  const { source, name, sha256, by } = origin;
  return `, taken over from the ${source} ${name}, ${source === 'report' ? 'sha256' : 'log head'} ${sha256}, there by ${by}`;
}

function filesText(files: readonly { readonly path: string }[]): string {
  const first = files[0]?.path ?? '';
  return files.length === 1 ? first : `${files.length} files, the first ${first}`;
}
