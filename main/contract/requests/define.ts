import type { z } from 'zod';

/** One method of the engine: what it takes and what it gives. */
export interface RequestDefinition<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  /**
   * Fields of the input (a text, or a list of texts) that hold a path. The renderer puts a grant there, which the main process
   * gave it for a path that a person chose in a dialog, and the main process puts the path in its place.
   */
  /** True for work that must not run beside other work of its kind: import, replay, sealing. */
  readonly exclusive?: boolean;
  readonly grants?: readonly (keyof z.infer<I> & string)[];
}

/** Keeps the exact types of a definition. */
export function request<I extends z.ZodObject, O extends z.ZodType>(
  definition: RequestDefinition<I, O>,
): RequestDefinition<I, O> {
  return definition;
}
