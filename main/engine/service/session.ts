import type { EngineEvent } from '../../contract/channel.ts';
import { appliedKit, openTree } from '../audit/index.ts';
import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import type { Kit } from '../chain/index.ts';
import { LiveLog } from './live-log.ts';
import { LiveReplay } from './live-replay.ts';
import { OpenedBundle } from './opened-bundle.ts';
import { OpenedChain } from './opened-chain.ts';
import { OpenedDifferences } from './opened-differences.ts';
import { type OpenedFigure, openFigure } from './opened-figure.ts';
import { Structures } from './structures.ts';

/** How long output of a running step is gathered before it is told of, in milliseconds. */
const OUTPUT_INTERVAL = 150;

/** What an engine process works on: at most one open case, and what was opened of it. */
export class Session {
  readonly emit: (event: EngineEvent) => void;
  /** Structures of binaries that were asked for. */
  readonly structures = new Structures();
  /** Differences of files that somebody looks at. */
  readonly differences = new OpenedDifferences();
  #case: Case | null = null;
  #by = '';
  #bundle: Promise<OpenedBundle> | null = null;
  #chain: OpenedChain | null = null;
  #figure: { readonly replay: number | undefined; readonly figure: OpenedFigure } | null = null;
  #toldEvents = -1;
  #replay: LiveReplay | null = null;
  #liveLog: LiveLog | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(emit: (event: EngineEvent) => void) {
    this.emit = emit;
  }

  /** The open case, or null. */
  get openCase(): Case | null {
    return this.#case;
  }

  /** Who works in the open case. */
  get by(): string {
    return this.#by;
  }

  /** The open case. Throws `case.not-open`. */
  theCase(): Case {
    if (this.#case) return this.#case;
    throw inputError('case.not-open', 'no case is open', undefined, 'Open or make one first.');
  }

  /** The kit of the open case. Throws `case.not-open` or `case.no-kit`. */
  kit(): Kit {
    return appliedKit(this.theCase());
  }

  /** The imported bundle of the open case as the tree that the kit's paths are in. Throws `bundle.none`. */
  async bundle(): Promise<OpenedBundle> {
    const theCase = this.theCase();
    const imported = theCase.log.last('bundle-imported');
    if (!imported) {
      throw inputError(
        'bundle.none',
        'no bundle was imported yet',
        undefined,
        'Import one on the page Bundle.',
      );
    }
    this.#bundle ??= openTree(theCase, this.kit(), imported).then(bundle => new OpenedBundle(bundle));
    try {
      return await this.#bundle;
    } catch (error) {
      this.#bundle = null;
      throw error;
    }
  }

  /** What the open case's plan and replays say. Throws `case.not-open`. */
  chain(): OpenedChain {
    this.#chain ??= new OpenedChain(this.theCase());
    return this.#chain;
  }

  /** The chain as a graph, as a replay left it; by default as the newest did. Null without a plan. Throws `case.not-open`. */
  async figure(replay?: number): Promise<OpenedFigure | null> {
    const kept = this.#figure;
    const known = kept && kept.replay === replay ? kept.figure : null;
    const figure = await openFigure(this, replay, known);
    this.#figure = figure && { replay, figure };
    return figure;
  }

  /** The replay that runs now. */
  get liveReplay(): LiveReplay | null {
    return this.#replay;
  }

  /** What the newest replay of this session printed. */
  get liveLog(): LiveLog | null {
    return this.#liveLog;
  }

  /** Throws `case.busy` while a replay runs: it needs its case to its end. */
  mustNotReplay(): void {
    if (!this.#replay) return;
    const cure = 'Stop the replay first; every finished step is kept.';
    throw inputError('case.busy', 'a replay of the open case runs', undefined, cure);
  }

  /** A replay of the open case begins; whoever begins it ends it. Throws `case.not-open`. */
  beginReplay(): LiveReplay {
    const theCase = this.theCase();
    this.#liveLog?.close();
    this.#liveLog = LiveLog.open();
    this.#replay = new LiveReplay(theCase, live => this.emit({ type: 'replay-live', live }));
    return this.#replay;
  }

  endReplay(): void {
    this.#tellOutput();
    this.#replay?.ended();
    this.#replay = null;
  }

  /** Takes a case that was opened; the one before is closed. */
  async take(theCase: Case, by: string): Promise<void> {
    await this.release();
    this.#case = theCase;
    this.#by = by;
    this.#toldEvents = theCase.log.events.length;
  }

  /** Closes what is open. */
  async release(): Promise<void> {
    this.differences.close();
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#liveLog?.close();
    this.#liveLog = null;
    const [theCase, bundle] = [this.#case, this.#bundle];
    this.#case = null;
    this.#bundle = null;
    this.#chain = null;
    this.#figure = null;
    await bundle?.then(
      opened => opened.bundle.close(),
      () => {},
    );
    theCase?.close();
  }

  /** Forgets the opened bundle, so that the next use opens what was imported last. */
  async reopenBundle(): Promise<void> {
    this.differences.close();
    const bundle = this.#bundle;
    this.#bundle = null;
    await bundle?.then(
      opened => opened.bundle.close(),
      () => {},
    );
  }

  /** Takes what a step of the running replay printed, and tells how much there is, now and then. */
  stepPrinted(step: number, chunk: Uint8Array): void {
    const log = this.#liveLog;
    if (!log) return;
    log.add(step, chunk);
    this.#telling ??= setTimeout(() => this.#tellOutput(), OUTPUT_INTERVAL);
  }

  #tellOutput(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const log = this.#liveLog;
    if (log) this.emit({ type: 'output-grew', lines: log.index.lines, bytes: log.size });
  }

  /** Tells that the log has grown, when it has since the last time. */
  tellChanges(): void {
    const events = this.#case?.log.events.length ?? 0;
    if (!this.#case || events === this.#toldEvents) return;
    this.#toldEvents = events;
    this.emit({ type: 'case-changed', events });
  }
}
