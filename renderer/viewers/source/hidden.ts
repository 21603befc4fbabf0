import { inertPieces } from '../../../main/contract/inert.ts';

/** A character that a reader would not see, and the code that stands for it. */
export interface HiddenCharacter {
  /** In UTF-16 units from the start of the text. */
  readonly index: number;
  readonly code: string;
}

/** Most that are shown; a file with more is no text for people. */
const LIMIT = 10_000;

/** What the editor shows by itself: controls, and the directional ones. */
const SHOWN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Anything but what nearly every character is. */
const SUSPECT = /[^\t\n\r\x20-\x7e]/gu;

/** Characters of a text that neither show themselves nor are shown by the editor, in order. */
export function hiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(SUSPECT)) {
    const [character] = match;
    if (SHOWN.test(character)) continue;
    // Between letters, so that it is neither at an edge nor the first mark on a base.
    const code = inertPieces(`a${character}a`).find(piece => piece.boxed)?.text;
    if (code === undefined) continue;
    found.push({ index: match.index, code });
    if (found.length === LIMIT) break;
  }
  return found;
}
