import type { EngineProblem } from '../../main/contract/channel.ts';
import { Store } from './store.ts';

/** One thing that went wrong and waits for a person to take note of it. */
export interface Problem {
  readonly key: number;
  /** What was wanted, as a heading: “Import failed”. */
  readonly title: string;
  readonly problem: EngineProblem;
  /** What resolves it, shown as the primary button. */
  readonly fix?: ProblemFix | undefined;
}

export interface ProblemFix {
  readonly title: string;
  readonly run: () => void;
}

/** Everything that went wrong and was not dismissed, newest first. */
export const problems = new Store<readonly Problem[]>([]);

let last = 0;

/** Shows a problem until somebody dismisses it. A stop that somebody asked for is none. */
export function showProblem(title: string, error: unknown, fix?: ProblemFix): void {
  const problem = asProblem(error);
  if (problem.kind === 'interrupted') return;
  last += 1;
  problems.set(all => [{ key: last, title, problem, fix }, ...all]);
}

export function dismissProblem(key: number): void {
  problems.set(all => all.filter(each => each.key !== key));
}

/** Anything thrown, as the problem that it is or as a fault of the window. */
export function asProblem(error: unknown): EngineProblem {
  if (isProblem(error)) return error;
  return {
    kind: 'internal',
    code: 'window.fault',
    message: error instanceof Error ? error.message : String(error),
    cure: 'This is a fault in Assay’s window; the case is as it was. Please report it with what you did.',
  };
}

function isProblem(error: unknown): error is EngineProblem {
  return (
    typeof error === 'object' && error !== null && 'kind' in error && 'code' in error && 'message' in error
  );
}
