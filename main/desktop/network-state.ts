import type { NetworkState } from '../contract/desktop.ts';
import type { Output } from '../contract/requests/index.ts';
import type { Launch } from './engine-launch.ts';

type Check = NetworkState['checks'][number];

/** Puts together what the window tried and what the engine found. */
export function networkState(
  window: readonly Check[],
  engine: Output<'machine.network'> | null,
  launch: Launch,
): NetworkState {
  const ofEngine = (engine?.checks ?? []).map(
    check => ({ ...check, part: 'engine', at: engine?.at ?? '' }) as const,
  );
  return {
    at: new Date().toISOString(),
    windowIsolated: window.every(check => check.passed),
    engineIsolated: engine?.isolated ?? null,
    engineReason: launch.reason,
    checks: [...window, ...ofEngine],
  };
}
