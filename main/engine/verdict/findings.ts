import { inertText } from '../../contract/inert.ts';
import type { Resolution } from '../review/index.ts';
import { artifactKey, artifactName } from './artifacts.ts';
import { askedFindings } from './asked-findings.ts';
import type { ClosureResult } from './closure.ts';
import { type Evidence, madeFiles } from './evidence.ts';
import { givenFindings } from './given-findings.ts';
import type { Artifact, Finding } from './model.ts';
import type { ModesResult } from './modes.ts';
import { type Draft, stepFindings } from './step-findings.ts';

/** Notes on what is no surprise to those who write such scripts. */
const QUIET_NOTES: ReadonlySet<string> = new Set([
  'kaem.dropped-word',
  'kaem.inner-fi',
  'kaem.no-program',
  'live-bootstrap.until',
  'live-bootstrap.new-shell',
]);

/** Everything an auditor has to look at, gravest first, numbered. */
export function listFindings(
  evidence: Evidence,
  artifacts: readonly Artifact[],
  closure: ClosureResult,
  modes: ModesResult | null,
): Finding[] {
  const drafts = [
    ...seedFindings(evidence),
    ...closureFindings(evidence, closure),
    ...evidence.records.flatMap(record => stepFindings(record, evidence)),
    ...askedFindings(evidence),
    ...planFindings(evidence),
    ...artifacts.flatMap(artifact => artifactFindings(artifact)),
    ...sameFindings(evidence),
    ...modesFindings(modes),
    ...givenFindings(evidence),
    ...raisedFindings(evidence),
  ];
  return inOrder(drafts, evidence);
}

/** The findings of a case that was not replayed: those that people raised. */
export function findingsBeforeReplay(said: PeopleSaid): Finding[] {
  return inOrder(raisedFindings(said), said);
}

/** What people said of findings. */
export type PeopleSaid = Pick<Evidence, 'waivers' | 'raised' | 'attachments'>;

function inOrder(drafts: readonly Draft[], said: PeopleSaid): Finding[] {
  const order = { high: 0, medium: 1, low: 2, note: 3 };
  const sorted = [...drafts].sort((a, b) => order[a.severity] - order[b.severity]);
  return sorted.map((draft, i) => number(draft, i + 1, said));
}

function number(draft: Draft, place: number, { waivers, raised, attachments }: PeopleSaid): Finding {
  const waiver = waivers.find(each => each.finding === draft.key);
  const own = raised.find(each => each.key === draft.key);
  const resolution = own?.resolution ?? null;
  const exhibits = attachments.filter(each => each.finding === draft.key);
  return {
    id: `F-${String(place).padStart(2, '0')}`,
    ...draft,
    state: resolution ? 'resolved' : waiver ? 'waived' : 'open',
    waiver: waiver ? reasonOf(waiver) : null,
    raised: own ? { by: own.by, event: own.event } : null,
    resolution: resolution && reasonOf(resolution),
    ...(exhibits.length > 0 && {
      exhibits: exhibits.map(({ id, by, event, exhibit }) => ({ id, by, event, exhibit })),
    }),
  };
}

function reasonOf({ by, reason, event }: Resolution): NonNullable<Finding['waiver']> {
  return { by, reason, event };
}

function raisedFindings({ raised }: PeopleSaid): Draft[] {
  return raised.map(({ key, severity, message, where }) => ({
    key,
    code: 'person.raised',
    severity,
    message: inertText(message),
    where,
  }));
}

function seedFindings(evidence: Evidence): Draft[] {
  return evidence.seeds.flatMap(seed => {
    const drafts: Draft[] = [];
    const base = { severity: 'high', where: seed.path } as const;
    if (!seed.matches) {
      drafts.push({
        ...base,
        key: `seed:${seed.name}`,
        code: 'seed.differs',
        message: `seed ${seed.name} is not the one that the kit names`,
      });
    }
    if (evidence.plan.steps.some(step => step.action === 'layer' && step.image === seed.seed.sha256)) {
      drafts.push({
        key: `image:${seed.name}`,
        code: 'seed.image',
        severity: 'medium',
        message: `seed ${seed.name} is an image: its programs count as seeds, and what they are rests on the audit that made it`,
        where: seed.path,
      });
    }
    if (seed.source && !seed.source.assembles) {
      drafts.push({
        ...base,
        key: `source:${seed.name}`,
        code: 'seed.source-differs',
        message: `${seed.source.path} does not assemble to ${seed.name}`,
      });
    }
    return drafts;
  });
}

function closureFindings(evidence: Evidence, closure: ClosureResult): Draft[] {
  const drafts = closure.foreign.map(
    ({ record, program, origin }): Draft => ({
      key: `foreign:${record.step}:${program.path}`,
      code: program.sha256 ? 'closure.foreign-program' : 'closure.unknown-program',
      severity: 'high',
      message: `step ${record.step} ran ${inertText(program.path)}, which is neither a seed nor written by this replay: ${origin}`,
      where: program.path,
    }),
  );
  const passing = closure.passing.map(({ record, programs }): Draft => {
    const [first] = programs;
    const by = first?.writers.map(index => record.observation?.programs[index]?.path ?? '') ?? [];
    const one = `${inertText(first?.path ?? '')}, written by ${by.map(inertText).join(' and ')}`;
    const what = programs.length === 1 ? one : `${programs.length} programs, the first of them ${one}`;
    const message = `step ${record.step} wrote, ran and took away or changed ${what}: in the closure by its writers, its content is not known`;
    const { step } = record;
    return { key: `passing:${step}`, code: 'closure.passing-program', severity: 'low', message, where: step };
  });
  const unaccounted = (evidence.tree?.unaccounted ?? []).map(
    (path): Draft => ({
      key: `unaccounted:${path}`,
      code: 'closure.unaccounted-file',
      severity: 'high',
      message: `no step's record explains the state of ${inertText(path)}`,
      where: path,
    }),
  );
  const distinct = new Map([...drafts, ...unaccounted, ...passing].map(draft => [draft.key, draft]));
  return [...distinct.values()];
}

function planFindings({ plan, records }: Evidence): Draft[] {
  const notes = plan.notes.map(({ code, message, origin }): Draft => {
    const where = `${origin.file}:${origin.line}`;
    const severity = QUIET_NOTES.has(code) ? 'note' : 'medium';
    return { key: `${code}:${where}`, code, severity, message: `${inertText(where)}: ${message}`, where };
  });
  const read = new Set([...plan.description, ...(plan.scripts ?? [])]);
  const changed = new Map<string, Draft>();
  // What the workstation lays out is no change.
  for (const record of records.filter(({ end }) => end !== null)) {
    const paths = [...record.written.map(file => file.path), ...record.removed];
    for (const path of paths.filter(each => read.has(each) && !changed.has(each))) {
      changed.set(path, {
        key: `plan.script-changed:${path}`,
        code: 'plan.script-changed',
        severity: 'high',
        message: `step ${record.step} changed ${inertText(path)}, which the plan was read from before anything ran`,
        where: path,
      });
    }
  }
  return [...notes, ...changed.values()];
}

/** `kit.toml meets it, other.assay.tar does not`. */
function whoSaysWhat({ expectations, sha256, nar }: Artifact): string {
  const said = expectations.map(each => {
    const met = each.sha256 === (each.form === 'nar' ? nar : sha256);
    return `${inertText(each.origin.file)} ${met ? 'says what was made' : 'says otherwise'}`;
  });
  return [...new Set(said)].join(', ');
}

function artifactFindings(artifact: Artifact): Draft[] {
  const base = { key: artifactKey(artifact), where: artifact.path };
  const path = inertText(artifactName(artifact));
  switch (artifact.verdict) {
    case 'differs':
    case 'waived': {
      const contents = artifact.expectations.filter(each => each.form !== 'nar');
      const archives = artifact.expectations.filter(each => each.form === 'nar');
      const contradictory = [contents, archives].some(
        group => new Set(group.map(each => each.sha256)).size > 1,
      );
      const message = contradictory
        ? `${path}: published hashes contradict each other: ${whoSaysWhat(artifact)}`
        : `${path} differs from its published hash`;
      return [{ ...base, code: 'artifact.differs', severity: 'high', message }];
    }
    case 'missing':
      return [
        {
          ...base,
          code: 'artifact.missing',
          severity: 'high',
          message: `${path} was not made, although somebody published its hash`,
        },
      ];
    case 'unexpected':
      return [
        {
          ...base,
          code: 'artifact.unexpected',
          severity: 'medium',
          message: `${path} is among the results, and nobody published its hash`,
        },
      ];
    default:
      return [];
  }
}

function sameFindings(evidence: Evidence): Draft[] {
  const made = madeFiles(evidence.records);
  const seeds = new Map(evidence.seeds.map(seed => [seed.path, seed.seed.sha256]));
  const hashOf = (path: string) =>
    made.get(path)?.file.sha256 ?? seeds.get(path) ?? evidence.source(path)?.sha256 ?? null;
  return evidence.kit.same.flatMap(({ paths, reason }): Draft[] => {
    const hashes = paths.map(hashOf);
    if (hashes.every(hash => hash !== null && hash === hashes[0])) return [];
    return [
      {
        key: `same:${paths.join('=')}`,
        code: 'artifact.not-same',
        severity: 'high',
        message: `${paths.map(inertText).join(' and ')} are not the same file: ${inertText(reason)}`,
        where: paths[0] ?? '',
      },
    ];
  });
}

function modesFindings(modes: ModesResult | null): Draft[] {
  if (!modes) return [];
  const where = `replay ${modes.replay}`;
  const differing = modes.agreement.rows
    .filter(row => row.state !== 'agrees')
    .map(
      (row): Draft => ({
        key: `modes:${row.path}`,
        code: 'modes.differ',
        severity: 'high',
        message: `${inertText(row.path)} is not the same when the chain drives itself`,
        where: row.path,
      }),
    );
  if (modes.closure === 'held') return differing;
  const message = `trust closure of the unaided replay is ${modes.closure === 'broken' ? 'broken' : 'not observed'}`;
  return [{ key: 'modes.closure', code: 'modes.closure', severity: 'high', message, where }, ...differing];
}
