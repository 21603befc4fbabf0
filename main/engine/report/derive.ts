import type { CaseEvent, KitSeedChecked } from '../case/index.ts';
import type { Step } from '../chain/index.ts';
import { plannedOutputs } from '../figure/index.ts';
import type { StepRecord } from '../replay/index.ts';
import { type Judgement, judge } from '../verdict/index.ts';
import { blockersOf } from './blockers.ts';
import { custodyOf } from './custody.ts';
import { EXHIBITS, FILES } from './files.ts';
import { importsOf } from './imports.ts';
import { assertReport, type Report, type ReportStep } from './model.ts';
import { notProvedStatements } from './not-proved.ts';
import { peopleFiles, peopleParts } from './people.ts';
import { provedStatements } from './proved.ts';
import { signOffsOf } from './sign-offs.ts';
import { type CaseEvidence, type EvidenceSource, headOf, readEvidence } from './source.ts';
import { trustedBase } from './trusted-base.ts';
import { explanation, headline } from './words.ts';

/**
 * Derives the whole report from the evidence: the same evidence gives the same report, on the auditor's machine
 * and on the verifier's. Throws `report.incomplete`.
 */
export function deriveReport(source: EvidenceSource, read: CaseEvidence = readEvidence(source)): Report {
  const { evidence, kit, bundle } = read;
  const judgement = judge(evidence);
  const { signers, lapsed } = signaturesOf(source.events);
  const { bundle: _, ...kitIdentity } = kit.kit;
  const facts = {
    kit: { ...kitIdentity, description: read.kitApplied.description },
    pinned: [...read.files.pins],
    extra: [...read.files.extra],
    seeds: read.seeds.map(reportSeed),
    mode: read.replay.started.mode,
    confirmation: confirmationOf(judgement),
    ...peopleParts(source, read),
    counts: judgement.counts,
    closure: judgement.closure,
    artifacts: [...judgement.artifacts],
    findings: [...judgement.findings],
    stages: evidence.plan.stages,
    steps: stepsOf(read),
    machine: evidence.machine,
  };
  const judged = { ...facts, verdict: judgement.verdict, completed: judgement.completed };
  const basis = { ...judged, headline: headline(judged) };
  const created = source.events[0];
  return assertReport({
    format: 1,
    assay: evidence.machine.assay,
    case: {
      id: created?.type === 'case-created' ? created.id : '',
      name: created?.type === 'case-created' ? created.name : '',
    },
    sealedAt: source.events.at(-1)?.at ?? '',
    log: headOf(source.events),
    verdict: judgement.verdict,
    headline: basis.headline,
    explanation: explanation(basis),
    proved: provedStatements(basis),
    notProved: notProvedStatements(basis),
    ...facts,
    bundle: {
      name: bundle.name,
      form: bundle.form,
      compression: bundle.compression,
      bundle: bundle.bundle,
      files: bundle.files,
      bytes: bundle.bytes,
      flagged: bundle.flagged,
    },
    trustedBase: trustedBase(evidence.machine, signers),
    custody: custodyOf(source.events, read.seen.hides),
    exhibits: EXHIBITS.filter(exhibit =>
      isThere(exhibit.file, source, read, signers.length + lapsed.length > 0),
    ),
    signers,
    lapsed,
    blockers: blockersOf(basis),
  });
}

/** Some exhibits are only there when there is something in them. */
function isThere(file: string, source: EvidenceSource, read: CaseEvidence, signed: boolean): boolean {
  if (file === 'unaided/') return read.unaided !== null;
  if (file === 'sign-offs/') return signed;
  if (file === 'review/imports/') return importsOf(source.events, read).length > 0;
  return file !== FILES.reviews || peopleFiles(read).length > 0;
}

function confirmationOf({ modes }: Judgement): Report['confirmation'] {
  if (!modes) return null;
  const agreeing = modes.agreement.rows.filter(row => row.state === 'agrees').length;
  const differing = modes.agreement.rows.length - agreeing;
  return { replay: modes.replay, agreeing, differing, closure: modes.closure };
}

/** A seed as it was checked. */
export function reportSeed(event: KitSeedChecked): Report['seeds'][number] {
  const { name, path, seed, expected, matches, origin, source } = event;
  return { name, path, seed, expected, matches, origin, source };
}

/** Who has signed the case as it stands, and whose sign-off lapsed. */
function signaturesOf(events: readonly CaseEvent[]): Pick<Report, 'signers' | 'lapsed'> {
  const newest = events.at(-1);
  const sealer = newest?.type === 'report-sealed' ? newest : null;
  const signers: Report['signers'] = [];
  const lapsed: Report['lapsed'] = [];
  for (const { signed, state, after } of signOffsOf(events)) {
    const { role, identity, fingerprint, publicKey, demonstration, at, seq, as, open } = signed;
    const common = { role, identity, fingerprint, demonstration, at, event: seq, as, open };
    const seals = sealer?.role === role && sealer.fingerprint === fingerprint;
    if (state === 'stands') signers.push({ ...common, publicKey, seals });
    else lapsed.push({ ...common, state, after });
  }
  return { signers, lapsed };
}

/** What the steps of a chain did. */
export function stepsOf(read: CaseEvidence): ReportStep[] {
  const { records, plan, expectations, seeds } = read.evidence;
  const known = new Map(records.map(record => [record.number, record]));
  const planned = plannedOutputs(
    plan,
    expectations.map(each => each.path),
    seeds.map(seed => seed.path),
  );
  return plan.steps.map(step => reportStep(step, known.get(step.number), planned.get(step.number) ?? []));
}

function reportStep(step: Step, record: StepRecord | undefined, planned: readonly string[]): ReportStep {
  const run = step.action === 'run' ? step : null;
  const observation = record?.observation ?? null;
  const wrote = record?.written.map(file => file.path) ?? [];
  return {
    number: step.number,
    id: step.id,
    stage: step.stage,
    title: step.title,
    action: step.action,
    origin: step.origin,
    argv: run?.argv ?? null,
    program: run?.program ?? null,
    outcome: record?.outcome ?? 'not-run',
    end: record?.end ?? null,
    wrote,
    awaited: record?.outcome === 'done' ? [] : planned.filter(path => !wrote.includes(path)),
    read: observation
      ? filesRead(observation, run?.program)
      : step.action === 'copy'
        ? [step.from]
        : (run?.inputs ?? []),
    programs: observation?.programs.length ?? null,
    processes: observation?.processes.length ?? null,
    transient: observation?.transient.length ?? null,
    reused: record?.reused ?? null,
  };
}

function filesRead(
  observation: NonNullable<StepRecord['observation']>,
  program: string | undefined,
): string[] {
  const paths = observation.files.filter(use => use.use === 'read').map(use => use.path.replace(/^\/+/, ''));
  return [...new Set(paths)].filter(path => path !== program && path !== '').sort();
}
