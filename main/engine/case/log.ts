import { type Clock, canonicalBytes, canonicalJson, inputError } from '../base/index.ts';
import type { LogHead } from './checkpoint.ts';
import type { CaseDatabase } from './database.ts';
import { type CaseEvent, type EventOf, type EventType, eventSchema, type NewEvent } from './events.ts';
import { leafHash, MerkleTree } from './merkle.ts';

/** The first thing wrong with a log. */
export interface LogBreak {
  /** The event at which the log stops being whole; one more than the last when events are missing at the end. */
  readonly seq: number;
  readonly problem: string;
}

/**
 * Reads events from their stored lines and checks all that can be checked alone: each line is canonical JSON
 * of a known event, and the numbers run from 1 without a gap. Stops at the first break.
 */
export function readEvents(lines: Iterable<string>): {
  events: CaseEvent[];
  tree: MerkleTree;
  broken: LogBreak | null;
} {
  const events: CaseEvent[] = [];
  const tree = new MerkleTree();
  for (const line of lines) {
    const seq = events.length + 1;
    const problem = checkLine(line, seq);
    if (typeof problem === 'string') return { events, tree, broken: { seq, problem } };
    events.push(problem);
    tree.add(leafHash(Buffer.from(line, 'utf8')));
  }
  return { events, tree, broken: null };
}

function checkLine(line: string, seq: number): CaseEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) return `is not an event: ${parsed.error.issues[0]?.message ?? 'unknown shape'}`;
  if (canonicalJson(parsed.data) !== line) return 'is not in canonical form';
  if (parsed.data.seq !== seq) return `has number ${parsed.data.seq}`;
  return parsed.data;
}

interface StoredEvent {
  readonly json: string;
  readonly leaf: Buffer;
}

interface StoredHead {
  readonly size: number;
  readonly root: Buffer;
}

/** All events and the head, of one moment: another process may be adding to them. */
function readStored(database: CaseDatabase): { rows: StoredEvent[]; stored: StoredHead } {
  return database.transaction(() => ({
    rows: database.prepare<[], StoredEvent>('SELECT json, leaf FROM event ORDER BY seq').all(),
    stored: database.prepare<[], StoredHead>('SELECT size, root FROM head').get() ?? {
      size: 0,
      root: new MerkleTree().root(),
    },
  }))();
}

/** The append-only event log of a case: RFC 6962 Merkle tree over RFC 8785 events. */
export class EventLog {
  readonly #database: CaseDatabase;
  readonly #clock: Clock;
  readonly #by: string;
  readonly #events: CaseEvent[];
  #tree: MerkleTree;
  /** Null when the log is whole. A broken log is shown and never written to. */
  readonly broken: LogBreak | null;

  /** Reads and checks the whole log. */
  constructor(database: CaseDatabase, clock: Clock, by: string) {
    this.#database = database;
    this.#clock = clock;
    this.#by = by;
    const { rows, stored } = readStored(database);
    const read = readEvents(rows.map(row => row.json));
    this.#events = read.events;
    this.#tree = read.tree;
    this.broken = read.broken ?? this.#compareWithStored(rows, stored);
  }

  #compareWithStored(rows: readonly StoredEvent[], stored: StoredHead): LogBreak | null {
    for (const [i, row] of rows.entries()) {
      if (!leafHash(Buffer.from(row.json, 'utf8')).equals(row.leaf)) {
        return { seq: i + 1, problem: 'was changed after it was written' };
      }
    }
    if (stored.size !== rows.length) {
      return { seq: rows.length + 1, problem: `log has ${rows.length} events, its head says ${stored.size}` };
    }
    if (!this.#tree.root().equals(stored.root))
      return { seq: rows.length, problem: 'root differs from the stored head' };
    return null;
  }

  /** Every event, oldest first. */
  get events(): readonly CaseEvent[] {
    return this.#events;
  }

  /** The events of one type, oldest first. */
  of<T extends EventType>(type: T): EventOf<T>[] {
    return this.#events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The newest event of a type. */
  last<T extends EventType>(type: T): EventOf<T> | undefined {
    return this.of(type).at(-1);
  }

  get head(): LogHead {
    return { size: this.#tree.size, root: this.#tree.root().toString('hex') };
  }

  /** The name that is written beside events unless another is given. */
  get by(): string {
    return this.#by;
  }

  /**
   * Adds an event, and in the same transaction does what `also` does to the database.
   * Throws `log.broken` when the log is not whole, `event.invalid` when the event is not of its form.
   */
  append<E extends NewEvent>(event: E, also?: (seq: number) => void, by = this.#by): EventOf<E['type']> {
    const [added] = this.#write([event], by, also);
    return added as EventOf<E['type']>;
  }

  /** Adds several events, all of them or none. Throws as {@link append} does. */
  appendAll(events: readonly NewEvent[], by = this.#by): CaseEvent[] {
    return this.#write(events, by);
  }

  #write(events: readonly NewEvent[], by: string, also?: (seq: number) => void): CaseEvent[] {
    this.#refuseBroken();
    const first = this.#tree.size + 1;
    const complete = events.map((event, i) =>
      checked({ ...event, seq: first + i, at: this.#clock.now(), by }),
    );
    const tree = this.#tree.copy();
    this.#database.transaction(() => {
      const insert = this.#database.prepare('INSERT INTO event (seq, json, leaf) VALUES (?, ?, ?)');
      for (const event of complete) {
        const bytes = canonicalBytes(event);
        const leaf = leafHash(bytes);
        tree.add(leaf);
        insert.run(event.seq, bytes.toString('utf8'), leaf);
      }
      this.#database
        .prepare(
          'INSERT INTO head (one, size, root) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root',
        )
        .run(tree.size, tree.root());
      also?.(first);
    })();
    this.#tree = tree;
    for (const event of complete) this.#events.push(event);
    return complete;
  }

  #refuseBroken(): void {
    if (!this.broken) return;
    throw inputError(
      'log.broken',
      `the event log is broken at event ${this.broken.seq}: ${this.broken.problem}`,
      undefined,
      'The case can be read but not continued. Restore it from a copy.',
    );
  }
}

function checked(event: unknown): CaseEvent {
  const parsed = eventSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw inputError(
    'event.invalid',
    `this cannot be recorded: ${issue?.path.join('.') ?? 'event'}: ${issue?.message ?? 'is not valid'}`,
  );
}
