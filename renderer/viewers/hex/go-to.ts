/**
 * Where somebody wants to go: `0x89`, `89h`, `$89` or digits alone, which are hex as in the grid; `#137` is decimal; `+10` and
 * `-10` count from the caret, `50%` is a share of the file. Null when it is none of these or outside the file.
 */
export function goTo(text: string, caret: number, size: number): number | null {
  const compact = text.replace(/[\s_,]/g, '');
  const share = /^(\d{1,3}(?:\.\d+)?)%$/.exec(compact);
  if (share) return inside(Math.floor((Number(share[1]) / 100) * Math.max(0, size - 1)), size);
  const parts = /^([+-]?)(.+)$/.exec(compact);
  const number = amount(parts?.[2] ?? '');
  if (number === null) return null;
  const sign = parts?.[1];
  return inside(sign === '+' ? caret + number : sign === '-' ? caret - number : number, size);
}

function amount(text: string): number | null {
  const decimal = /^#(\d{1,15})$/.exec(text);
  if (decimal) return Number(decimal[1]);
  const hex = /^(?:0x|\$)?([0-9a-f]{1,13})h?$/i.exec(text);
  return hex ? Number.parseInt(hex[1] as string, 16) : null;
}

function inside(offset: number, size: number): number | null {
  return offset >= 0 && offset < size ? offset : null;
}
