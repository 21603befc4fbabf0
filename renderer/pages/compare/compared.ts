import type { CompareDocument } from '../../../main/contract/documents.ts';
import type { Grant } from '../../../main/contract/grants.ts';
import { Store } from '../../engine/index.ts';

/** Reports that are compared, kept while the window is open. */
export const comparedReports = new Store<readonly Grant[]>([]);

export type Row = CompareDocument['artifacts'][number];
export type Account = CompareDocument['reports'][number];

/** How one account stands to what most have: `same`, `differs`, or `missing` where it lacks the file. */
export type Standing = 'same' | 'differs' | 'missing';

/** The hash that most accounts of a row have; of equals, the one that comes first. Null when none has the file. */
export function mostHave({ hashes }: Pick<Row, 'hashes'>): string | null {
  const counts = new Map<string, number>();
  for (const hash of hashes) if (hash !== null) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let best: string | null = null;
  for (const [hash, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = hash;
  return best;
}

/** How each account of a row stands. */
export function standings(row: Pick<Row, 'hashes'>): readonly Standing[] {
  const most = mostHave(row);
  return row.hashes.map(hash => (hash === null ? 'missing' : hash === most ? 'same' : 'differs'));
}

/** The next row that does not agree, after one at `from`, around the end; -1 when all agree. */
export function nextDifference(rows: readonly Row[], from: number, step: 1 | -1): number {
  for (let i = 1; i <= rows.length; i += 1) {
    const at = (((from + step * i) % rows.length) + rows.length) % rows.length;
    if (rows[at]?.state !== 'agrees') return at;
  }
  return -1;
}

/** The name of a file at the end of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
