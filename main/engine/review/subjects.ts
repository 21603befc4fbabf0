/** One action's share in what may be undone. Every event of the action refers to it. */
export interface Undoable {
  undone: boolean;
}

interface Entry<F> {
  readonly fact: F;
  readonly action: Undoable;
}

interface Subject<F, T> {
  readonly entries: Entry<F>[];
  /** What the entries in force come to, and the epoch in which that was worked out. */
  value: T | null;
  epoch: number;
}

/**
 * Things that events speak of, each with its events in order. What a thing is now is a fold over those of its events that
 * are in force, worked out when somebody asks.
 */
export class Subjects<F, T> {
  readonly #fold: (facts: readonly F[]) => T | null;
  readonly #subjects = new Map<string, Subject<F, T>>();
  #epoch = 0;
  #values: readonly T[] | null = null;

  constructor(fold: (facts: readonly F[]) => T | null) {
    this.#fold = fold;
  }

  /** Adds an event to a thing, which begins with its first. */
  add(key: string, fact: F, action: Undoable): void {
    const subject = this.#subjects.get(key);
    this.#values = null;
    if (!subject) {
      this.#subjects.set(key, { entries: [{ fact, action }], value: null, epoch: -1 });
      return;
    }
    subject.entries.push({ fact, action });
    subject.epoch = -1;
  }

  /** Forgets what was worked out, since an action was undone or redone. */
  forget(): void {
    this.#epoch += 1;
    this.#values = null;
  }

  /** Whether any event ever spoke of it. */
  has(key: string): boolean {
    return this.#subjects.has(key);
  }

  /** The first fact ever told of it, in force or not. */
  first(key: string): F | undefined {
    return this.#subjects.get(key)?.entries[0]?.fact;
  }

  /** What it is now; null when there is no such thing. */
  get(key: string): T | null {
    const subject = this.#subjects.get(key);
    return subject ? this.#valueOf(subject) : null;
  }

  /** All that there are now, in the order in which they were first spoken of. */
  values(): readonly T[] {
    if (this.#values) return this.#values;
    const values: T[] = [];
    for (const subject of this.#subjects.values()) {
      const value = this.#valueOf(subject);
      if (value !== null) values.push(value);
    }
    this.#values = values;
    return values;
  }

  /** Every event of a thing, with whether it was taken back. */
  history(key: string): readonly Entry<F>[] {
    return this.#subjects.get(key)?.entries ?? [];
  }

  #valueOf(subject: Subject<F, T>): T | null {
    if (subject.epoch === this.#epoch) return subject.value;
    const facts = subject.entries.filter(entry => !entry.action.undone).map(entry => entry.fact);
    subject.value = this.#fold(facts);
    subject.epoch = this.#epoch;
    return subject.value;
  }
}
