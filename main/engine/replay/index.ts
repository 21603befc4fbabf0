/** Container runtimes, observer, runner. */
export * from './record.ts';
