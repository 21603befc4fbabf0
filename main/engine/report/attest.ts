import type { Step } from '../chain/index.ts';
import type { StepRecord } from '../replay/index.ts';
import { artifactName } from '../verdict/index.ts';
import { FILES, stepFileName } from './files.ts';
import type { Report } from './model.ts';
import { type NamedHash, statementBytes, stepProvenance, testResult } from './seal/index.ts';
import type { CaseEvidence } from './source.ts';

/** A statement for other tools: its name in the report without ending, and the bytes of its payload. */
export interface AttestedStatement {
  readonly name: string;
  readonly payload: Buffer;
}

/** Every in-toto statement of a report: provenance of each step that wrote files, and the replay's result. */
export function statementsOf(read: CaseEvidence, report: Report): AttestedStatement[] {
  return [
    ...provenance(read, report),
    { name: 'statements/replay.test-result', payload: statementBytes(replayResult(report, read)) },
  ];
}

function* provenance(read: CaseEvidence, report: Report): Generator<AttestedStatement> {
  const state = new Map<string, string>(read.seeds.map(seed => [seed.path, seed.seed.sha256]));
  const records = new Map(read.evidence.records.map(record => [record.number, record]));
  const hashOf = (path: string) => state.get(path) ?? read.evidence.source(path)?.sha256 ?? null;
  for (const step of read.evidence.plan.steps) {
    const record = records.get(step.number);
    if (!record) return;
    if (step.action === 'run' && record.outcome === 'done') {
      const payload = stepPayload(step, record, report, hashOf);
      if (payload) yield { name: `statements/${stepFileName(step.number, step.id)}.provenance`, payload };
    }
    for (const path of record.removed) state.delete(path);
    for (const file of record.written) if (file.sha256) state.set(file.path, file.sha256);
  }
}

function stepPayload(
  step: Extract<Step, { action: 'run' }>,
  record: StepRecord,
  report: Report,
  hashOf: (path: string) => string | null,
): Buffer | null {
  const outputs = record.written.flatMap(({ path, sha256 }): NamedHash[] =>
    sha256 ? [{ path, sha256 }] : [],
  );
  const program = record.observation?.programs[0]?.sha256 ?? hashOf(step.program);
  if (outputs.length === 0 || program === null) return null;
  const ran = record.reused ?? record;
  const written = new Set(outputs.map(output => output.path));
  const read = report.steps[step.number - 1]?.read ?? [];
  const inputs = read
    .filter(path => !written.has(path))
    .flatMap((path): NamedHash[] => {
      const sha256 = hashOf(path);
      return sha256 ? [{ path, sha256 }] : [];
    });
  return statementBytes(
    stepProvenance({
      step: step.id,
      argv: step.argv,
      environment: step.environment,
      cwd: step.cwd,
      program: { path: step.program, sha256: program },
      inputs,
      outputs,
      assay: report.assay.version,
      invocation: `${report.case.id}/${ran.replay}/${ran.number}`,
    }),
  );
}

function replayResult(report: Report, read: CaseEvidence) {
  const judged = report.artifacts.filter(artifact => artifact.verdict !== null);
  const measured = judged.flatMap((each): NamedHash[] =>
    each.sha256 ? [{ path: artifactName(each), sha256: each.sha256 }] : [],
  );
  const seeds = read.seeds.map(seed => ({ path: seed.path, sha256: seed.seed.sha256 }));
  const named = (...verdicts: string[]) =>
    judged
      .filter(each => verdicts.includes(each.verdict ?? ''))
      .map(each => `artifact ${artifactName(each)}`);
  const held = report.closure.state === 'held';
  return testResult({
    subjects: measured.length > 0 ? measured : seeds,
    configuration: [
      { path: FILES.kit, sha256: read.kitApplied.description.sha256 },
      { path: FILES.plan, sha256: read.replay.planMade.plan.sha256 },
      { path: 'bundle', sha256: read.bundle.bundle.sha256 },
      ...report.pinned
        .filter(({ state }) => state === 'file')
        .map(({ path, sha256 }): NamedHash => ({ path, sha256 })),
      ...seeds,
    ],
    result: report.verdict === 'reproduced' ? (report.counts.unexpected > 0 ? 'WARNED' : 'PASSED') : 'FAILED',
    passed: [...named('reproduced'), ...(held ? ['trust closure'] : [])],
    warned: named('unexpected', 'waived'),
    failed: [...named('differs', 'missing', 'not-run'), ...(held ? [] : ['trust closure'])],
  });
}
