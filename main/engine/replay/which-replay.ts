import { AssayError, type Sha256 } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { readStepRecord, type StepRecord } from './record.ts';

type Started = EventOf<'replay-started'>;
type Finished = EventOf<'replay-finished'>;

/** What a replay is one of. */
export interface ReplayKind {
  readonly mode: Started['mode'];
  readonly plan: Sha256;
  /** The machine's description. */
  readonly machine: Sha256;
}

/** A replay that is to be run: a new one, or one that goes on. */
export interface ChosenReplay {
  readonly replay: number;
  /** Whether it began before. */
  readonly goesOn: boolean;
  /** What it has already. */
  readonly records: readonly StepRecord[];
  /** The failed replay whose results it takes over; null for none. */
  readonly resumes: number | null;
}

/** A replay that ended, and is what was asked for. */
interface EndedReplay {
  readonly replay: number;
  readonly ended: Finished;
}

/** What a person asked for. */
interface Wish {
  readonly again?: boolean;
  readonly resume?: boolean;
}

/** Which replay is run. Throws `replay.not-resumable`. */
export function chooseReplay(theCase: Case, kind: ReplayKind, wish: Wish): ChosenReplay | EndedReplay {
  const found = findReplay(theCase, kind);
  const ended = found && theCase.log.of('replay-finished').find(event => event.replay === found.replay);
  if (found && !ended) {
    const { replay, resumes = null } = found;
    return { replay, goesOn: true, records: recordsOf(theCase, replay), resumes };
  }
  if (wish.resume) mustBeResumable(theCase, kind, found, ended);
  else if (found && ended && !wish.again) return { replay: found.replay, ended };
  const replay = theCase.log.of('replay-started').length + 1;
  return { replay, goesOn: false, records: [], resumes: (wish.resume && found?.replay) || null };
}

/** The newest replay of a mode, if it is one of this plan on this machine, and of the kit, bundle and seeds that the case has now. */
function findReplay(theCase: Case, { mode, plan, machine }: ReplayKind): Started | null {
  const newest = theCase.log.of('replay-started').findLast(event => event.mode === mode);
  const same = newest?.plan === plan && newest.machine.sha256 === machine;
  return same && madeWithWhatIsHere(theCase, newest) ? newest : null;
}

/** Whether the case still has the kit, the bundle and the seeds that it had when a replay began. */
export function madeWithWhatIsHere({ log }: Case, { seq }: Started): boolean {
  const inputs = ['kit-applied', 'bundle-imported', 'seed-checked'] as const;
  return inputs.every(type => (log.last(type)?.seq ?? 0) < seq);
}

function mustBeResumable(
  { log }: Case,
  { mode, plan, machine }: ReplayKind,
  found: Started | null,
  ended: Finished | undefined | null,
): void {
  if (found && ended?.outcome === 'failed') return;
  const newest = log.of('replay-started').findLast(event => event.mode === mode);
  if (!newest) throw notResumable('the chain was not replayed yet');
  const name = `replay ${newest.replay}`;
  if (found) throw notResumable(`${name} came to its end`);
  if (newest.plan !== plan) throw notResumable(`${name} is of another plan`);
  if (newest.machine.sha256 !== machine)
    throw notResumable(`${name} ran with another runtime or observer, or on another machine`);
  throw notResumable(`kit, bundle or seeds changed since ${name}`);
}

function notResumable(why: string): AssayError {
  return new AssayError({
    kind: 'input',
    code: 'replay.not-resumable',
    message: `there is nothing to resume: ${why}`,
    cure: 'Replay the chain from its beginning: assay replay CASE --again',
  });
}

/** The records of a replay's finished steps, in order. */
export function recordsOf(theCase: Case, replay: number): StepRecord[] {
  return theCase.log
    .of('step-finished')
    .filter(event => event.replay === replay)
    .map(event => readStepRecord(theCase.objects.read(event.record.sha256), event.step));
}
