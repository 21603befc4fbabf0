import type { EngineProblem } from '../../main/contract/channel.ts';
import type { Input, Method, Output } from '../../main/contract/requests/index.ts';
import { askAgain, tellsChanges } from './changes.ts';
import { whenDone } from './client.ts';
import { asProblem } from './problems.ts';
import { Store } from './store.ts';

/** What is known of an answer. The old value stays while a newer one is on its way. */
export interface Answered<T> {
  readonly value: T | undefined;
  readonly problem: EngineProblem | undefined;
  readonly loading: boolean;
}

export interface Query {
  /** Method and parameters. */
  readonly key: string;
  readonly store: Store<Answered<unknown>>;
  /** Asks, and knows the answer before. */
  readonly ask: (old: unknown) => Promise<unknown>;
  /** True where an answer of which nothing changed is the old one itself. */
  readonly keeps: boolean;
  /** True where the answer can never change: the content of an object, a kit. */
  readonly once: boolean;
  users: number;
  stale: boolean;
  running: boolean;
  asked: number;
  took: number;
  /** Set while it waits for its time. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Answers that nobody looks at are kept, the latest this many. */
const KEPT = 100;
/**
 * The shortest time between two askings of one query, in milliseconds, and how many times as long as its answer took: a replay
 * makes the log grow many times a second, and the engine has better to do than answer the same.
 */
const PACE = 500;
const PACE_TIMES = 10;

const queries = new Map<string, Query>();
let engineReady = false;
/** Counts the cases that were open; an answer about an earlier one is thrown away. */
let era = 0;

/** The query for a method and its parameters; the same for the same. */
export function queryFor<M extends Method>(method: M, params: Input<M>, once: boolean): Query {
  const key = `${method} ${JSON.stringify(params)}`;
  const known = queries.get(key);
  if (known) {
    queries.delete(key);
    queries.set(key, known);
    return known;
  }
  const query: Query = {
    key,
    store: new Store<Answered<unknown>>({ value: undefined, problem: undefined, loading: true }),
    ask: old => askAgain(method, params, old),
    keeps: tellsChanges(method),
    once,
    users: 0,
    stale: true,
    running: false,
    asked: Number.NEGATIVE_INFINITY,
    took: 0,
    timer: undefined,
  };
  queries.set(key, query);
  return query;
}

/** Follows a query for a component; asks when nobody has. Gives a function that ends it. */
export function follow(query: Query): () => void {
  query.users += 1;
  refresh(query);
  return () => {
    query.users -= 1;
    trim();
  };
}

/** The log has grown, or the engine is there again: answers that can have changed are asked for anew. */
export function refreshAll(): void {
  for (const query of queries.values()) {
    if (query.once && query.store.get().value !== undefined) continue;
    query.stale = true;
    refresh(query);
  }
}

/** Methods whose answers are about this machine and what came with Assay, not about a case. */
const ABOUT_THE_MACHINE = /^(machine|kits)\./;

/** Another case is open: nothing that was known of the one before holds. */
export function forgetAll(): void {
  era += 1;
  for (const [key, query] of queries) {
    if (ABOUT_THE_MACHINE.test(key)) continue;
    query.stale = true;
    query.store.set({ value: undefined, problem: undefined, loading: true });
    if (query.users === 0) queries.delete(key);
    else refresh(query);
  }
}

/** Takes an answer that came by another way: the summary of the case that was just opened. */
export function takeAnswer<M extends Method>(method: M, params: Input<M>, value: Output<M>): void {
  const query = queryFor(method, params, false);
  query.store.set({ value, problem: undefined, loading: false });
}

/** Asks one method's queries again. */
export function refreshMethod(method: Method): void {
  for (const [key, query] of queries) {
    if (!key.startsWith(`${method} `)) continue;
    query.stale = true;
    query.asked = Number.NEGATIVE_INFINITY;
    refresh(query);
  }
}

/** Whether the engine takes requests. While it does not, queries wait. */
export function setEngineReady(ready: boolean): void {
  const again = ready && !engineReady;
  engineReady = ready;
  if (again) refreshAll();
}

function refresh(query: Query): void {
  if (!engineReady || !query.stale || query.running || query.users === 0) return;
  query.running = true;
  const wait = Math.max(0, query.asked + Math.max(PACE, PACE_TIMES * query.took) - performance.now());
  if (wait > 0) query.timer = setTimeout(() => void run(query), wait);
  else void run(query);
}

/** What a person did is over: they see at once what came of it. */
function hurryAll(): void {
  for (const query of queries.values()) if (query.timer !== undefined) void run(query);
}
whenDone.add(hurryAll);

async function run(query: Query): Promise<void> {
  clearTimeout(query.timer);
  query.timer = undefined;
  query.stale = false;
  query.asked = performance.now();
  const asked = era;
  const before = query.store.get().value;
  query.store.set(old => (old.loading ? old : { ...old, loading: true }));
  let answer: Answered<unknown>;
  try {
    answer = { value: await query.ask(before), problem: undefined, loading: false };
  } catch (error) {
    answer = { value: undefined, problem: asProblem(error), loading: false };
  }
  query.took = performance.now() - query.asked;
  query.running = false;
  if (asked === era || ABOUT_THE_MACHINE.test(query.key))
    query.store.set(old => (query.keeps ? answer : sameAs(old, answer)));
  refresh(query);
}

/** Keeps the identity of a value that did not change, so that nothing is drawn again for it. */
function sameAs(old: Answered<unknown>, next: Answered<unknown>): Answered<unknown> {
  const same = old.value !== undefined && JSON.stringify(old.value) === JSON.stringify(next.value);
  return same ? { ...next, value: old.value } : next;
}

function trim(): void {
  let idle = [...queries.values()].filter(query => query.users === 0).length - KEPT;
  for (const [key, query] of queries) {
    if (idle <= 0) return;
    if (query.users > 0) continue;
    queries.delete(key);
    idle -= 1;
  }
}

export type AnswerOf<M extends Method> = Answered<Output<M>>;
