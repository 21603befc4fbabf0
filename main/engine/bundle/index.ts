/** Source bundles: taking them into a case, reading them, writing them out for a replay. */
export { type Bundle, openBundle } from './bundle.ts';
export { type ImportOptions, importBundle } from './import.ts';
export { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
export { Pace } from './pace.ts';
export type { Unpacked } from './unpack.ts';
