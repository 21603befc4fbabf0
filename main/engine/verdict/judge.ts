import { pinsMet } from '../chain/index.ts';
import { count, isPublished, judgeArtifacts } from './artifacts.ts';
import { judgeClosure } from './closure.ts';
import { completed, type Evidence } from './evidence.ts';
import { listFindings } from './findings.ts';
import type { Artifact, Closure, Counts, Finding } from './model.ts';
import { compareModes, type ModesResult } from './modes.ts';

/** What a replay proved and what it did not. */
export interface Judgement {
  readonly verdict: 'reproduced' | 'not-reproduced';
  readonly completed: boolean;
  readonly artifacts: readonly Artifact[];
  readonly counts: Counts;
  readonly closure: Closure;
  readonly findings: readonly Finding[];
  /** How an unaided replay agrees; null when there was none. */
  readonly modes: ModesResult | null;
}

/**
 * Judges a replay from its evidence alone. `reproduced` when the replay ran to its end, every seed is the one the kit
 * names, every pinned file was there, at least one hash was published, every published hash and every foreseen one was met, files that must be equal are, and trust closure held; and where the chain was replayed unaided too, that left the same files.
 */
export function judge(evidence: Evidence): Judgement {
  const artifacts = judgeArtifacts(evidence);
  const counts = count(artifacts);
  const closure = judgeClosure(evidence);
  const modes = compareModes(evidence);
  const findings = listFindings(evidence, artifacts, closure, modes);
  const compared = artifacts.some(artifact => artifact.verdict === 'reproduced' && isPublished(artifact));
  const met = compared && counts.differs + counts.waived + counts.missing + counts.notRun === 0;
  const same = !findings.some(finding => finding.code === 'artifact.not-same');
  const seeds = evidence.seeds.length > 0 && evidence.seeds.every(seed => seed.matches);
  const confirmed = modes === null || (modes.agreement.unanimous && modes.closure === 'held');
  const pinned = pinsMet({ pins: evidence.pins });
  const good =
    completed(evidence) && met && same && seeds && pinned && confirmed && closure.closure.state === 'held';
  return {
    verdict: good ? 'reproduced' : 'not-reproduced',
    completed: completed(evidence),
    artifacts,
    counts,
    closure: closure.closure,
    findings,
    modes,
  };
}
