/** What says an instruction is short; more of a line is not looked at. */
const LONGEST = 400;

/** The comment of a line of a source, cut where authors cut theirs: `# 078  pop rax  ; how many` → `078  pop rax`, `how many`. */
export function commentParts(line: string): string[] {
  const at = line.search(/[#;]/);
  if (at < 0) return [];
  const parts: string[] = [];
  let part = '';
  // A character in quotes is an operand, be it the one that begins comments.
  for (const piece of line.slice(at, at + LONGEST).matchAll(/'[^']'|[#;]+|[^#;']+|'/g)) {
    if (/^[#;]/.test(piece[0])) {
      parts.push(part);
      part = '';
    } else part += piece[0];
  }
  return [...parts, part].map(each => each.replaceAll('\t', ' ').trim()).filter(each => each !== '');
}
