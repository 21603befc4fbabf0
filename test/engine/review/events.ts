import type { CaseEvent, NewEvent } from '../../../main/engine/case/index.ts';

export const AT = '2026-11-24T11:15:00.000Z';
export const SEED = 'a'.repeat(64);
export const SEED_SIZE = 64;

/** A log that begins with a checked seed of {@link SEED_SIZE} bytes, and goes on with what people do. */
export function logOf(acts: readonly (NewEvent & { readonly by: string })[]): CaseEvent[] {
  const seed = { sha256: SEED, size: SEED_SIZE };
  const checked: NewEvent & { readonly by: string } = {
    type: 'seed-checked',
    name: 'seed',
    path: 'seed/seed',
    seed,
    origin: 'bundle',
    expected: seed,
    matches: true,
    source: null,
    by: 'unattended',
  };
  return [checked, ...acts].map((event, i) => ({ ...event, seq: i + 1, at: AT }) as CaseEvent);
}

/** An id from a number. */
export const idOf = (n: number) => n.toString(16).padStart(12, '0');
