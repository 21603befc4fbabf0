/** How much of something may still be done, for a whole file: what it claims does not decide how long it is read. */
export class Allowance {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  /** Takes as much of what is wanted as is left. */
  take(wanted: number): number {
    const given = Math.min(wanted, this.#left);
    this.#left -= given;
    return given;
  }
}

/** `3 functions, 1 data`, the most frequent first; `others` stands for what is beyond six kinds. */
export function countsText(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const rest = sorted.slice(6).reduce((sum, [, count]) => sum + count, 0);
  const words = sorted.slice(0, 6).map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`);
  return [...words, ...(rest > 0 ? [`${rest.toLocaleString('en-US')} others`] : [])].join(', ');
}

/** Counts one more of a kind. */
export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
