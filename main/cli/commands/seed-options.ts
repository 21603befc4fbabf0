import type { Command } from 'commander';
import { type Annotation, type Case, seenIn } from '../../engine/index.ts';
import { BY, type CaseOptions, DATE } from '../case-options.ts';
import type { CommonOptions } from '../common.ts';
import { makeOutput } from '../output.ts';
import { annotationsText } from '../review-text.ts';

/** The argument of every command about seeds. */
export const CASE = ['<case>', 'folder of the case'] as const;
/** The option that names a seed. */
export const SEED = ['--seed <name>', 'name of the seed; may be left out when there is one'] as const;

/** Which seed, and who does it. */
export interface SeedOption extends CaseOptions {
  readonly seed?: string;
}

/** A command by a person. */
export function withWho(command: Command): Command {
  return command.option(...BY).option(...DATE);
}

/** Prints the annotations of a case that are wanted. */
export function printAnnotations(
  theCase: Case,
  options: CommonOptions,
  wanted: (annotation: Annotation) => boolean,
): void {
  const annotations = seenIn(theCase).annotations().filter(wanted);
  makeOutput(options.json ?? false).result({ annotations }, () => annotationsText(annotations));
}
