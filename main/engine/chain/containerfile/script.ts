import { posix } from 'node:path';
import { minimalCommands, type Notes, Script } from '../kaem/index.ts';
import type { ContainerfilePlan } from '../kit.ts';
import type { Stage } from './stage.ts';

/**
 * The commands of the script that a RUN starts a minimal kaem on, each with its line in the Containerfile. Null when the
 * program is no kaem that the kit names, or the script's text does not stand in the Containerfile itself: then the RUN is one
 * step. Throws `kaem.*`.
 */
export function scriptCommands(
  { interpreter, file }: ContainerfilePlan,
  stage: Stage,
  program: string,
  argv: readonly string[],
  notes: Notes,
): { readonly words: string[]; readonly line: number }[] | null {
  const kaem = interpreter.find(({ path }) => stage.root + path === program);
  const name = argv[1] ?? kaem?.script;
  const written =
    name === undefined ? undefined : stage.texts.get(stage.root + posix.resolve(stage.workingFolder, name));
  if (!kaem || !written) return null;
  // Lines of the script follow those before it in the Containerfile, so that errors and notes name the right ones.
  const script = new Script(file, Buffer.from('\n'.repeat(written.line - 1) + written.text));
  return [...minimalCommands(script, notes)].map(({ words, line }) => ({
    words: words.map(word => Buffer.from(word, 'latin1').toString('utf8')),
    line,
  }));
}
