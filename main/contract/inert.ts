/**
 * Text from evidence made harmless to show: every control, bidirectional, zero-width, tag, private-use or
 * unassigned character, blanks at either end and invalid bytes become a visible code.
 */

/** A piece of shown text: as it stands, or a code that stands for a character that must not act. */
export interface InertPiece {
  readonly text: string;
  readonly boxed: boolean;
}

const NAMES: Record<number, string> = { 27: 'ESC', 32: 'SP', 127: 'DEL' };
/** General categories Cc, Cf, Co, Cn, Cs, Zl, Zp, and blanks that are not the plain space. */
const ACTIVE =
  /\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}|\p{Cs}|\p{Zl}|\p{Zp}|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}/u;
const MARK = /\p{M}/u;

function code(point: number): string {
  const name = NAMES[point];
  if (name) return name;
  const hex = point.toString(16).toUpperCase();
  return point < 0x80 ? hex.padStart(2, '0') : `U+${hex.padStart(4, '0')}`;
}

/**
 * Splits text into plain and boxed pieces. Combining marks beyond two on one base are boxed; blanks at either end are, unless the text is
 * one of many lines, or part of one, where they only indent.
 */
export function inertPieces(text: string, isLine = false): InertPiece[] {
  const pieces: InertPiece[] = [];
  let plain = '';
  let marks = 0;
  const points = [...text];
  const flush = () => {
    if (plain) pieces.push({ text: plain, boxed: false });
    plain = '';
  };
  points.forEach((character, i) => {
    const isMark = MARK.test(character);
    marks = isMark ? marks + 1 : 0;
    const edge = !isLine && character === ' ' && (i === 0 || i === points.length - 1);
    if (edge || marks > 2 || ACTIVE.test(character)) {
      flush();
      pieces.push({ text: code(character.codePointAt(0) ?? 0), boxed: true });
    } else {
      plain += character;
    }
  });
  flush();
  return pieces;
}

/** One line for a terminal or a log: boxed pieces in brackets, `a⟦U+202E⟧b`. */
export function inertText(text: string): string {
  return inertPieces(text)
    .map(piece => (piece.boxed ? `\u27e6${piece.text}\u27e7` : piece.text))
    .join('');
}

/**
 * Whole lines for a terminal: characters that act are boxed, line feeds and blanks stay. The last line of defence behind
 * {@link inertText}, which is for single names and also shows blanks at their ends.
 */
export function inertLines(text: string): string {
  return text
    .split('\n')
    .map(line =>
      [...line]
        .map(character =>
          ACTIVE.test(character) ? `\u27e6${code(character.codePointAt(0) ?? 0)}\u27e7` : character,
        )
        .join(''),
    )
    .join('\n');
}
