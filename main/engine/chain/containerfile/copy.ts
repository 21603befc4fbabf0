import type { Heredoc, Instruction } from './instructions.ts';
import { jsonStrings, splitWords } from './words.ts';

/** A COPY or an ADD, its words expanded. */
export interface Copy {
  readonly isAdd: boolean;
  readonly sources: readonly string[];
  readonly heredocs: readonly Heredoc[];
  readonly to: string;
  /** What `--from` says. */
  readonly from: string | null;
  readonly mode: number | null;
  /** The mode as it is written. */
  readonly chmod: string | null;
}

/** Reads the words of a COPY or an ADD. `fail` makes the error for what is not supported. */
export function copyOf(
  { keyword, rest, flags, heredocs }: Instruction,
  expand: (word: string) => string,
  fail: (problem: string) => Error,
): Copy {
  const words = jsonStrings(rest) ?? splitWords(rest);
  const isHeredoc = (word: string) => heredocs.length > 0 && word.startsWith('<<');
  const to = words.at(-1);
  const sources = words
    .slice(0, -1)
    .filter(word => !isHeredoc(word))
    .map(expand);
  if (to === undefined || sources.length + heredocs.length === 0)
    throw fail(`${keyword} needs a source and a target`);
  for (const source of sources) checkSource(source, keyword, fail);
  const chmod = flags.get('chmod');
  const mode = chmod === undefined ? null : expand(chmod);
  if (mode !== null && !/^0?[0-7]{3}$/.test(mode))
    throw fail(`--chmod=${mode} is not supported: it must be three octal digits`);
  return {
    isAdd: keyword === 'ADD',
    sources,
    heredocs,
    to: expand(to),
    from: flags.get('from') ?? null,
    mode: mode === null ? null : Number.parseInt(mode, 8),
    chmod: mode,
  };
}

function checkSource(source: string, keyword: string, fail: (problem: string) => Error): void {
  if (source === '') throw fail('a source is empty');
  if (/[*?[\\]/.test(source)) throw fail(`'${source}' is a pattern; patterns are not supported`);
  if (keyword === 'ADD' && /^([a-z+]+:\/\/|git@)/i.test(source))
    throw fail('a replay has no network to add from');
}
