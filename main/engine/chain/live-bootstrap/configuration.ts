import { inputError } from '../../base/index.ts';
import type { Origin } from '../plan.ts';
import { TracedText } from './traced-text.ts';

/** A variable of `bootstrap.cfg`, and where it was set last. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

/** The value of a variable; the first of that name counts. One that is not there is the empty text. */
export function variableValue(variables: readonly Variable[], name: string): string {
  return variables.find(variable => variable.name === name)?.value ?? '';
}

/**
 * Sets a variable as upstream's script-generator does: one that is there keeps its place, but the very first of the list is never
 * looked at, and the first of an empty list is put there twice.
 */
export function setVariable(variables: Variable[], variable: Variable): void {
  if (variables.length === 0) variables.push(variable);
  const place = variables.findIndex((each, i) => i > 0 && each.name === variable.name);
  if (place > 0) variables[place] = variable;
  else variables.push(variable);
}

/** The lines of `bootstrap.cfg`. */
export function configurationText(variables: readonly Variable[]): TracedText {
  const text = new TracedText();
  for (const { name, value, origin } of variables) text.add(`${name}=${value}\n`, origin);
  return text;
}

/**
 * The variables that a kit sets. Throws `live-bootstrap.interactive` when the chain would then wait for a person, which nobody is
 * in a container.
 */
export function configured(configuration: Readonly<Record<string, string>>): Variable[] {
  const origin = { file: 'kit.toml', line: 1 };
  const variables = Object.entries(configuration).map(([name, value]) => ({ name, value, origin }));
  for (const [name, wanted] of [
    ['INTERACTIVE', 'False'],
    ['CONFIGURATOR', 'False'],
  ] as const) {
    const value = configuration[name] ?? wanted;
    if (value !== wanted) {
      throw inputError(
        'live-bootstrap.interactive',
        `with ${name}=${value} the chain would ask questions, and in a container nobody answers`,
        origin,
        `Set ${name} to ${wanted}.`,
      );
    }
  }
  return variables;
}
