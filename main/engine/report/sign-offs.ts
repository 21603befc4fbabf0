import { canonicalBytes } from '../base/index.ts';
import {
  type CaseEvent,
  checkpointBody,
  type EventOf,
  type LogHead,
  leafHash,
  MerkleTree,
} from '../case/index.ts';
import type { DerivedFile } from './people.ts';

/** What a person signs: who, as what, and the head of the log, which fixes everything that was recorded until then. */
export type SignOffStatement = Pick<EventOf<'signed-off'>, 'role' | 'identity' | 'as' | 'open'>;

/** The text that a sign-off signs, as it also stands in the report. Its last three lines are the checkpoint of the log. */
export function signOffText(caseId: string, head: LogHead, statement: SignOffStatement): string {
  const { role, identity, as, open } = statement;
  return `Assay sign-off 1\nrole ${role}\nidentity ${identity}\nas ${as}\nopen ${open}\n${checkpointBody(caseId, head)}`;
}

/** What became of a sign-off. */
export interface SignOff {
  readonly signed: EventOf<'signed-off'>;
  /** The log that was signed: all events before the sign-off. */
  readonly head: LogHead;
  /**
   * `stands`; `void`: evidence was added after it; `renewed`: the same key signed in the same role again; `trial`: by a
   * demonstration key, and people have signed since.
   */
  readonly state: 'stands' | LapsedState;
  /** Events of evidence after it: how many, and the numbers of the first and last; null for none. */
  readonly after: { readonly events: number; readonly first: number; readonly last: number } | null;
}

/** Why a sign-off does not hold any more. */
export type LapsedState = 'void' | 'renewed' | 'trial';

/** Whether an event adds to what was signed. Other sign-offs and the sealing do not. */
function isEvidence({ type }: CaseEvent): boolean {
  return type !== 'signed-off' && type !== 'report-sealed';
}

/** Every sign-off of a log with what became of it, oldest first. */
export function signOffsOf(events: readonly CaseEvent[]): SignOff[] {
  const heads = headsBefore(events);
  const evidence = events.filter(isEvidence).map(({ seq }) => seq);
  const last = evidence.at(-1) ?? 0;
  const newest = new Map<string, number>();
  for (const [seq] of heads) newest.set(keyOf(events[seq - 1]), seq);
  const person = events.findLast(event => event.type === 'signed-off' && !event.demonstration)?.seq ?? 0;
  const stateOf = (signed: EventOf<'signed-off'>): SignOff['state'] => {
    if (newest.get(keyOf(signed)) !== signed.seq) return 'renewed';
    if (last > signed.seq) return 'void';
    return signed.demonstration && person > signed.seq ? 'trial' : 'stands';
  };
  return [...heads].map(([seq, head]) => {
    const signed = events[seq - 1] as EventOf<'signed-off'>;
    const later = last > seq ? evidence.filter(number => number > seq) : [];
    const after =
      later.length > 0 ? { events: later.length, first: later[0] ?? seq, last: later.at(-1) ?? seq } : null;
    return { signed, head, state: stateOf(signed), after };
  });
}

function keyOf(event: CaseEvent | undefined): string {
  return event?.type === 'signed-off' ? `${event.role} ${event.fingerprint}` : '';
}

/** For each sign-off, by its number, the head of the log before it. */
function headsBefore(events: readonly CaseEvent[]): Map<number, LogHead> {
  const heads = new Map<number, LogHead>();
  const newest = events.findLast(event => event.type === 'signed-off')?.seq ?? 0;
  const tree = new MerkleTree();
  for (const event of events.slice(0, newest)) {
    if (event.type === 'signed-off')
      heads.set(event.seq, { size: tree.size, root: tree.root().toString('hex') });
    tree.add(leafHash(canonicalBytes(event)));
  }
  return heads;
}

/** Names of a sign-off's text and signature in the report, without their ending. */
export function signOffName({ seq, role }: Pick<EventOf<'signed-off'>, 'seq' | 'role'>): string {
  return `sign-offs/${String(seq).padStart(6, '0')}-${role}`;
}

/** The texts of all sign-offs and their signatures, so that other tools can check them. */
export function signOffFiles(caseId: string, events: readonly CaseEvent[]): DerivedFile[] {
  return signOffsOf(events).flatMap(({ signed, head }) => [
    { name: `${signOffName(signed)}.txt`, bytes: Buffer.from(signOffText(caseId, head, signed)) },
    { name: `${signOffName(signed)}.txt.sig`, bytes: Buffer.from(signed.signature) },
  ]);
}
