/** The case folder: objects, database, event log. */
export * from './case.ts';
export * from './checkpoint.ts';
export type { CaseDatabase } from './database.ts';
export { MIGRATIONS, openDatabase } from './database.ts';
export * from './entries.ts';
export { instantSchema } from './event-fields.ts';
export * from './events.ts';
export * from './log.ts';
export * from './merkle.ts';
export * from './objects.ts';
export * from './replaying.ts';
export * from './review-events.ts';
export * from './source-syntax.ts';
