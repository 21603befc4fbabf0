/**
 * What kind of trouble an error is. It decides the exit status of the command line:
 * `input` 2 (the input or the usage is wrong), `machine` 3 (this machine lacks something),
 * `interrupted` 130, `internal` 70 (a fault in Assay itself).
 */
export type ErrorKind = 'input' | 'machine' | 'interrupted' | 'internal';

/** Where something went wrong, as exactly as it is known. Offsets and sizes are in bytes, lines count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly offset?: number;
  readonly entry?: string;
  readonly step?: string;
}

/** One of several things that are wrong at once. */
export interface ErrorProblem {
  /** Literal and stable, `area.problem`. */
  readonly code: string;
  /** As in {@link ErrorParts}. */
  readonly message: string;
  readonly where: Where;
}

/** The parts of an {@link AssayError}. */
export interface ErrorParts {
  readonly kind: ErrorKind;
  /** Literal and stable, `area.problem`, for example `archive.truncated`. */
  readonly code: string;
  /** What is wrong, one sentence without a full stop. Names from evidence are quoted as they are. */
  readonly message: string;
  readonly where?: Where;
  /** What the user can do about it, one sentence. */
  readonly cure?: string;
  /** Everything that is wrong, where there is more to list than one sentence can say. */
  readonly problems?: readonly ErrorProblem[];
  readonly cause?: unknown;
}

/** Every error that Assay means to show a person. Anything else that is thrown is a fault in Assay. */
export class AssayError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly where: Where | undefined;
  readonly cure: string | undefined;
  readonly problems: readonly ErrorProblem[];

  constructor(parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'AssayError';
    this.kind = parts.kind;
    this.code = parts.code;
    this.where = parts.where;
    this.cure = parts.cure;
    this.problems = parts.problems ?? [];
  }
}

/** Shorthand for an error in what the user gave. */
export function inputError(code: string, message: string, where?: Where, cure?: string): AssayError {
  return new AssayError({ kind: 'input', code, message, ...(where && { where }), ...(cure && { cure }) });
}

/** Throws the error for an interrupted task when `signal` is aborted. Call it between pieces of work. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new AssayError({ kind: 'interrupted', code: 'task.stopped', message: 'stopped on request' });
  }
}

/** The `code` of a system error such as `ENOENT`, or undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
