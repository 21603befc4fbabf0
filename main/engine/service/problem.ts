import type { EngineProblem } from '../../contract/channel.ts';
import { AssayError } from '../base/index.ts';

/** An error as it crosses the channel. What Assay did not mean to show becomes `internal.fault`. */
export function problemOf(error: unknown): EngineProblem {
  if (error instanceof AssayError) {
    const { kind, code, message, where, cure } = error;
    return { kind, code, message, ...(where && { where: { ...where } }), ...(cure && { cure }) };
  }
  return {
    kind: 'internal',
    code: 'internal.fault',
    message: error instanceof Error ? error.message : String(error),
    cure: 'This is a fault in Assay; the case is as it was. Please report it with what you did.',
  };
}
