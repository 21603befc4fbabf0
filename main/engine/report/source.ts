import { z } from 'zod';
import { canonicalBytes, inputError } from '../base/index.ts';
import { companionsOf, entryWithin, placedEntry } from '../bundle/index.ts';
import {
  type BundleEntry,
  type Case,
  type CaseEvent,
  type EventOf,
  type EventType,
  isKitSeed,
  isReviewEvent,
  type KitSeedChecked,
  type LogHead,
  leafHash,
  MerkleTree,
} from '../case/index.ts';
import {
  expectationSchema,
  type KitDescription,
  type MatchedFiles,
  matchFiles,
  type OwnTree,
  parseKit,
  planSchema,
  treeFolder,
} from '../chain/index.ts';
import {
  type FinalTree,
  finalTreeSchema,
  machineSchema,
  readStepRecord,
  type StepRecord,
} from '../replay/index.ts';
import { type Review, reviewOf, type SeenReview, seenBy, seenIn } from '../review/index.ts';
import type { Evidence } from '../verdict/index.ts';

/** Where a report's evidence is read from: a case, or an exported report. */
export interface EvidenceSource {
  /** The event log, oldest first. */
  readonly events: readonly CaseEvent[];
  /** The bytes of an object, checked against its name. Throws when it is not there. */
  object(sha256: string): Buffer;
  /** The bundle's entry at a path of the bundle. */
  entry(path: string): BundleEntry | undefined;
  /** All entries of the bundle. */
  entries(): Iterable<BundleEntry>;
}

/** One replay as the log tells it, with what it left. */
export interface ReplayTrail {
  readonly started: EventOf<'replay-started'>;
  readonly planMade: EventOf<'plan-made'>;
  readonly steps: readonly EventOf<'step-finished'>[];
  readonly finished: EventOf<'replay-finished'> | undefined;
  /** One for each of the steps. */
  readonly records: readonly StepRecord[];
  /** Null while it has not finished. */
  readonly tree: FinalTree | null;
}

/** The evidence of a case's newest replay, found through its log. */
export interface CaseEvidence {
  readonly evidence: Evidence;
  /** What people said. */
  readonly review: Review;
  /** What of it is shown of seeds: all, but for a draft before somebody who reviews a seed blind. */
  readonly seen: SeenReview;
  readonly kit: KitDescription;
  readonly kitApplied: EventOf<'kit-applied'>;
  readonly bundle: EventOf<'bundle-imported'>;
  readonly seeds: readonly KitSeedChecked[];
  readonly replay: ReplayTrail;
  /** The unaided replay that a stepped one is compared with; null when there is none. */
  readonly unaided: ReplayTrail | null;
  /** What the bundle was made of: pinned files and those beside it, when the replay began. */
  readonly files: MatchedFiles;
  /** What was taken from others' reports and images before the expectations were recorded. */
  readonly claims: readonly EventOf<'claims-imported'>[];
  /** The entry of the tree's root at a path; what the kit's paths mean. Pinned files from beside the bundle are in their places. */
  readonly entry: (path: string) => BundleEntry | undefined;
}

/** A case as a source of evidence: of its newest replay, or of the one that is named. Throws `replay.no-such`. */
export function caseSource(theCase: Case, replay?: number): EvidenceSource {
  const { log } = theCase;
  const events = replay === undefined ? log.events : eventsFor(log.events, replay);
  const bundle = eventsOf(events, 'bundle-imported').at(-1);
  return {
    events,
    object: sha256 => theCase.objects.read(sha256),
    entry: path => (bundle ? theCase.entries.get(bundle.seq, path) : undefined),
    entries: () => (bundle ? theCase.entries.all(bundle.seq) : []),
  };
}

/**
 * The events that speak of one replay: up to the next of its mode, on the kit and the bundle that it had, with all that people said
 * since. Unaided replays after it stay, since a stepped one is compared with them.
 */
function eventsFor(events: readonly CaseEvent[], replay: number): CaseEvent[] {
  const started = startedOf(events, replay);
  const next = eventsOf(events, 'replay-started').find(
    ({ seq, mode }) => mode === started.mode && seq > started.seq,
  );
  return events.filter(event => {
    if (isReviewEvent(event) || event.type === 'undone' || event.type === 'redone') return true;
    if (event.seq >= (next?.seq ?? Number.POSITIVE_INFINITY)) return false;
    return event.seq < started.seq || (event.type !== 'kit-applied' && event.type !== 'bundle-imported');
  });
}

/** The newest replay; null when there was none since the bundle that the case has now was imported. */
export function replayThatCounts(events: readonly CaseEvent[]): EventOf<'replay-started'> | null {
  const started = eventsOf(events, 'replay-started').at(-1);
  const imported = eventsOf(events, 'bundle-imported').at(-1);
  return started && imported && started.seq > imported.seq ? started : null;
}

function countedReplay(events: readonly CaseEvent[]): EventOf<'replay-started'> {
  const counted = replayThatCounts(events);
  if (counted) return counted;
  const { replay } = newest(events, 'replay-started');
  throw inputError(
    'report.incomplete',
    `another bundle was imported since replay ${replay}`,
    undefined,
    'Replay the chain: assay replay CASE',
  );
}

function startedOf(events: readonly CaseEvent[], replay: number): EventOf<'replay-started'> {
  const started = eventsOf(events, 'replay-started').find(event => event.replay === replay);
  if (started) return started;
  throw inputError('replay.no-such', `the case has no replay ${replay}`);
}

/** Evidence for a draft before who works in the case, without what a blind review hides from that person. */
export function seenEvidence(theCase: Case, read: CaseEvidence): CaseEvidence {
  return { ...read, seen: seenIn(theCase) };
}

/** The events of one type. */
export function eventsOf<T extends EventType>(events: readonly CaseEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

function newest<T extends EventType>(events: readonly CaseEvent[], type: T): EventOf<T> {
  const event = eventsOf(events, type).at(-1);
  if (!event)
    throw inputError(
      'report.incomplete',
      `the case has no '${type}' yet`,
      undefined,
      'Run the audit to its end first.',
    );
  return event;
}

/** The head of a log, computed from its events. */
export function headOf(events: readonly CaseEvent[]): LogHead {
  const tree = new MerkleTree();
  for (const event of events) tree.add(leafHash(canonicalBytes(event)));
  return { size: tree.size, root: tree.root().toString('hex') };
}

function jsonOf(bytes: Buffer, what: string, sha256: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw inputError('evidence.invalid', `${what} is not JSON`, { file: sha256 });
  }
}

function document<S extends z.ZodType>(
  source: EvidenceSource,
  sha256: string,
  schema: S,
  what: string,
): z.infer<S> {
  const parsed = schema.safeParse(jsonOf(source.object(sha256), what, sha256));
  if (!parsed.success) {
    throw inputError(
      'evidence.invalid',
      `${what} is not valid: ${parsed.error.issues[0]?.message ?? 'unknown shape'}`,
      { file: sha256 },
    );
  }
  return parsed.data;
}

/**
 * Reads the evidence of the newest replay, or of one that is named and that the source was made for. Throws `report.incomplete` when
 * the case has not come that far, and `replay.no-such`.
 */
export function readEvidence(source: EvidenceSource, wanted?: number): CaseEvidence {
  const { events } = source;
  const kitApplied = newest(events, 'kit-applied');
  const bundle = newest(events, 'bundle-imported');
  const named = wanted === undefined ? countedReplay(events) : startedOf(events, wanted);
  const replay = trailOf(source, named);
  const unaided = unaidedTrail(source, replay.started, Math.max(bundle.seq, kitApplied.seq));
  const seeds = newestSeeds(events);
  const review = reviewOf(events);
  const kit = parseKit(source.object(kitApplied.description.sha256), 'kit.toml');
  const { started, planMade, records, tree } = replay;
  const own = ownTree(source, kit);
  const companions = companionsOf(eventsOf(events, 'file-imported'), started.seq);
  const files = matchFiles(
    { description: kit, bytes: source.object(kitApplied.description.sha256), bundleFolder: null },
    own,
    companions,
    sha256 => source.object(sha256),
  );
  const claims = eventsOf(events, 'claims-imported').filter(({ seq }) => seq < planMade.seq);
  const placed = new Map(files.placed.map(file => [file.path, placedEntry(file)]));
  const entry = (path: string) => placed.get(path) ?? own.entry(path);
  const evidence: Evidence = {
    kit,
    plan: document(source, started.plan, planSchema, 'the plan'),
    expectations: document(
      source,
      planMade.expectations.sha256,
      z.array(expectationSchema),
      'the list of expectations',
    ),
    seeds,
    machine: document(source, started.machine.sha256, machineSchema, 'the description of the machine'),
    records,
    tree,
    unaided: unaided?.tree
      ? { replay: unaided.started.replay, records: unaided.records, tree: unaided.tree }
      : null,
    waivers: review.waivers(),
    raised: review.raised(),
    attachments: review.attachments(),
    pins: files.pins,
    extra: files.extra,
    flagged: bundle.flagged,
    source: entry,
    inBundle: contentsOf(source, placed.values()),
  };
  return {
    evidence,
    review,
    seen: seenBy(review, null),
    kit,
    kitApplied,
    bundle,
    seeds,
    replay,
    unaided,
    files,
    claims,
    entry,
  };
}

/** The bundle's own tree as the kit's paths see it. */
function ownTree(source: EvidenceSource, kit: KitDescription): OwnTree {
  const folder = treeFolder(kit, () => source.entries());
  const entry = (path: string) => {
    const found = source.entry(folder === '' ? path : `${folder}/${path}`);
    return (found && entryWithin(folder, found)) ?? undefined;
  };
  return {
    entry,
    *entries() {
      for (const each of source.entries()) {
        const seen = entryWithin(folder, each);
        if (seen) yield seen;
      }
    },
    read: path => source.object(entry(path)?.sha256 ?? path),
  };
}

/** Tells which contents files of the bundle and those beside it have; looks through its index when it is first asked. */
function contentsOf(source: EvidenceSource, placed: Iterable<BundleEntry>): (sha256: string) => boolean {
  let contents: Set<string> | undefined;
  return sha256 => {
    contents ??= new Set([...source.entries(), ...placed].flatMap(entry => entry.sha256 ?? []));
    return contents.has(sha256);
  };
}

function planOf(events: readonly CaseEvent[], replay: EventOf<'replay-started'>): EventOf<'plan-made'> {
  const made = eventsOf(events, 'plan-made').findLast(event => event.plan.sha256 === replay.plan);
  if (!made)
    throw inputError('evidence.missing', 'the log does not say where the plan of the replay comes from');
  return made;
}

/** The newest finished unaided replay since the chain was last imported, for a replay that is not one itself. */
function unaidedTrail(
  source: EvidenceSource,
  replay: EventOf<'replay-started'>,
  since: number,
): ReplayTrail | null {
  if (replay.mode !== 'stepped') return null;
  const finished = new Set(eventsOf(source.events, 'replay-finished').map(event => event.replay));
  const started = eventsOf(source.events, 'replay-started').findLast(
    event => event.mode === 'unaided' && event.seq > since && finished.has(event.replay),
  );
  return started ? trailOf(source, started) : null;
}

function trailOf(source: EvidenceSource, started: EventOf<'replay-started'>): ReplayTrail {
  const { replay } = started;
  const steps = eventsOf(source.events, 'step-finished').filter(event => event.replay === replay);
  const finished = eventsOf(source.events, 'replay-finished').find(event => event.replay === replay);
  return {
    started,
    planMade: planOf(source.events, started),
    steps,
    finished,
    records: steps.map(event => readStepRecord(source.object(event.record.sha256), event.step)),
    tree: finished ? document(source, finished.tree.sha256, finalTreeSchema, 'the final tree') : null,
  };
}

function newestSeeds(events: readonly CaseEvent[]): KitSeedChecked[] {
  const seeds = eventsOf(events, 'seed-checked').filter(isKitSeed);
  return [...new Map(seeds.map(event => [event.name, event])).values()];
}
