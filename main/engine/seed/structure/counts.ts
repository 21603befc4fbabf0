/** How often each of several kinds was met. Kinds are numbers: what they are called is only asked once for each. */
export class Counts {
  readonly #counts = new Map<number, number>();

  /** Counts one more of a kind. */
  add(kind: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** `3 functions, 1 of data`, the most frequent first, and how many others beyond six kinds. Empty when nothing was counted. */
  text(nameOf: (kind: number) => string): string {
    const sorted = [...this.#counts].sort(([a, x], [b, y]) => y - x || a - b);
    const words = sorted.slice(0, 6).map(([kind, count]) => `${shown(count)} ${nameOf(kind)}`);
    const rest = sorted.slice(6).reduce((sum, [, count]) => sum + count, 0);
    return [...words, ...(rest > 0 ? [`${shown(rest)} others`] : [])].join(', ');
  }
}

const shown = (count: number) => count.toLocaleString('en-US');
