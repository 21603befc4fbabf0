import { Store } from '../../engine/store.ts';

/** Where the check of bytes against their sha256 stands; `share` of it is done, 0 to 1. */
export type CheckState =
  | { readonly state: 'running'; readonly share: number }
  | { readonly state: 'passed' }
  | { readonly state: 'failed'; readonly problem: unknown };

/** Does the check: tells how much of it is done, rejects when the bytes are not what they should be. */
export type DoCheck = (tell: (share: number) => void) => Promise<unknown>;

const BEGUN: CheckState = { state: 'running', share: 0 };

/**
 * The check of bytes that are shown meanwhile. It begins with the first look at them. When it fails they are not given any more;
 * checked again, they are only given once that has passed.
 */
export class BackgroundCheck {
  readonly state = new Store<CheckState>(BEGUN);
  readonly #check: DoCheck;
  #running: Promise<void> | null = null;
  /** How it failed last. */
  #failure: { readonly problem: unknown } | null = null;

  constructor(check: DoCheck) {
    this.#check = check;
  }

  /** Gives what `ask` gives, which is told whether it only looks. Rejects as the check did, also when it fails meanwhile. */
  async during<T>(ask: (look: boolean) => Promise<T>): Promise<T> {
    this.#running ??= this.#run();
    if (this.#failure) await this.#running;
    const now = this.state.get();
    if (now.state === 'failed') throw now.problem;
    const before = this.#failure;
    const answer = await ask(now.state === 'running');
    if (this.#failure && this.#failure !== before) throw this.#failure.problem;
    return answer;
  }

  /** Checks again what failed. */
  again(): void {
    if (this.state.get().state !== 'failed') return;
    this.state.set(BEGUN);
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    try {
      await this.#check(share => this.state.set({ state: 'running', share }));
      this.state.set({ state: 'passed' });
    } catch (problem) {
      this.#failure = { problem };
      this.state.set({ state: 'failed', problem });
    }
  }
}
