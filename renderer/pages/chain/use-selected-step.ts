import { useEffect, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { noteAtHand } from '../../lineage/at-hand.ts';
import { useTarget } from '../../location.ts';

/** The selected step: where the page was asked to open, then what a person chose. */
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
  return [selected ?? plan?.steps[0]?.number ?? null, setSelected];
}
