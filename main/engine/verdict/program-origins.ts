import type { SeenProgram, StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';
import { stepOrigins } from './lineage.ts';
import type { Finding } from './model.ts';

/** Where a program that was seen to run came from. */
export interface ProgramOrigin {
  /**
   * `seed`; `step`: an earlier step wrote it; `this-step`: its own step did; `source`: a script that came as a source; `stranger`: it
   * is outside the trust closure; `unknown`: nothing says.
   */
  readonly kind: 'seed' | 'step' | 'this-step' | 'source' | 'stranger' | 'unknown';
  /** The earlier step; null for others. */
  readonly step: number | null;
}

/** Where each program of a step's record came from, in their order; as the findings of the judgement have it where they speak of one. */
export function programOrigins(
  record: StepRecord,
  evidence: Evidence,
  findings: readonly Finding[],
): ProgramOrigin[] {
  const programs = record.observation?.programs ?? [];
  const foreign = new Set(findings.flatMap(({ key }) => (key.startsWith('foreign:') ? [key] : [])));
  const stood = new Map(stepOrigins(record.number, evidence).map(({ origin }) => [origin.path, origin]));
  return programs.map((program, i): ProgramOrigin => {
    if (foreign.has(`foreign:${record.step}:${program.path}`)) return { kind: 'stranger', step: null };
    const path = program.path.replace(/^\/+/, '');
    const before = stood.get(path);
    if (before?.kind === 'artifact' && before.sha256 === program.sha256) {
      return { kind: 'step', step: before.step };
    }
    if (evidence.seeds.some(({ seed }) => seed.sha256 === program.sha256))
      return { kind: 'seed', step: null };
    if (program.writers.length > 0 || wroteIt(record, path, program))
      return { kind: 'this-step', step: null };
    const next = programs[i + 1];
    const isScript = next?.via === 'interpreter' && next.parent === program.index;
    return { kind: isScript && before?.kind === 'source' ? 'source' : 'unknown', step: null };
  });
}

function wroteIt({ written }: StepRecord, path: string, { sha256 }: SeenProgram): boolean {
  return sha256 !== null && written.some(file => file.sha256 === sha256 && file.path === path);
}
