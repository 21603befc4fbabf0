import type { Expectation } from '../chain/index.ts';
import { compareBytes, type WrittenFile } from '../replay/index.ts';
import { completed, type Evidence, madeFiles, type Version, versionsOf } from './evidence.ts';
import type { Artifact, Counts, Verdict } from './model.ts';

/** What an artifact is called: its path, and for a file that a later step changed the step after which it was so. */
export function artifactName({ path, after }: Pick<Artifact, 'path' | 'after'>): string {
  return after === null ? path : `${path} after step ${after}`;
}

/** Whether somebody published a hash for an artifact; what a reader foresaw is none. */
export function isPublished({ expectations }: Pick<Artifact, 'expectations'>): boolean {
  return expectations.some(({ source }) => source !== 'derived');
}

/** The name by which a waiver speaks of an artifact. */
export function artifactKey(artifact: Pick<Artifact, 'path' | 'after'>): string {
  return `artifact:${artifactName(artifact)}`;
}

/**
 * The verdict of every artifact: files that steps wrote, files that somebody published a hash for, and files left among
 * the results. A hash for a file as it is after a step is held against that; when a later step changed the file, that is an artifact
 * of its own. Sorted by the bytes of the path, then by the step, what the chain left at its end last.
 */
export function judgeArtifacts(evidence: Evidence): Artifact[] {
  const made = madeFiles(evidence.records);
  const { apart, remaining } = split(evidence);
  const expected = groupByPath(remaining);
  const results = new Map(
    (evidence.tree?.results ?? [])
      .filter(file => file.type === 'file' && (made.has(file.path) || !isSource(file, evidence)))
      .map(file => [file.path, file]),
  );
  // What the workstation copied or unpacked is only of interest where somebody expects it, or it is a result.
  const byPrograms = new Set(
    evidence.records.filter(record => record.end !== null).map(record => record.number),
  );
  const written = [...made]
    .filter(([, { file, step }]) => file.type === 'file' && byPrograms.has(step))
    .map(([path]) => path);
  const reach = new Reach(evidence);
  const paths = [...new Set([...written, ...expected.keys(), ...results.keys()])].sort(compareBytes);
  const atEnd = paths.map(path => {
    const file = made.get(path)?.file ?? results.get(path) ?? evidence.source(path);
    const expectations = expected.get(path) ?? [];
    const nar = evidence.tree?.nars?.find(each => each.path === path)?.sha256;
    const artifact: Unjudged = {
      path,
      after: null,
      step: made.get(path)?.step ?? null,
      size: file?.sha256 ? file.size : null,
      sha256: file?.sha256 ?? null,
      ...(nar !== undefined && { nar }),
      result: results.has(path),
      expectations,
    };
    return withVerdict(artifact, evidence, reach);
  });
  const all = [...apart.map(artifact => withVerdict(artifact, evidence, reach)), ...atEnd];
  return all.sort(
    (a, b) => compareBytes(a.path, b.path) || (a.after ?? Infinity) - (b.after ?? Infinity) || 0,
  );
}

/**
 * Tells expectations of what was there for a time, or of what the replay did not come to, from those of what remained to the end.
 * Each such version is an artifact by itself, here without its verdict.
 */
function split({ records, expectations }: Evidence): { apart: Unjudged[]; remaining: Expectation[] } {
  const reached = records.at(-1)?.number ?? 0;
  const timed = expectations.filter(each => each.after !== undefined);
  const versions = versionsOf(records, new Set(timed.map(each => each.path)));
  const isApart = ({ path, after = 0 }: Expectation) => {
    const known = versions.get(path) ?? [];
    const then = known.findLast(({ step }) => step <= after)?.file?.sha256;
    const changed = known.some(({ step, file }) => step > after && file?.sha256 !== then);
    return after > reached || (after > 0 && changed);
  };
  const groups = Map.groupBy(timed.filter(isApart), ({ path, after }) =>
    artifactName({ path, after: after ?? null }),
  );
  const apart = [...groups.values()].flatMap(group => {
    const [first] = group;
    if (!first) return [];
    const known = (first.after ?? 0) > reached ? [] : (versions.get(first.path) ?? []);
    return versionArtifact(first, known, group);
  });
  return { apart, remaining: expectations.filter(each => !isApart(each)) };
}

function versionArtifact(
  { path, after }: Expectation,
  versions: readonly Version[],
  expectations: Expectation[],
): Unjudged {
  const version = versions.findLast(each => each.step <= (after ?? Infinity));
  const sha256 = version?.file?.sha256 ?? null;
  return {
    path,
    after: after ?? null,
    step: version?.file ? version.step : null,
    size: sha256 === null ? null : (version?.file?.size ?? null),
    sha256,
    result: false,
    expectations,
  };
}

/** An artifact before its verdict. */
type Unjudged = Omit<Artifact, 'verdict' | 'waiver'>;

/** A source that lies among the results as it came is no result. */
function isSource(file: WrittenFile, evidence: Evidence): boolean {
  return evidence.source(file.path)?.sha256 === file.sha256;
}

function withVerdict(artifact: Unjudged, evidence: Evidence, reach: Reach): Artifact {
  const verdict = measure(artifact, reach);
  const waiver = evidence.waivers.find(each => each.finding === artifactKey(artifact));
  if (verdict !== 'differs' || !waiver) return { ...artifact, verdict, waiver: null };
  return {
    ...artifact,
    verdict: 'waived',
    waiver: { by: waiver.by, reason: waiver.reason, event: waiver.event },
  };
}

function measure(artifact: Unjudged, reach: Reach): Verdict | null {
  const { expectations, sha256, nar, size } = artifact;
  if (expectations.length === 0) return artifact.result ? 'unexpected' : null;
  if (sha256 === null && nar === undefined) return reach.shouldMake(artifact) ? 'missing' : 'not-run';
  const met = expectations.every(
    each =>
      each.sha256 === (each.form === 'nar' ? nar : sha256) && (each.size === null || each.size === size),
  );
  return met ? 'reproduced' : 'differs';
}

/** How far the replay came. */
class Reach {
  readonly #completed: boolean;
  readonly #done: ReadonlySet<number>;
  /** The last step that says it writes a path; without an entry no step says so. */
  readonly #makers: ReadonlyMap<string, number>;

  constructor(evidence: Evidence) {
    this.#completed = completed(evidence);
    this.#done = new Set(
      evidence.records.flatMap(({ number, outcome }) => (outcome === 'done' ? [number] : [])),
    );
    this.#makers = new Map(
      evidence.plan.steps.flatMap(step =>
        step.action === 'run' ? step.outputs.map(path => [path, step.number] as const) : [],
      ),
    );
  }

  /** Whether it came far enough that a file should be there. */
  shouldMake({ path, expectations }: Pick<Artifact, 'path' | 'expectations'>): boolean {
    const timed = expectations.flatMap(each => each.after ?? []);
    const step = timed.length > 0 ? Math.min(...timed) : this.#makers.get(path);
    return step === undefined ? this.#completed : this.#done.has(step);
  }
}

function groupByPath(expectations: readonly Expectation[]): Map<string, Expectation[]> {
  const groups = new Map<string, Expectation[]>();
  for (const expectation of expectations) {
    const group = groups.get(expectation.path);
    if (group) group.push(expectation);
    else groups.set(expectation.path, [expectation]);
  }
  return groups;
}

/** How many artifacts have each verdict. */
export function count(artifacts: readonly Artifact[]): Counts {
  const of = (verdict: Verdict | null) => artifacts.filter(artifact => artifact.verdict === verdict).length;
  return {
    reproduced: of('reproduced'),
    differs: of('differs'),
    waived: of('waived'),
    missing: of('missing'),
    unexpected: of('unexpected'),
    notRun: of('not-run'),
    noExpectation: of(null),
  };
}
