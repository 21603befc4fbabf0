import type { Expectation, Plan } from '../chain/index.ts';
import type { WrittenFile } from '../replay/index.ts';
import { completed, type Evidence, madeFiles } from './evidence.ts';
import type { Artifact, Counts, Verdict } from './model.ts';

/** The name by which a waiver speaks of an artifact. */
export function artifactKey(path: string): string {
  return `artifact:${path}`;
}

/**
 * The verdict of every artifact: files that steps wrote, files that somebody published a hash for, and files left among
 * the results. Sorted by the bytes of the path.
 */
export function judgeArtifacts(evidence: Evidence): Artifact[] {
  const made = madeFiles(evidence.records);
  const expected = groupByPath(evidence.expectations);
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
  const paths = [...new Set([...written, ...expected.keys(), ...results.keys()])].sort(byBytes);
  return paths.map(path => {
    const file = made.get(path)?.file ?? results.get(path) ?? evidence.source(path);
    const expectations = expected.get(path) ?? [];
    const nar = evidence.tree?.nars?.find(each => each.path === path)?.sha256;
    const artifact = {
      path,
      step: made.get(path)?.step ?? null,
      size: file?.sha256 ? file.size : null,
      sha256: file?.sha256 ?? null,
      ...(nar !== undefined && { nar }),
      result: results.has(path),
      expectations,
    };
    return withVerdict(artifact, evidence);
  });
}

/** A source that lies among the results as it came is no result. */
function isSource(file: WrittenFile, evidence: Evidence): boolean {
  return evidence.source(file.path)?.sha256 === file.sha256;
}

function withVerdict(artifact: Omit<Artifact, 'verdict' | 'waiver'>, evidence: Evidence): Artifact {
  const verdict = measure(artifact, evidence);
  const waiver = evidence.waivers.find(each => each.finding === artifactKey(artifact.path));
  if (verdict !== 'differs' || !waiver) return { ...artifact, verdict, waiver: null };
  return {
    ...artifact,
    verdict: 'waived',
    waiver: { by: waiver.by, reason: waiver.reason, event: waiver.event },
  };
}

function measure(artifact: Omit<Artifact, 'verdict' | 'waiver'>, evidence: Evidence): Verdict | null {
  const { expectations, sha256, nar, size } = artifact;
  if (expectations.length === 0) return artifact.result ? 'unexpected' : null;
  if (sha256 === null && nar === undefined)
    return shouldExist(artifact.path, evidence) ? 'missing' : 'not-run';
  const met = expectations.every(
    each =>
      each.sha256 === (each.form === 'nar' ? nar : sha256) && (each.size === null || each.size === size),
  );
  return met ? 'reproduced' : 'differs';
}

/** Whether the replay came far enough that the file should be there. */
function shouldExist(path: string, evidence: Evidence): boolean {
  const step = makerOf(path, evidence.plan);
  if (step === undefined) return completed(evidence);
  return evidence.records.some(record => record.number === step && record.outcome === 'done');
}

/** The last step that says it writes a path; undefined for a plan whose steps do not say. */
function makerOf(path: string, plan: Plan): number | undefined {
  return plan.steps.findLast(step => step.action === 'run' && step.outputs.includes(path))?.number;
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

/** Orders texts by their UTF-8 bytes. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
