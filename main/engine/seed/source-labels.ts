/** A name that a source gives to a place. */
export interface SourceLabel {
  readonly name: string;
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** Most names that are taken from one source. */
const LABEL_LIMIT = 20_000;
/** `#:loop (0x60009C)`, `# :loop`; `# loop:`, `# 0ab  loop:`. */
const FORMS = [
  /^\s*[#;]+\s*:\s*([A-Za-z_.][\w.]{0,99})\b/,
  /^\s*[#;]+\s*(?:[0-9A-Fa-f]{2,16}\s+)?([A-Za-z_.][\w.]{0,99}):\s*$/,
];

/**
 * Names of places in a hex0 source: the language has none, so authors write them as comments on lines of their own. A name stands
 * for the first byte of the lines below it. `lines` has for each byte its line.
 */
export function commentLabels(text: string, lines: Uint32Array): SourceLabel[] {
  const found: SourceLabel[] = [];
  let offset = 0;
  for (const [i, line] of text.split('\n').entries()) {
    while (offset < lines.length && (lines[offset] ?? 0) < i + 1) offset += 1;
    if (offset >= lines.length || found.length >= LABEL_LIMIT) break;
    const name = FORMS.map(form => form.exec(line)?.[1]).find(each => each !== undefined);
    if (name !== undefined) found.push({ name, offset, line: i + 1 });
  }
  return found;
}
