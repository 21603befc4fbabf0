import type { SeenProgram, StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';
import type { Closure } from './model.ts';

/** A program that ran although it was neither a seed nor written by this replay. */
export interface ForeignProgram {
  readonly record: StepRecord;
  readonly program: SeenProgram;
  /** Where it came from, as far as that is known. */
  readonly origin: string;
}

/** Trust closure and everything that speaks against it. */
export interface ClosureResult {
  readonly closure: Closure;
  readonly foreign: readonly ForeignProgram[];
}

/**
 * Follows the replay in its order: a program is inside the closure when it is a seed, or was written by an earlier step,
 * or by the same step before it ran. One program outside breaks the closure, and so does any write that no observation explains.
 */
export function judgeClosure(evidence: Evidence): ClosureResult {
  const seeds = new Map(evidence.seeds.map(seed => [seed.seed.sha256, seed.path]));
  const inside = new Set(seeds.keys());
  const foreign: ForeignProgram[] = [];
  const ran = new Set<string>();
  const seedsRun = new Set<string>();
  let programs = 0;
  for (const record of evidence.records) {
    // What the workstation itself put somewhere was not made by a program of the chain.
    const made = record.end === null ? [] : record.written;
    for (const file of made) if (file.sha256) inside.add(file.sha256);
    for (const program of record.observation?.programs ?? []) {
      programs += 1;
      const { sha256 } = program;
      if (sha256) ran.add(sha256);
      const seed = sha256 && seeds.get(sha256);
      if (seed) seedsRun.add(seed);
      if (!sha256 || !inside.has(sha256))
        foreign.push({ record, program, origin: originOf(program, evidence) });
    }
  }
  const broken = foreign.length > 0 || (evidence.tree?.unaccounted.length ?? 0) > 0;
  const state = broken ? 'broken' : observed(evidence) ? 'held' : 'not-observed';
  return { closure: { state, programs, distinct: ran.size, seeds: [...seedsRun].sort() }, foreign };
}

/** Whether every step that ran a program was observed without a gap, and at least one did. */
export function observed(evidence: Evidence): boolean {
  const runs = evidence.records.filter(record => record.end !== null);
  return (
    runs.length > 0 &&
    runs.every(record => record.observation !== null && record.observation.notUnderstood === 0)
  );
}

function originOf(program: SeenProgram, evidence: Evidence): string {
  if (program.sha256 === null) return 'its content when it started is not known';
  const entry = evidence.source(program.path.replace(/^\/+/, ''));
  return entry?.sha256 === program.sha256
    ? 'it came with the bundle as a finished program'
    : 'nothing says where it came from';
}
