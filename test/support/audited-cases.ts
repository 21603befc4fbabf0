import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, demonstrationSigning, fixedClock, openCase, runAudit } from '../../main/engine/index.ts';
import { DATE } from './assay.ts';

const clock = fixedClock(DATE);

/** One audit of the embedded kit, made once, and copies of its case to go on with. */
export class AuditedCases {
  readonly #folder: string;
  readonly #first: string;
  #serial = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#first = join(folder, 'audited');
  }

  /** Makes the audit. */
  async make(): Promise<void> {
    await runAudit({
      kit: 'bedrock-amd64',
      bundle: { tree: null, files: [] },
      seeds: [],
      mode: 'stepped',
      caseFolder: this.#first,
      caseName: 'audited',
      clock,
      by: 'Ines',
      signing: demonstrationSigning,
    });
  }

  /** A copy of the audited case, opened by Ines. */
  open(): Case {
    this.#serial += 1;
    const copy = join(this.#folder, `case-${this.#serial}`);
    cpSync(this.#first, copy, { recursive: true });
    return openCase(copy, { clock, by: 'Ines' });
  }
}
