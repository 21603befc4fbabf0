/** A text that was searched for in a log. */
export interface LogSearch {
  readonly text: string;
  readonly matchCase: boolean;
}

/** Where a line first has a text, as the engine looks for it: without case only the letters of ASCII are alike. Null when what is known of the line has it not. */
export function hitIn(
  line: string,
  { text, matchCase }: LogSearch,
): { readonly from: number; readonly to: number } | null {
  const plain = (words: string) =>
    matchCase ? words : words.replace(/[A-Z]+/g, letters => letters.toLowerCase());
  const from = text === '' ? -1 : plain(line).indexOf(plain(text));
  return from < 0 ? null : { from, to: from + text.length };
}
