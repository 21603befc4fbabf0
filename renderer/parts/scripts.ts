/** Alphabets whose letters are taken for one another. */
const ALPHABETS = {
  Latin: /\p{Script=Latin}/u,
  Greek: /\p{Script=Greek}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
};

/** The alphabets that one word of a text mixes, such as a Cyrillic letter in a Latin name; empty where none does. */
export function mixedScripts(text: string): readonly string[] {
  for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const found = Object.entries(ALPHABETS)
      .filter(([, letters]) => letters.test(word))
      .map(([name]) => name);
    if (found.length > 1) return found;
  }
  return [];
}
