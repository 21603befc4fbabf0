import { type Account, type Agreement, agree } from './agreement.ts';
import { judgeClosure } from './closure.ts';
import { type Evidence, type MadeFile, madeFiles } from './evidence.ts';
import type { Closure } from './model.ts';

/** How a stepped replay and an unaided one of the same chain agree. */
export interface ModesResult {
  /** The number of the unaided replay. */
  readonly replay: number;
  readonly agreement: Agreement;
  /** Trust closure of the unaided replay by itself. */
  readonly closure: Closure['state'];
}

/**
 * Compares what the steps left with what the chain left when its own script drove it: every file, by hash. Null when there was no
 * unaided replay.
 */
export function compareModes(evidence: Evidence): ModesResult | null {
  const { unaided } = evidence;
  if (!unaided) return null;
  const accounts = [
    account('stepped', madeFiles(evidence.records)),
    account('unaided', madeFiles(unaided.records)),
  ];
  const alone = { ...evidence, records: unaided.records, tree: unaided.tree };
  return { replay: unaided.replay, agreement: agree(accounts), closure: judgeClosure(alone).closure.state };
}

function account(name: string, made: ReadonlyMap<string, MadeFile>): Account {
  const files = [...made].filter(([, { file }]) => file.type === 'file');
  return {
    name,
    artifacts: files.map(([path, { file, step }]) => ({ path, after: null, step, sha256: file.sha256 })),
  };
}
