import { posix } from 'node:path';
import { inputError } from '../base/index.ts';
import type { KitStep } from './kit.ts';
import { type Kit, tableLines } from './load.ts';
import { isTreePath, type Plan, type Step } from './plan.ts';

/** The plan reader `steps`: the plan stands in the kit itself. Throws `plan.bad-step` with the line in kit.toml. */
export function readSteps(kit: Kit): Plan {
  const lineOf = tableLines(kit.bytes.toString('utf8'));
  const { plan } = kit.description;
  if (plan.reader !== 'steps') throw new TypeError('the kit has another reader');
  return {
    format: 1,
    reader: 'steps',
    results: plan.results,
    stages: plan.stage,
    steps: plan.step.map((step, i) => toStep(step, i + 1, lineOf(['plan', 'step', i]))),
    declares: true,
    description: [],
    notes: [],
  };
}

function toStep(step: KitStep, number: number, line: number): Step {
  const origin = { file: 'kit.toml', line };
  const common = { number, id: step.id, stage: step.stage, title: step.title, origin };
  if (step.action === 'mkdir') return { ...common, action: 'mkdir', path: step.path };
  const cwd = step.cwd === undefined ? '/' : `/${step.cwd}`;
  return {
    ...common,
    action: 'run',
    argv: step.argv,
    program: programPath(step.argv[0] ?? '', cwd, step.id, line),
    cwd,
    environment: Object.entries(step.environment).sort(([a], [b]) => (a < b ? -1 : 1)),
    inputs: step.inputs,
    outputs: step.outputs,
    timeoutSeconds: step.timeout,
    expectedStatus: 0,
  };
}

/** The program must be named with a slash, so that no search path is involved, and must lie in the tree. */
function programPath(argv0: string, cwd: string, id: string, line: number): string {
  const absolute = posix.resolve(cwd, argv0);
  const path = absolute.slice(1);
  if (!argv0.includes('/') || !isTreePath(path)) {
    throw inputError('plan.bad-step', `step '${id}' does not name its program by a path inside the tree`, {
      file: 'kit.toml',
      line,
    });
  }
  return path;
}
