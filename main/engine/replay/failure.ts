import type { Case, EventOf } from '../case/index.ts';
import type { Plan } from '../chain/index.ts';
import { type End, readStepRecord, type StepRecord } from './record.ts';

/** Lines shown of what a failed step printed, and bytes read to find them. */
const TAIL_LINES = 20;
const TAIL_BYTES = 64 << 10;

/** What a person needs to go on after a step failed. Its texts hold evidence: make them visible before showing them. */
export interface StepFailure {
  readonly number: number;
  readonly step: string;
  /** In words, how it ended. */
  readonly reason: string;
  readonly argv: readonly string[];
  /** The last lines of what it printed, standard output before standard error. */
  readonly logTail: readonly string[];
  /** The command line that runs the step alone on the tree as it was before it. */
  readonly rerun: string;
  /** The command line that goes on from here by another replay. */
  readonly resume: string;
}

/** Describes the failed step of a replay. */
export function failureOf(theCase: Case, plan: Plan, event: EventOf<'step-finished'>): StepFailure {
  const record = readStepRecord(theCase.objects.read(event.record.sha256), event.step);
  const step = plan.steps.find(each => each.number === event.number);
  const { number } = event;
  return {
    number,
    step: event.step,
    reason: reasonOf(record, step?.action === 'run' ? step.expectedStatus : 0),
    argv: step?.action === 'run' ? step.argv : [],
    logTail: [...tailOf(theCase, record.stdout), ...tailOf(theCase, record.stderr)].slice(-TAIL_LINES),
    rerun: `assay replay ${shellWord(theCase.folder)} --only ${number}`,
    resume: `assay replay ${shellWord(theCase.folder)} --resume`,
  };
}

const REFUSALS: Record<StepRecord['refused'][number]['reason'], string> = {
  name: 'it left a name that is no UTF-8 or too long',
  'link-target': 'it left a link to a name that is no UTF-8',
  pipe: 'it left a named pipe',
  socket: 'it left a socket',
  device: 'it left a device',
  limit: 'it wrote more than a step may',
};

function reasonOf({ end, refused }: StepRecord, expected: number | null): string {
  const [first] = refused;
  if (!end) return 'the workstation could not do it';
  const good = end.how === 'exited' && (expected === null || end.status === expected);
  if (first && good) return `${REFUSALS[first.reason]}: ${first.path}`;
  return end.how === 'exited' && expected ? `${endText(end)}, not ${expected}` : endText(end);
}

const OVER_LIMIT: Record<Extract<End, { how: 'over-limit' }>['what'], (limit: number) => string> = {
  memory: limit => `it took more than ${limit} bytes of memory`,
  processes: limit => `it had more than ${limit} processes at once`,
  file: limit => `it wrote a file of more than ${limit} bytes`,
};

/** How a program ended, in words. */
export function endText(end: End): string {
  switch (end.how) {
    case 'exited':
      return `it ended with status ${end.status}`;
    case 'signalled':
      return `it was ended by ${end.signal}`;
    case 'timed-out':
      return `it took longer than ${end.afterSeconds} s`;
    case 'too-much-output':
      return `it printed or did so much that more than ${end.limit} bytes had to be kept`;
    case 'over-limit':
      return OVER_LIMIT[end.what](end.limit);
    case 'not-started':
      return `it could not be started, ${end.reason}`;
  }
}

function tailOf(theCase: Case, log: StepRecord['stdout']): string[] {
  if (!log || log.size === 0) return [];
  let tail = Buffer.alloc(0);
  for (const chunk of theCase.objects.chunks(log.sha256)) {
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
  }
  return tail.toString('utf8').replace(/\n$/, '').split('\n').slice(-TAIL_LINES);
}

function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
