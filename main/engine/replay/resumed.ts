import { canonicalBytes } from '../base/index.ts';
import type { ProgramStep } from '../chain/index.ts';
import type { StepRecord } from './record.ts';
import type { RecordedResults } from './reuse.ts';

/**
 * The results of a failed replay that another of the same plan goes on from, on the same machine description, bundle and seeds. A
 * step's result is taken over while every step before it came out to the byte as it did then: so it was given the same tree, whether
 * it was observed or not. What the workstation does itself is done again.
 */
export class ResumedResults implements RecordedResults {
  readonly #records: readonly StepRecord[];
  #same = true;

  /** `records`: those of the failed replay. `own`: those that this one has already. */
  constructor(records: readonly StepRecord[], own: readonly StepRecord[]) {
    this.#records = records;
    for (const record of own) this.add(record);
  }

  add(record: StepRecord): void {
    const then = this.#records[record.number - 1];
    this.#same &&= then !== undefined && resultOf(then).equals(resultOf(record));
  }

  for({ number }: ProgramStep): StepRecord | null {
    const record = this.#records[number - 1];
    return this.#same && record?.outcome === 'done' ? record : null;
  }
}

/** A record without the replay that it is of. */
function resultOf({ replay: _replay, reused: _reused, ...result }: StepRecord): Buffer {
  return canonicalBytes(result);
}
