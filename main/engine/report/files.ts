import { canonicalBytes } from '../base/index.ts';
import type { EventOf } from '../case/index.ts';
import { importName, importsOf } from './imports.ts';
import type { Exhibit } from './model.ts';
import { type CaseEvidence, type EvidenceSource, eventsOf, type ReplayTrail } from './source.ts';

/** Names of the files of a report that stand for themselves. */
export const FILES = {
  report: 'report.json',
  page: 'report.html',
  howTo: 'VERIFY.txt',
  kit: 'kit.toml',
  plan: 'plan.json',
  expectations: 'expectations.json',
  machine: 'machine.json',
  index: 'bundle/index.jsonl',
  tree: 'replay/tree.json',
  reviews: 'review/files.jsonl',
  events: 'log/events.jsonl',
  checkpoint: 'log/checkpoint',
  allowedSigners: 'allowed_signers',
} as const;

/** The numbered evidence that statements refer to. The numbers are part of the report format. */
export const EXHIBITS: readonly Exhibit[] = [
  { id: 'E-01', title: 'The kit: what the auditor was told of this chain', file: FILES.kit },
  { id: 'E-02', title: 'Index of the bundle: every entry with size and hash', file: FILES.index },
  { id: 'E-03', title: 'The seeds, byte for byte, and their commented sources', file: 'seeds/' },
  { id: 'E-04', title: 'The plan: every step with the line it comes from', file: FILES.plan },
  { id: 'E-05', title: 'Published hashes and who published them', file: FILES.expectations },
  { id: 'E-06', title: 'Record of every step: programs seen, files written, output', file: 'replay/' },
  { id: 'E-07', title: 'The results as a full look found them after the last step', file: FILES.tree },
  { id: 'E-08', title: 'The machine and the tools, with their hashes', file: FILES.machine },
  { id: 'E-09', title: 'The event log and its checkpoint', file: 'log/' },
  {
    id: 'E-10',
    title: 'Statements for other tools: provenance of each step, test result',
    file: 'statements/',
  },
  {
    id: 'E-11',
    title: 'The unaided replay, when there was one: its record and its results',
    file: 'unaided/',
  },
  { id: 'E-12', title: 'Files of the bundle that people reviewed, with who and when', file: FILES.reviews },
  { id: 'E-13', title: 'Sign-offs: what each person signed, and the signature over it', file: 'sign-offs/' },
  {
    id: 'E-14',
    title: 'Files of annotations that people took over from, and their signatures',
    file: 'review/imports/',
  },
];

/** An object of the case that goes into the report, and the name it gets there. */
export interface EvidenceFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** `0007-build-cat`: the name of a step in file names, safe and of bounded length. */
export function stepFileName(number: number, id: string): string {
  return `${String(number).padStart(4, '0')}-${id.slice(0, 60).replace(/[^A-Za-z0-9_]+$/, '')}`;
}

/**
 * Every object that the newest replay's verdict rests on, by the name it has in the report. Empty logs are left out.
 * Objects with equal content may stand there under several names.
 */
export function evidenceFiles(source: EvidenceSource, read: CaseEvidence): EvidenceFile[] {
  const files: EvidenceFile[] = [
    { name: FILES.kit, ...read.kitApplied.description },
    { name: FILES.index, ...read.bundle.index },
    { name: FILES.plan, ...read.replay.planMade.plan },
    { name: FILES.expectations, ...read.replay.planMade.expectations },
    { name: FILES.machine, ...read.replay.started.machine },
  ];
  for (const seed of read.seeds) {
    files.push({ name: `seeds/${seed.name}`, ...seed.seed });
    if (seed.source) {
      const { sha256 } = seed.source;
      files.push({ name: `seeds/${seed.name}.source`, sha256, size: source.object(sha256).length });
    }
  }
  read.kit.published.forEach(({ path }, i) => {
    const entry = read.entry(path);
    if (entry?.sha256) files.push({ name: `published/${i + 1}.txt`, sha256: entry.sha256, size: entry.size });
  });
  read.evidence.plan.description.forEach((path, i) => {
    const entry = read.entry(path);
    if (entry?.sha256)
      files.push({ name: `description/${i + 1}.txt`, sha256: entry.sha256, size: entry.size });
  });
  read.claims.forEach(({ claims }, i) => {
    files.push({ name: `claims/${i + 1}.json`, ...claims });
  });
  const known = new Set(read.evidence.plan.description);
  const pinning = read.files.read.filter(path => !known.has(path));
  pinning.forEach((path, i) => {
    const entry = read.entry(path);
    if (entry?.sha256) files.push({ name: `pins/${i + 1}.txt`, sha256: entry.sha256, size: entry.size });
  });
  for (const event of importsOf(source.events, read)) {
    files.push({ name: importName(event), ...event.file });
    if (event.signature) files.push({ name: `${importName(event)}.sig`, ...event.signature.sshsig });
  }
  files.push(...replayFiles(read.replay, 'replay'));
  for (const { replay, made } of reusedPlans(source, read)) {
    files.push({ name: `reused/replay-${replay}.plan.json`, ...made.plan });
  }
  if (read.unaided) {
    files.push({ name: 'unaided/plan.json', ...read.unaided.planMade.plan });
    files.push({ name: 'unaided/machine.json', ...read.unaided.started.machine });
    files.push(...replayFiles(read.unaided, 'unaided'));
  }
  return files;
}

/** Plans of earlier replays that steps were taken over from, where they are other plans than that of the replay itself. */
function reusedPlans(
  source: EvidenceSource,
  { replay, unaided }: CaseEvidence,
): { replay: number; made: EventOf<'plan-made'> }[] {
  const records = [...replay.records, ...(unaided?.records ?? [])];
  const numbers = new Set(records.flatMap(record => record.reused?.replay ?? []));
  return [...numbers].flatMap(number => {
    const plan = eventsOf(source.events, 'replay-started').find(event => event.replay === number)?.plan;
    const made = eventsOf(source.events, 'plan-made').find(event => event.plan.sha256 === plan);
    return made && plan !== replay.started.plan && plan !== unaided?.started.plan
      ? [{ replay: number, made }]
      : [];
  });
}

function replayFiles(trail: ReplayTrail, folder: string): EvidenceFile[] {
  const files = trail.steps.flatMap((event, i) => {
    const record = trail.records[i];
    const base = `${folder}/${stepFileName(event.number, event.step)}`;
    const step: EvidenceFile[] = [{ name: `${base}.record.json`, ...event.record }];
    if (record?.stdout?.size) step.push({ name: `${base}.stdout.log`, ...record.stdout });
    if (record?.stderr?.size) step.push({ name: `${base}.stderr.log`, ...record.stderr });
    return step;
  });
  return trail.finished ? [...files, { name: `${folder}/tree.json`, ...trail.finished.tree }] : files;
}

/** The event log as it stands in the report: one canonical JSON line an event. */
export function eventLines(source: EvidenceSource): Buffer {
  const newline = Buffer.from('\n');
  return Buffer.concat(source.events.flatMap(event => [canonicalBytes(event), newline]));
}

/** The list of signers as OpenSSH reads it. It says who signed, not who may: the reader brings that knowledge. */
export function allowedSignersText(source: EvidenceSource): string {
  const lines = eventsOf(source.events, 'signed-off').map(
    event => `${event.identity} namespaces="assay-report,assay-sign-off" ${event.publicKey}\n`,
  );
  return [...new Set(lines)].join('');
}

/** The case's name as a folder name that is safe everywhere. */
export function folderName(name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9_+-]+/g, '-')
    .replace(/^[-+]+|[-+]+$/g, '')
    .slice(0, 60);
  return safe || 'report';
}
