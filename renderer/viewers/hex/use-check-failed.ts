import { Store, useStored } from '../../engine/index.ts';
import type { CheckState } from './background-check.ts';
import type { ByteSource } from './byte-source.ts';

const PASSED = new Store<CheckState>({ state: 'passed' });

/** Whether bytes turned out not to be what they should be, so that nothing of them is shown any more. */
export function useCheckFailed({ check }: ByteSource): boolean {
  return useStored(check?.state ?? PASSED, ({ state }) => state === 'failed');
}
