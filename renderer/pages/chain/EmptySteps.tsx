import { Button } from '@blueprintjs/core';
import type { Output } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';

interface EmptyStepsProps {
  readonly plan: Output<'chain.plan'> | undefined;
  readonly loading: boolean;
  /** Steps before the search. */
  readonly all: number;
}

/** Why there are no steps in the table, and what to do about it. */
export function EmptySteps({ plan, loading, all }: EmptyStepsProps) {
  if (all > 0) return 'No step speaks of that.';
  if (plan === undefined && loading) return 'The plan is being read.';
  if (plan) return plan.problem ? 'There are no steps until it can be read.' : 'The plan has no steps.';
  return (
    <div className="empty-act">
      <p>There is no plan without a bundle: the chain is read from its build description.</p>
      <Button size="small" onClick={() => go('bundle')}>
        Import a bundle
      </Button>
    </div>
  );
}
