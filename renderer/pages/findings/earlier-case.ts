import { useEffect, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, desktop } from '../../engine/index.ts';

/** What an earlier audit says of findings, and leave to read it once more. */
export interface Earlier {
  readonly grant: string;
  readonly proposed: Output<'findings.proposals'>;
}

/** How many of the proposals can be taken over here. */
export function newOf({ proposed }: Earlier): number {
  return proposed.proposals.filter(({ state }) => state === 'new').length;
}

/**
 * The case of the same kit that was open on this machine before this one, the latest, when it proposes something that is not here.
 * Looked for again each time that `look` becomes true; a case that cannot be read offers nothing.
 */
export function useEarlierCase(look: boolean): Earlier | null {
  const summary = useCase();
  const [id, kit] = [summary?.id ?? null, summary?.kit?.id ?? null];
  const [found, setFound] = useState<Earlier | null>(null);
  useEffect(() => {
    if (!look || id === null || kit === null) return;
    let current = true;
    earlierOf(id, kit)
      .catch(() => null)
      .then(earlier => {
        if (current) setFound(earlier && newOf(earlier) > 0 ? earlier : null);
      });
    return () => {
      current = false;
    };
  }, [look, id, kit]);
  return found;
}

async function earlierOf(id: string, kit: string): Promise<Earlier | null> {
  const recent = await desktop('recent.list', {});
  const earlier = recent.find(each => each.id !== id && each.kit === kit && each.there);
  const chosen = earlier && (await desktop('recent.grant', { id: earlier.id }));
  if (!chosen) return null;
  return { grant: chosen.grant, proposed: await ask('findings.proposals', { location: chosen.grant }) };
}
