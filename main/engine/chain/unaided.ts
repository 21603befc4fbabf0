import { inputError } from '../base/index.ts';
import type { Kit } from './load.ts';
import type { Plan } from './plan.ts';

/** Longest time a step may have, in seconds: a week. */
const WEEK = 86_400 * 7;

/**
 * The plan of an unaided replay: one step, in which the chain's own runner drives everything from the chain's own script, in
 * one container. What the workstation does before the first program stays its doing. Throws `plan.no-unaided` for a kit that
 * names no runner.
 */
export function unaidedPlan(kit: Kit, stepped: Plan): Plan {
  const { plan } = kit.description;
  if (plan.reader !== 'kaem') {
    throw inputError(
      'plan.no-unaided',
      `nothing in the chain of ${kit.description.kit.id} drives it: it can only be replayed step by step`,
      undefined,
      'Use --mode stepped.',
    );
  }
  const programs = stepped.steps.filter(step => step.action === 'run');
  const seconds = programs.reduce((sum, step) => sum + (step.action === 'run' ? step.timeoutSeconds : 0), 0);
  return {
    ...stepped,
    reader: 'unaided',
    declares: false,
    stages: [{ id: 'unaided', title: 'The chain drives itself' }],
    steps: [
      {
        number: 1,
        id: 'unaided',
        stage: 'unaided',
        title: `${plan.runner} runs ${plan.entry}, and everything after it`,
        origin: { file: plan.entry, line: 1 },
        action: 'run',
        argv: [plan.runner, plan.entry],
        program: plan.runner,
        cwd: '/',
        environment: Object.entries(plan.environment),
        inputs: [],
        outputs: [],
        timeoutSeconds: Math.min(Math.max(seconds, 1), WEEK),
        expectedStatus: 0,
      },
    ],
  };
}
