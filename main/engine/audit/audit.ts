import { existsSync } from 'node:fs';
import { type AssayIdentity, assayIdentity, type Clock, type TaskOptions } from '../base/index.ts';
import { type Case, createCase, type EventOf, isCase, openCase } from '../case/index.ts';
import { type Kit, loadKit, type MatchedFiles, planSchema } from '../chain/index.ts';
import {
  chooseObserver,
  chooseRuntimeFor,
  machineSchema,
  type OnOutput,
  type ReplayInput,
  type ReplayLimits,
  type ReplayMode,
  type ReplayOutcome,
  type ReplayWatcher,
  type Rerun,
  type RerunOptions,
  rerunStep,
  runReplay,
} from '../replay/index.ts';
import { defaultReportPath, plural, type SealedReport, type Signing, sealReport } from '../report/index.ts';
import { mustSeeAll } from '../review/index.ts';
import { type CaseTree, openTree, requirePins } from './case-tree.ts';
import { importClaims } from './claims.ts';
import { appliedKit, applyKit, type BundleParts, checkSeeds, ensureBundle, makePlan } from './prepare.ts';
import { knownKits, recognise, theOneThatFits } from './recognise.ts';
import { rememberTimes } from './times.ts';

/** The kit of an audit for which neither a kit nor a bundle was named. It brings its bundle. */
export const DEFAULT_KIT = 'bedrock-amd64';

/** What an audit is made of. Paths are the user's own; nothing of them goes into evidence but file names. */
export interface AuditOptions extends Omit<ReplayCaseOptions, 'again'> {
  /** Null: the case's; else, when a bundle is named, the one that fits it; else {@link DEFAULT_KIT}. */
  readonly kit: string | null;
  readonly bundle: BundleParts;
  readonly seeds: readonly string[];
  /** Others' reports and images, whose hashes count as expectations. */
  readonly expect?: readonly string[];
  readonly caseFolder: string;
  readonly caseName: string;
  /** Takes a bundle in which names differ in case alone; it can only be unpacked where case counts. */
  readonly caseCounts?: boolean;
  readonly clock: Clock;
  readonly by: string;
  /** Gives the key to sign with, once the case is open; a demonstration key lives in the case. */
  readonly signing: (theCase: Case) => Promise<Signing>;
  readonly report?: string;
  /** Told when one part of the audit is done. */
  readonly onMilestone?: (line: string) => void;
}

/** What came of an audit. */
export interface AuditResult {
  readonly sealed: SealedReport;
  readonly replay: ReplayOutcome;
  readonly replaySeconds: number;
}

/** The whole audit: import, seed check, replay, verdict, sealed report. Goes on where an earlier run of it stopped. */
export async function runAudit(options: AuditOptions): Promise<AuditResult> {
  const named = options.kit === null ? null : loadKit(options.kit);
  using theCase = openOrCreate(options, assayIdentity());
  mustSeeAll(theCase, 'the report');
  const signing = await options.signing(theCase);
  const known = named ?? knownKit(theCase, options.bundle);
  if (known) applyKit(theCase, known);
  const imported = await ensureBundle(theCase, known, options.bundle, options);
  options.onMilestone?.(
    `Imported ${imported.files.toLocaleString('en-US')} files, sha256 ${imported.bundle.sha256}`,
  );
  const kit = known ?? (await recognisedKit(theCase, imported, options));
  using bundle = await openTree(theCase, kit, imported, options);
  if (bundle.files.pins.length > 0) options.onMilestone?.(filesMilestone(bundle.files));
  requirePins(bundle.files);
  for (const seed of checkSeeds(theCase, kit, bundle, options.seeds)) {
    const source =
      seed.source === null
        ? ''
        : `, ${seed.source.assembles ? 'assembles' : 'does NOT assemble'} from ${seed.source.path}`;
    options.onMilestone?.(
      `Seed ${seed.name}, ${seed.seed.size} bytes: ${seed.matches ? 'the one the kit names' : 'NOT the one the kit names'}${source}`,
    );
  }
  const others = options.expect ?? [];
  for (const { source, name } of others.length > 0
    ? await importClaims(theCase, kit, bundle, others, options)
    : []) {
    options.onMilestone?.(`Hashes taken from the ${source} ${name}`);
  }
  const started = performance.now();
  const replay = await replayCase(theCase, kit, bundle, options);
  const replaySeconds = (performance.now() - started) / 1000;
  const sealed = await sealReport(theCase, signing, options.report ?? defaultReportPath(theCase));
  return { sealed, replay, replaySeconds };
}

/** The kit that needs no looking for: the case's, or the default one for an audit without a bundle. */
function knownKit(theCase: Case, { tree }: BundleParts): Kit | null {
  if (theCase.log.last('kit-applied')) return appliedKit(theCase);
  return tree === null && !theCase.log.last('bundle-imported') ? loadKit(DEFAULT_KIT) : null;
}

async function recognisedKit(
  theCase: Case,
  imported: EventOf<'bundle-imported'>,
  options: AuditOptions,
): Promise<Kit> {
  const { kit, reasons } = theOneThatFits(await recognise(theCase, imported, knownKits(), options));
  const why = reasons.map(({ text }) => text).join('; ');
  options.onMilestone?.(`Kit ${kit.description.kit.id} fits: ${why}`);
  applyKit(theCase, kit);
  return kit;
}

function filesMilestone({ pins, extra }: MatchedFiles): string {
  const count = (wanted: string) => pins.filter(({ state }) => state === wanted).length;
  const unmet = count('wrong') + count('missing');
  const said = [
    `${count('bundle')} in the bundle`,
    `${count('file')} beside it`,
    ...(unmet > 0 ? [`${unmet} NOT there`] : []),
    ...(count('left-out') > 0 ? [`${count('left-out')} left out: the plan ends before them`] : []),
    ...(extra.length > 0 ? [`${plural(extra.length, 'file')} beside it that nobody asks for`] : []),
  ];
  return `${plural(pins.length, 'pinned file')}: ${said.join(', ')}`;
}

/** What a replay of a case may be told. */
export interface ReplayCaseOptions extends TaskOptions {
  /** `both`: unaided first, then step by step; the report compares them artifact by artifact. By default stepped. */
  readonly mode?: ReplayMode | 'both';
  readonly runtime?: string;
  /** False to replay without watching what runs. */
  readonly observe?: boolean;
  readonly again?: boolean;
  /**
   * True to go on from where the newest replay stopped or failed, in its mode, and with its runtime and observer unless another is
   * named.
   */
  readonly resume?: boolean;
  /** True to take over results of an earlier replay where all that a step used is the same. */
  readonly reuse?: boolean;
  /** Steps that may run at once, where they say what they read and write. */
  readonly jobs?: number;
  readonly onOutput?: OnOutput;
  /** What bounds each step; the defaults are `REPLAY_LIMITS`. */
  readonly stepLimits?: Partial<ReplayLimits>;
  /** Ends the replay between two steps. */
  readonly pause?: AbortSignal;
  readonly watcher?: ReplayWatcher;
}

/** Replays the chain of a case whose bundle and seeds are there. */
export async function replayCase(
  theCase: Case,
  kit: Kit,
  bundle: CaseTree,
  options: ReplayCaseOptions,
): Promise<ReplayOutcome> {
  const { stepLimits: limits = {}, runtime, observe = true } = options;
  const as = options.resume ? resumedAs(theCase, { runtime, observe }) : null;
  const wanted = as?.mode ?? options.mode ?? 'stepped';
  const modes: ReplayMode[] = wanted === 'both' ? ['unaided', 'stepped'] : [wanted];
  const outcomes: ReplayOutcome[] = [];
  for (const mode of modes) {
    const input = await replayInput(theCase, kit, bundle, as?.runtime ?? runtime, mode);
    const observer = (as?.observe ?? observe) ? await chooseObserver(input.runtime) : null;
    const outcome = await runReplay(theCase, { ...input, observer }, { ...options, limits });
    rememberTimes(theCase, outcome.replay);
    outcomes.push(outcome);
  }
  return outcomes.find(outcome => outcome.failure !== null) ?? lastOf(outcomes);
}

/** How the newest replay was run, which another is to go on from; null before there was one. */
function resumedAs(
  theCase: Case,
  { runtime, observe }: { readonly runtime: string | undefined; readonly observe: boolean },
): { readonly mode: ReplayMode; readonly runtime: string; readonly observe: boolean } | null {
  const started = theCase.log.last('replay-started');
  if (!started) return null;
  const bytes = theCase.objects.read(started.machine.sha256);
  const machine = machineSchema.parse(JSON.parse(bytes.toString('utf8')));
  return {
    mode: started.mode,
    runtime: runtime ?? machine.runtime.name,
    observe: observe && machine.observer !== null,
  };
}

/** Runs one step alone on the tree as it was before it, and records nothing. */
export async function rerunCaseStep(
  theCase: Case,
  kit: Kit,
  bundle: CaseTree,
  number: number,
  options: RerunOptions & { readonly runtime?: string },
): Promise<Rerun> {
  return rerunStep(theCase, number, await replayInput(theCase, kit, bundle, options.runtime), options);
}

async function replayInput(
  theCase: Case,
  kit: Kit,
  bundle: CaseTree,
  runtime: string | undefined,
  mode: ReplayMode = 'stepped',
): Promise<ReplayInput> {
  const { plan: planRef } = makePlan(theCase, kit, bundle, mode);
  const seeds = [...new Map(theCase.log.of('seed-checked').map(event => [event.name, event])).values()];
  return {
    mode,
    plan: planSchema.parse(JSON.parse(theCase.objects.read(planRef.sha256).toString('utf8'))),
    planRef,
    sources: bundle,
    seeds: seeds.map(({ path, seed }) => ({ path, sha256: seed.sha256 })),
    runtime: await chooseRuntimeFor(kit.description.kit.architecture, runtime),
    observer: null,
  };
}

function openOrCreate(options: AuditOptions, assay: AssayIdentity): Case {
  const { caseFolder, clock, by } = options;
  if (existsSync(caseFolder) && isCase(caseFolder)) return openCase(caseFolder, { clock, by });
  return createCase(caseFolder, options.caseName, assay.version, { clock, by });
}

function lastOf(outcomes: readonly ReplayOutcome[]): ReplayOutcome {
  const last = outcomes.at(-1);
  if (!last) throw new Error('a replay has at least one mode');
  return last;
}
