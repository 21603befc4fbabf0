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
