import type { LiveReplay as LiveState } from '../../contract/requests/index.ts';
import { type KnownTimes, knownTimes, RemainingTime, timesOf } from '../audit/index.ts';
import type { Progress } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { Step } from '../chain/index.ts';
import type { BegunReplay, ReplayWatcher } from '../replay/index.ts';

/** The state is told at most this often, in milliseconds; the last one always. */
const TELL_INTERVAL = 100;

/** What is known of a replay once it has its number. */
interface Run {
  readonly begun: BegunReplay;
  readonly known: KnownTimes;
  readonly remaining: RemainingTime;
  /** Seconds that earlier runs of the same replay took. */
  readonly before: number;
}

/** A replay that runs now: where it stands, and the two ways to stop it. Times are of `performance.now()`. */
export class LiveReplay implements ReplayWatcher {
  readonly #case: Case;
  readonly #tell: (state: LiveState | null) => void;
  readonly #stop = new AbortController();
  readonly #pause = new AbortController();
  readonly #began = performance.now();
  #run: Run | null = null;
  #step: Step | null = null;
  #stepBegan = 0;
  #done = 0;
  #preparing: Progress | null = null;
  #told = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `tell` hears every change; it has to be cheap. */
  constructor(theCase: Case, tell: (state: LiveState | null) => void) {
    this.#case = theCase;
    this.#tell = tell;
    this.#change();
  }

  /** Aborted to give the running step up. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted to end after the running step. */
  get pause(): AbortSignal {
    return this.#pause.signal;
  }

  stop(when: 'after-step' | 'now'): void {
    (when === 'now' ? this.#stop : this.#pause).abort();
    this.#change();
  }

  progress(progress: Progress): void {
    if (progress.unit === 'steps') return;
    this.#preparing = progress;
    this.#change();
  }

  began(begun: BegunReplay): void {
    const { number, plan, planRef, done } = begun;
    const known = knownTimes(this.#case, planRef.sha256, number);
    const remaining = new RemainingTime(known.seconds, plan.steps.length);
    const before = [...timesOf(this.#case, number).values()].reduce((sum, each) => sum + each, 0);
    this.#run = { begun, known, remaining, before };
    this.#step = null;
    this.#done = done;
    this.#preparing = null;
    this.#change();
  }

  stepBegan(step: Step): void {
    this.#step = step;
    this.#stepBegan = performance.now();
    this.#change();
  }

  stepEnded(step: Step): void {
    const now = performance.now();
    this.#run?.remaining.ended(step.number, (now - this.#stepBegan) / 1000);
    // Steps that ran at once end together: the time of all of them is that of the first.
    this.#stepBegan = now;
    this.#done += 1;
  }

  /** It ended, however that came. */
  ended(): void {
    clearTimeout(this.#timer);
    this.#tell(null);
  }

  get state(): LiveState {
    const now = performance.now();
    const run = this.#run;
    const since = this.#step ? (now - this.#stepBegan) / 1000 : 0;
    const next = this.#step?.number ?? this.#done + 1;
    const stages = run?.begun.plan.stages ?? [];
    const stage = stages.findIndex(each => each.id === this.#step?.stage);
    return {
      replay: run?.begun.number ?? null,
      mode: run?.begun.mode ?? null,
      steps: run?.begun.plan.steps.length ?? null,
      done: this.#done,
      step: this.#step && {
        number: this.#step.number,
        id: this.#step.id,
        title: this.#step.title,
        stage: stage + 1,
        stageTitle: stages[stage]?.title ?? '',
        seconds: since,
      },
      preparing: run ? null : this.#preparing && { ...this.#preparing },
      seconds: (run?.before ?? 0) + (now - this.#began) / 1000,
      left: run?.remaining.left(next, since) ?? null,
      leftFrom: run?.known.from ?? null,
      stopping: this.signal.aborted ? 'now' : this.pause.aborted ? 'after-step' : null,
    };
  }

  #change(): void {
    clearTimeout(this.#timer);
    const wait = this.#told + TELL_INTERVAL - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#change(), wait);
      return;
    }
    this.#told = performance.now();
    this.#tell(this.state);
  }
}
