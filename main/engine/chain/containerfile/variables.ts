import { jsonStrings, splitWords, WordError } from './words.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
type Expand = (word: string) => string;

/** The pairs of an ENV, in both of its forms. Every value is expanded with what was there before. Throws {@link WordError}. */
export function envPairs(rest: string, expand: Expand): [string, string][] {
  const words = splitWords(rest);
  if (!words[0]?.includes('=')) {
    const [, name = '', value = ''] = /^(\S+)\s+([\s\S]*)$/.exec(rest) ?? [];
    if (!NAME.test(name)) throw new WordError('ENV needs a name and a value');
    return [[name, expand(value)]];
  }
  return words.map(word => {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(equals, 0));
    if (!NAME.test(name)) throw new WordError(`'${word}' is not NAME=VALUE`);
    return [name, expand(word.slice(equals + 1))];
  });
}

/** The arguments of an ARG with their defaults, which are not expanded yet. Throws {@link WordError}. */
export function argWords(rest: string): { readonly name: string; readonly preset: string | undefined }[] {
  return splitWords(rest).map(word => {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!NAME.test(name)) throw new WordError(`'${name}' is no name of an argument`);
    return { name, preset: equals < 0 ? undefined : word.slice(equals + 1) };
  });
}

/** The words of a SHELL. Throws {@link WordError}. */
export function shellWords(rest: string): readonly string[] {
  const words = jsonStrings(rest);
  if (!words?.[0]) throw new WordError('SHELL needs a JSON array of strings');
  return words;
}
