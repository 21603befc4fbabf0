import { useMemo } from 'react';
import type { CoverageRow } from '../../../main/contract/requests/index.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { claimAt, type KitTemplate } from './kit-claim.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** What the kit says of the selected bytes, and agreeing to it. */
export interface KitClaim {
  readonly template: KitTemplate;
  readonly agree: () => void;
}

interface Asked {
  readonly seed: string;
  readonly by: string;
  readonly selection: SeedSelection;
  readonly coverage: CoverageRow | undefined;
}

/** What the kit says where the selection begins and this person did not say yet; null when there is nothing. */
export function useKitClaim({ seed, by, selection, coverage }: Asked): KitClaim | null {
  const { value: templates } = useEngine('seed.templates', { seed });
  const { start } = selection.range;
  // biome-ignore lint/correctness/useExhaustiveDependencies: selecting is the same whenever it is asked for
  return useMemo(() => {
    const template = claimAt(templates ?? [], start, by, coverage);
    if (!template) return null;
    const agree = () => {
      selection.select(template.offset, template.offset + template.length);
      void attempt('It was not kept', () => ask('seed.accept-template', { seed, number: template.number }));
    };
    return { template, agree };
  }, [templates, start, by, coverage, seed]);
}
