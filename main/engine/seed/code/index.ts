/** Reading the instructions of a file: what control reaches, what lies between, and what it asks of the kernel. */

export { type CallCondition, conditionsOf, restsText } from './call-rests.ts';
export { callText } from './call-text.ts';
export * from './claims/questions.ts';
export type { Disagreement } from './disagreements.ts';
export type { InstructionKind } from './jumps.ts';
export * from './listing.ts';
export type { ConditionKind, Conditions } from './state.ts';
export type { CallArgument, SystemCall } from './syscalls.ts';
