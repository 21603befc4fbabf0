/** An offset as people type it: `0x89` and `89h` are hexadecimal, `137` is decimal. Null for anything else. */
export function addressOf(typed: string): number | null {
  const text = typed.trim().toLowerCase();
  const hex = /^(?:0x([0-9a-f]{1,12})|([0-9a-f]{1,12})h)$/.exec(text);
  if (hex) return Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}
