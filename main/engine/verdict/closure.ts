import type { Observation, SeenProgram, StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';
import type { Closure } from './model.ts';
import { Provenance } from './provenance.ts';

/** A program that ran although it was neither a seed nor written by this replay. */
export interface ForeignProgram {
  readonly record: StepRecord;
  readonly program: SeenProgram;
  /** Where it came from, as far as that is known. */
  readonly origin: string;
}

/** Programs that one step wrote and ran, and whose content nobody can hash any more. */
export interface PassingPrograms {
  readonly record: StepRecord;
  /** At least one. */
  readonly programs: readonly SeenProgram[];
}

/** Trust closure and everything that speaks against it. */
export interface ClosureResult {
  readonly closure: Closure;
  readonly foreign: readonly ForeignProgram[];
  readonly passing: readonly PassingPrograms[];
}

type Place = 'inside' | 'source' | 'passing' | 'foreign';

/**
 * Follows the replay in its order. A program is inside the closure when it is a seed, or was made by an earlier step or by the same
 * step before it ran. Two more kinds do not break it. A script that came as a source is text that its interpreter reads; that one is
 * judged as a program. A program that its own step wrote and took away again has no known content; its writers are
 * programs of that step, and whatever the kernel started to run it stood in the tree: when all of that is inside, so is it. Any other
 * program breaks the closure, and so does any write that no record explains.
 */
export function judgeClosure(evidence: Evidence): ClosureResult {
  const provenance = new Provenance(evidence);
  const foreign: ForeignProgram[] = [];
  const passing: PassingPrograms[] = [];
  const ran = new Set<string>();
  const seeds = new Set<string>();
  const counts = { programs: 0, scripts: 0, passing: 0 };
  for (const record of evidence.records) {
    provenance.add(record);
    const { observation } = record;
    if (!observation) continue;
    const gone: SeenProgram[] = [];
    for (const program of observation.programs) {
      counts.programs += 1;
      if (program.sha256) ran.add(program.sha256);
      const seed = program.sha256 && provenance.seedOf(program.sha256);
      if (seed) seeds.add(seed);
      const place = placeOf(program, observation, provenance);
      if (place === 'source') counts.scripts += 1;
      if (place === 'passing') gone.push(program);
      if (place === 'foreign') foreign.push({ record, program, origin: originOf(program, provenance) });
    }
    counts.passing += gone.length;
    if (gone.length > 0) passing.push({ record, programs: gone });
  }
  const broken = foreign.length > 0 || (evidence.tree?.unaccounted.length ?? 0) > 0;
  const state = broken ? 'broken' : observed(evidence) ? 'held' : 'not-observed';
  const closure = { state, ...counts, distinct: ran.size, seeds: [...seeds].sort() } as const;
  return { closure, foreign, passing };
}

function placeOf(program: SeenProgram, observation: Observation, provenance: Provenance): Place {
  const { sha256, writers } = program;
  if (sha256 === null) {
    const known = observation.atHand?.every(each => provenance.isInside(each)) ?? false;
    return writers.length > 0 && known ? 'passing' : 'foreign';
  }
  if (provenance.isInside(sha256)) return 'inside';
  const started = observation.programs[program.index + 1];
  const isScript = started?.via === 'interpreter' && started.parent === program.index;
  return isScript && provenance.originOf(sha256) ? 'source' : 'foreign';
}

/** Whether every step that ran a program was observed without a gap, and at least one did. */
export function observed(evidence: Evidence): boolean {
  const runs = evidence.records.filter(record => record.end !== null);
  return (
    runs.length > 0 &&
    runs.every(record => record.observation !== null && record.observation.notUnderstood === 0)
  );
}

function originOf({ sha256, writers }: SeenProgram, provenance: Provenance): string {
  if (sha256 !== null) return provenance.originOf(sha256)?.text ?? 'nothing says where it came from';
  return writers.length > 0
    ? 'its step wrote it, but its content is not known, and a program from outside stood in the tree that may have run in its place'
    : 'its content when it started is not known';
}
