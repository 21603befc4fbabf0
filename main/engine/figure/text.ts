/** The width of one character of mono text of this size: JetBrains Mono is 0.6 em; what falls back may be a whole em. */
export function monoWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += character < '\x7f' || character === '…' ? 0.6 : 1.2;
  return width * fontSize;
}

/** Cuts mono text at its end so that it fits, with an ellipsis when something is gone. */
export function fitted(text: string, room: number, fontSize: number): string {
  if (monoWidth(text, fontSize) <= room) return text;
  const most = room - monoWidth('…', fontSize);
  let [shown, width] = ['', 0];
  for (const character of text) {
    width += monoWidth(character, fontSize);
    if (width > most) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** Breaks mono text between words into at most `limit` lines; what has no room is cut with an ellipsis. */
export function wrapped(text: string, room: number, fontSize: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && (lines.length === limit || monoWidth(longer, fontSize) <= room)) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.map(line => fitted(line, room, fontSize));
}
