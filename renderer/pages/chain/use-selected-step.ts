import { useEffect, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { noteAtHand } from '../../lineage/at-hand.ts';
import { useTarget } from '../../location.ts';

/** The selected step: where the page was asked to open, then what a person chose; until then the one that failed, or the first. */
export function useSelectedStep(
  plan: Output<'chain.plan'> | undefined,
  artifacts: Output<'chain.artifacts'> | undefined,
): [number | null, (step: number) => void] {
  const target = useTarget('chain');
  const [selected, setSelected] = useState<number | null>(null);
  useEffect(() => {
    const step = target?.step ?? artifacts?.find(artifact => artifact.path === target?.path)?.step;
    if (step) setSelected(step);
  }, [target, artifacts]);
  useEffect(() => {
    if (selected !== null) noteAtHand({ step: selected });
  }, [selected]);
  const first = plan?.steps.find(step => step.outcome === 'failed') ?? plan?.steps[0];
  return [selected ?? first?.number ?? null, setSelected];
}
