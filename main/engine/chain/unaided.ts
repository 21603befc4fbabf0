import { inputError } from '../base/index.ts';
import type { Kit } from './load.ts';
import { EARLY_ENDS, type Plan } from './plan.ts';

/** Longest time a step may have, in seconds: a week. */
const WEEK = 86_400 * 7;

/** Why a chain cannot be left to itself, in words; null when it can. */
export function unaidedObstacle(kit: Kit, stepped: Pick<Plan, 'notes'>): string | null {
  const { reader } = kit.description.plan;
  const { id } = kit.description.kit;
  if (reader !== 'kaem' && reader !== 'live-bootstrap')
    return `nothing in the chain of ${id} drives it: it can only be replayed step by step`;
  const cut = stepped.notes.find(note => EARLY_ENDS.has(note.code));
  return cut ? `driven by itself, the chain of ${id} would go on where ${cut.message}` : null;
}

/**
 * The plan of an unaided replay: one step, in which the chain's own runner drives everything from the chain's own script, in
 * one container. What the workstation does before the first program stays its doing. Throws `plan.no-unaided` for a chain that
 * nothing drives, and for one that would go further than its plan.
 */
export function unaidedPlan(kit: Kit, stepped: Plan): Plan {
  const { plan } = kit.description;
  const obstacle = unaidedObstacle(kit, stepped);
  if (obstacle !== null || (plan.reader !== 'kaem' && plan.reader !== 'live-bootstrap'))
    throw notUnaided(obstacle ?? 'nothing drives the chain');
  const programs = stepped.steps.filter(step => step.action === 'run');
  const layout = stepped.steps.filter(step => step.action !== 'run');
  const seconds = programs.reduce((sum, step) => sum + step.timeoutSeconds, 0);
  const root = plan.reader === 'live-bootstrap' ? plan.root : undefined;
  const stage = { id: 'unaided', title: 'The chain drives itself' };
  return {
    ...stepped,
    reader: 'unaided',
    declares: false,
    stages: [...stepped.stages.filter(({ id }) => layout.some(step => step.stage === id)), stage],
    steps: [
      ...layout,
      {
        number: layout.length + 1,
        id: 'unaided',
        stage: 'unaided',
        title: `${plan.runner} runs ${plan.entry}, and everything after it`,
        origin: { file: plan.entry, line: 1 },
        action: 'run',
        argv: [root === undefined ? plan.runner : `/${plan.runner}`, plan.entry],
        program: root === undefined ? plan.runner : `${root}/${plan.runner}`,
        ...(root !== undefined && { root }),
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

function notUnaided(message: string): Error {
  return inputError('plan.no-unaided', message, undefined, 'Use --mode stepped.');
}
