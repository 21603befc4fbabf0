import { posix } from 'node:path';
import type { Plan, ProgramStep } from '../chain/index.ts';
import type { FigureChain } from './model.ts';

/**
 * What each step of a plan is to write: what it declares. Where a reader knows no outputs, a path of the step's command line that
 * is not there yet and that somebody expects or a later step runs. By the number of the step; without an entry nothing is known.
 */
export function plannedOutputs(
  { steps }: Pick<Plan, 'steps'>,
  expected: Iterable<string>,
  there: Iterable<string>,
): Map<number, readonly string[]> {
  const known = new Set(there);
  const wanted = new Set(expected);
  for (const step of steps) if (step.action === 'run') wanted.add(step.program);
  const planned = new Map<number, readonly string[]>();
  for (const step of steps) {
    if (step.action !== 'run') continue;
    known.add(step.program);
    const outputs = step.outputs.length > 0 ? step.outputs : namedIn(step, wanted, known);
    for (const path of outputs) known.add(path);
    if (outputs.length > 0) planned.set(step.number, outputs);
  }
  return planned;
}

function namedIn(step: ProgramStep, wanted: ReadonlySet<string>, known: ReadonlySet<string>): string[] {
  const { argv, cwd, root } = step;
  const paths = argv
    .slice(1)
    .map(word => posix.join(root ?? '', posix.resolve('/', cwd, word)).replace(/^\/+/, ''));
  return [...new Set(paths)].filter(path => wanted.has(path) && !known.has(path));
}

/** A chain of which nothing ran yet, as its plan tells it; `expected`: the paths that somebody published a hash for. */
export function plannedChain(
  plan: Pick<Plan, 'stages' | 'steps'>,
  seeds: FigureChain['seeds'],
  expected: readonly string[],
): FigureChain {
  const planned = plannedOutputs(
    plan,
    expected,
    seeds.map(seed => seed.path),
  );
  return {
    seeds,
    stages: plan.stages,
    artifacts: [...new Set(expected)].map(path => ({
      ...{ path, after: null, step: null, size: null, sha256: null, verdict: 'not-run', result: false },
    })),
    steps: plan.steps.map(step => ({
      ...{ number: step.number, id: step.id, stage: step.stage, title: step.title, action: step.action },
      program: step.action === 'run' ? step.program : null,
      outcome: 'not-run',
      wrote: [],
      read: step.action === 'run' ? step.inputs : step.action === 'copy' ? [step.from] : [],
      awaited: planned.get(step.number) ?? [],
    })),
  };
}
