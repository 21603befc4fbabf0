/** Reading the instructions of a file: what control reaches, what lies between, and what it asks of the kernel. */

export * from './claims/questions.ts';
export type { Disagreement } from './disagreements.ts';
export type { InstructionKind } from './jumps.ts';
export * from './listing.ts';
export { type CallArgument, callText, type SystemCall } from './syscalls.ts';
