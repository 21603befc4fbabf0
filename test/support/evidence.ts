import { type Plan, readExpectations, readSteps } from '../../main/engine/chain/index.ts';
import type {
  Machine,
  Observation,
  SeenProgram,
  StepRecord,
  WrittenFile,
} from '../../main/engine/replay/index.ts';
import type { Evidence } from '../../main/engine/verdict/index.ts';
import { kitOf, NO_FILES, SMALL_KIT } from './kits.ts';

/** The hash that the small kit publishes for bin/a, and the one of its seed. */
export const PUBLISHED = 'b'.repeat(64);
export const SEED = 'a'.repeat(64);

/** A regular file as a step wrote it. */
export function written(path: string, sha256: string): WrittenFile {
  return { path, type: 'file', mode: 0o755, size: 4, sha256, target: null };
}

/** What an observer saw of a step that ran one program. */
export function saw(
  sha256: string | null,
  path = '/seed/seed',
  change: Partial<Observation> = {},
): Observation {
  const program: SeenProgram = {
    index: 0,
    parent: null,
    path,
    argv: [path],
    sha256,
    via: 'execve',
    process: 0,
    writers: [],
  };
  return {
    observer: 'strace',
    processes: [{ parent: null, thread: false, status: 0 }],
    programs: [program],
    failedStarts: [],
    files: [],
    sockets: [],
    asked: [],
    transient: [],
    atHand: sha256 === null ? [] : null,
    notUnderstood: 0,
    ...change,
  };
}

const LIMITS = { seconds: 60, output: 1, bytes: 1, files: 1, file: 1, memory: 1, processes: 1 };

/** The record of a step; by default of the small kit's second, which wrote bin/a as published. */
export function record(change: Partial<StepRecord> = {}): StepRecord {
  return {
    format: 2,
    replay: 1,
    number: 2,
    step: 'run',
    outcome: 'done',
    end: { how: 'exited', status: 0 },
    limits: LIMITS,
    stdout: { sha256: '0'.repeat(64), size: 0 },
    stderr: { sha256: '0'.repeat(64), size: 0 },
    written: [written('bin/a', PUBLISHED)],
    removed: [],
    refused: [],
    observation: saw(SEED),
    reused: null,
    ...change,
  };
}

/** The record of the small kit's first step. */
export const MKDIR = record({
  number: 1,
  step: 'make-bin',
  end: null,
  limits: null,
  stdout: null,
  stderr: null,
  written: [{ path: 'bin', type: 'directory', mode: 0o755, size: 0, sha256: null, target: null }],
  observation: null,
});

export const MACHINE: Machine = {
  format: 1,
  kernel: 'Linux 6.1.0',
  architecture: 'x64',
  processor: 'Sample processor',
  runtime: { name: 'bubblewrap', version: '0.8.0', sha256: '1'.repeat(64), weaker: false, adds: ['PWD'] },
  observer: { name: 'strace', version: '6.1', sha256: '2'.repeat(64) },
  node: { version: '24.0.0', sha256: '3'.repeat(64) },
  assay: { version: '0.1.0', sha256: '4'.repeat(64) },
  container: { uid: 1000, gid: 1000, hostname: 'assay', network: 'none' },
};

/** Evidence of a replay of the small kit in which all went well, with changes. */
export function evidenceOf(change: Partial<Evidence> = {}, kitText = SMALL_KIT): Evidence {
  const kit = kitOf(kitText);
  const plan: Plan = readSteps(kit);
  return {
    kit: kit.description,
    plan,
    expectations: readExpectations(kit, [], NO_FILES),
    seeds: [
      {
        name: 'seed',
        path: 'seed/seed',
        seed: { sha256: SEED, size: 4 },
        expected: { sha256: SEED, size: 4 },
        matches: true,
        source: { path: 'src/seed', assembles: true },
      },
    ],
    machine: MACHINE,
    records: [MKDIR, record()],
    tree: { format: 1, results: [written('bin/a', PUBLISHED)], unaccounted: [] },
    unaided: null,
    waivers: [],
    raised: [],
    attachments: [],
    pins: [],
    extra: [],
    flagged: 0,
    source: () => undefined,
    inBundle: () => false,
    ...change,
  };
}
