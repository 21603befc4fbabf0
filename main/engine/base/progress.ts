/** One report of progress of a long task. */
export interface Progress {
  /** What is being done, in the words of a person, for example `Importing bundle`. */
  readonly task: string;
  /** How much is done, in `unit`. */
  readonly done: number;
  /** How much there is in all, in `unit`; left out when it is not known. */
  readonly total?: number;
  readonly unit: 'bytes' | 'files' | 'steps';
  /** What is worked on now. May hold text from evidence: make it visible before showing it. */
  readonly detail?: string;
}

/** Receives progress. Called often; it must be cheap and must not throw. */
export type OnProgress = (progress: Progress) => void;

/** What every long task of the engine takes. */
export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}
