import type { EngineProblem } from '../contract/channel.ts';

/** An error that a person is to see, raised by the main process itself. */
export class DesktopProblem extends Error {
  readonly problem: EngineProblem;

  constructor(problem: EngineProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A problem with what was asked. */
export function inputProblem(code: string, message: string, cure?: string): DesktopProblem {
  return new DesktopProblem({ kind: 'input', code, message, ...(cure && { cure }) });
}

/** Any error as the renderer is told of it. */
export function problemOf(error: unknown): EngineProblem {
  if (error instanceof DesktopProblem) return error.problem;
  return {
    kind: 'internal',
    code: 'internal.fault',
    message: error instanceof Error ? error.message : String(error),
    cure: 'This is a fault in Assay; the case is as it was. Please report it with what you did.',
  };
}

/** A request that does not have the shape it must have. */
export function invalidRequest(
  method: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): DesktopProblem {
  const field = issue?.path.join('.') ?? '';
  return inputProblem(
    'request.invalid',
    `${method}: ${field ? `${field}: ` : ''}${issue?.message ?? 'invalid'}`,
  );
}
