import type { Instruction } from './instructions.ts';
import { jsonStrings, WordError } from './words.ts';

/** The arguments of a RUN: a JSON array as it is, anything else as one argument for the shell. Throws {@link WordError}. */
export function argvOf({ rest, heredocs }: Instruction, shell: readonly string[]): readonly string[] {
  return jsonStrings(rest) ?? [...shell, shellText(rest, heredocs)];
}

/** What the stage's shell is given. A heredoc alone is its text; a script with an interpreter of its own is not supported. */
function shellText(rest: string, heredocs: Instruction['heredocs']): string {
  const [heredoc] = heredocs;
  if (!heredoc) return rest;
  if (heredocs.length > 1 || !/^<<\S+$/.test(rest)) {
    throw new WordError('a heredoc beside a command is not supported');
  }
  if (heredoc.text.startsWith('#!')) throw new WordError('a heredoc with a #! line is not supported');
  return heredoc.text;
}

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  FROM: ['platform'],
  COPY: ['from', 'chmod'],
  ADD: ['chmod'],
  RUN: ['network'],
};

/** Refuses flags that are not understood. Throws {@link WordError}. */
export function checkFlags({ keyword, flags }: Instruction): void {
  for (const [name, value] of flags) {
    if (!FLAGS[keyword]?.includes(name)) throw new WordError(`${keyword} --${name} is not supported`);
    if (name === 'network' && value !== 'none') throw new WordError('a replay has no network');
  }
}
