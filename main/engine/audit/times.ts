import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { type Sha256, writeFileAtomic } from '../base/index.ts';
import type { Case } from '../case/index.ts';

/**
 * How long steps took. A case keeps that of its own replays, in a table that is no evidence. Of each plan that was replayed to its
 * end this machine keeps the newest as well, in the user's cache: a new case of the same chain then knows what is to come.
 */
export interface KnownTimes {
  /** Seconds by the number of the step. */
  readonly seconds: ReadonlyMap<number, number>;
  /** Where the most of them come from; null when there are none. */
  readonly from: 'case' | 'machine' | null;
}

/** A plan of more steps is not remembered, and no more plans than these are. */
const LIMITS = { steps: 100_000, plans: 200, bytes: 4 << 20 };

const timesSchema = z.strictObject({
  format: z.literal(1),
  /** Of the first step, the second, …; null where nobody knows. */
  seconds: z.array(z.number().min(0).nullable()).max(LIMITS.steps),
});

/** What is known of the steps of a plan from all replays but one; of each step the newest. */
export function knownTimes(theCase: Case, plan: Sha256, except: number): KnownTimes {
  const seconds = new Map<number, number>();
  const replays = theCase.log.of('replay-started').filter(each => each.plan === plan);
  for (const { replay } of replays.toReversed()) {
    if (replay === except) continue;
    for (const [number, each] of timesOf(theCase, replay)) {
      if (!seconds.has(number)) seconds.set(number, each);
    }
  }
  const own = seconds.size;
  for (const [i, each] of rememberedTimes(plan).entries()) {
    if (each !== null && !seconds.has(i + 1)) seconds.set(i + 1, each);
  }
  if (seconds.size === 0) return { seconds, from: null };
  return { seconds, from: own * 2 >= seconds.size ? 'case' : 'machine' };
}

/** How long the steps of a replay took here, in seconds by number; without those that did not run here. */
export function timesOf(theCase: Case, replay: number): Map<number, number> {
  const rows = theCase.database
    .prepare<[number], { number: number; seconds: number }>(
      'SELECT number, seconds FROM timing WHERE replay = ? ORDER BY number',
    )
    .all(replay);
  return new Map(rows.map(row => [row.number, row.seconds]));
}

/** Keeps how long the steps of a replay took, for later replays of its plan on this machine. A full or strange disk is no failure. */
export function rememberTimes(theCase: Case, replay: number): void {
  const started = theCase.log.of('replay-started').find(each => each.replay === replay);
  const times = timesOf(theCase, replay);
  const last = Math.max(0, ...times.keys());
  if (!started || last === 0 || last > LIMITS.steps) return;
  const before = rememberedTimes(started.plan);
  const length = Math.max(last, before.length);
  const seconds = Array.from({ length }, (_, i) => times.get(i + 1) ?? before[i] ?? null);
  try {
    const folder = timesFolder();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileAtomic(fileOf(started.plan), JSON.stringify({ format: 1, seconds }), 0o600);
    forgetOldest(folder);
  } catch {
    // Only an estimate is lost.
  }
}

function rememberedTimes(plan: Sha256): readonly (number | null)[] {
  try {
    const file = fileOf(plan);
    const stat = lstatSync(file);
    if (!stat.isFile() || stat.size > LIMITS.bytes) return [];
    return timesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).seconds;
  } catch {
    return [];
  }
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).filter(name => name.endsWith('.json'));
  if (files.length <= LIMITS.plans) return;
  const byAge = files
    .map(name => ({ path: join(folder, name), at: lstatSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at);
  for (const { path } of byAge.slice(0, files.length - LIMITS.plans)) rmSync(path, { force: true });
}

function fileOf(plan: Sha256): string {
  return join(timesFolder(), `${plan}.json`);
}

/** As the XDG base directory specification has it: a path that is not absolute does not count. */
function timesFolder(): string {
  const { XDG_CACHE_HOME: given = '' } = process.env;
  return join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'assay', 'times');
}

/** Seconds that a pace is slow to believe: the first short steps of a run say little. */
const TRUST = 1;

/** Reckons how long a run of a plan takes yet, from what its steps took before, scaled by how fast this run is. */
export class RemainingTime {
  /** Seconds that all steps from a number on took before; null when one of them is not known. By number, from 1. */
  readonly #rest: readonly (number | null)[];
  readonly #known: ReadonlyMap<number, number>;
  #expected = 0;
  #actual = 0;

  constructor(known: ReadonlyMap<number, number>, steps: number) {
    const rest: (number | null)[] = new Array(steps + 2).fill(0);
    for (let number = steps; number > 0; number -= 1) {
      const [after, own] = [rest[number + 1] ?? null, known.get(number)];
      rest[number] = after === null || own === undefined ? null : after + own;
    }
    this.#rest = rest;
    this.#known = known;
  }

  /** A step ended after so many seconds. */
  ended(step: number, seconds: number): void {
    const before = this.#known.get(step);
    if (before === undefined) return;
    this.#expected += before;
    this.#actual += seconds;
  }

  /** Seconds from now on, while a step runs since `since` seconds; null where nobody knows. */
  left(step: number, since: number): number | null {
    const rest = this.#rest[step] ?? null;
    if (rest === null) return null;
    const pace = (this.#actual + TRUST) / (this.#expected + TRUST);
    const own = (this.#known.get(step) ?? 0) * pace;
    return Math.max(0, rest * pace - Math.min(since, own));
  }
}
