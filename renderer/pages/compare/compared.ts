import type { CompareDocument } from '../../../main/contract/documents.ts';

/** Replays that are compared unless somebody chose otherwise: the newest. */
export const SHOWN = 6;

export type Row = CompareDocument['artifacts'][number];
export type Account = CompareDocument['reports'][number];

/** The numbers of the replays to compare, oldest first. `numbers` newest first. */
export function replaysToCompare(
  numbers: readonly number[],
  chosen: ReadonlyMap<number, boolean>,
): readonly number[] {
  return numbers.filter((number, i) => chosen.get(number) ?? i < SHOWN).toReversed();
}

/** The hash that most accounts of a row have; of equals, the one that comes first. Null when none has the file. */
export function mostHave({ hashes }: Pick<Row, 'hashes'>): string | null {
  const counts = new Map<string, number>();
  for (const hash of hashes) if (hash !== null) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let best: string | null = null;
  for (const [hash, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = hash;
  return best;
}

/**
 * The hash that the others of a row are measured by: the published one where an account has it, else what most have. A majority
 * that has another file than was published does not make the one who has it wrong.
 */
export function referenceOf(row: Pick<Row, 'hashes' | 'expected'>): string | null {
  return row.expected !== null && row.hashes.includes(row.expected) ? row.expected : mostHave(row);
}

/** Whether a row is to be looked at: accounts do not agree, or agree on another file than was published. */
export function isOdd({ state, hashes, expected }: Pick<Row, 'state' | 'hashes' | 'expected'>): boolean {
  return state !== 'agrees' || (expected !== null && hashes.some(hash => hash !== null && hash !== expected));
}

/** What agreement is worth: accounts that were made alike only repeat each other. */
export function agreementWords({ environment }: Pick<CompareDocument, 'environment'>): string {
  const unlike = environment.filter(row => row.differs).map(row => row.name);
  if (unlike.length > 0) return `They do not have the same ${unlike.join(', ')}.`;
  return 'All that is known of how they were made is alike: this shows that it repeats, not more.';
}

/** What a cell of the matrix says: its mark, its word, and whether it is an exception. */
export interface CellWords {
  readonly mark:
    | 'reproduced'
    | 'differs'
    | 'waived'
    | 'missing'
    | 'unexpected'
    | 'notrun'
    | 'running'
    | 'none';
  readonly word: string;
  readonly exception: boolean;
}

const VERDICTS: Readonly<Record<string, CellWords>> = {
  reproduced: { mark: 'reproduced', word: 'reproduced', exception: false },
  differs: { mark: 'differs', word: 'differs', exception: true },
  waived: { mark: 'waived', word: 'waived', exception: true },
  missing: { mark: 'missing', word: 'missing', exception: true },
  unexpected: { mark: 'unexpected', word: 'unexpected', exception: true },
  'not-run': { mark: 'notrun', word: 'not run', exception: true },
};

/** What one account says of an artifact: its own verdict, unless it has another file than {@link referenceOf} tells. */
export function cellWords(row: Row, column: number, account: Account | undefined): CellWords {
  const hash = row.hashes[column] ?? null;
  if (account?.verdict === null) return { mark: 'notrun', word: 'not read', exception: true };
  if (hash === null) {
    if (account?.running) return { mark: 'running', word: 'not yet', exception: false };
    if (account?.completed === false) return { mark: 'notrun', word: 'not run', exception: true };
    return (
      VERDICTS[row.verdicts[column] ?? 'missing'] ?? { mark: 'missing', word: 'missing', exception: true }
    );
  }
  const verdict = row.verdicts[column];
  if (hash !== referenceOf(row) && verdict !== 'waived') {
    return { mark: 'differs', word: 'differs', exception: true };
  }
  return (verdict && VERDICTS[verdict]) || { mark: 'none', word: 'same', exception: false };
}

/** Rows of the matrix: artifacts, and runs of artifacts of which the same is to be said, folded. */
export type MatrixRow =
  | { readonly kind: 'artifact'; readonly key: string; readonly row: Row }
  | { readonly kind: 'fold'; readonly key: string; readonly rows: readonly Row[] };

/** Runs shorter than this are not folded. */
const FOLDED = 4;

/** Folds runs of artifacts that need no look and have the same verdicts, unless they were opened or hold the selected one. */
export function foldRows(
  rows: readonly Row[],
  opened: ReadonlySet<string>,
  selected: string | null,
): readonly MatrixRow[] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0] && isAlike(last[0], row)) last.push(row);
    else groups.push([row]);
  }
  return groups.flatMap((group): MatrixRow[] => {
    const key = `fold ${group[0]?.path ?? ''}`;
    const stays = group.length < FOLDED || opened.has(key) || group.some(row => row.path === selected);
    if (!stays) return [{ kind: 'fold', key, rows: group }];
    return group.map(row => ({ kind: 'artifact', key: row.path, row }));
  });
}

function isAlike(a: Row, b: Row): boolean {
  return !isOdd(a) && !isOdd(b) && a.verdicts.every((verdict, i) => verdict === b.verdicts[i]);
}

/** Two files to set beside each other: columns of a row. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly hashA: string;
  readonly hashB: string;
}

/**
 * The two files of a row to compare: the one that {@link referenceOf} tells, and the chosen column's, or the first other one where the
 * chosen has it too. Null when no two differ.
 */
export function pairOf(row: Row, column: number | null): Pair | null {
  const first = referenceOf(row);
  const isOther = (hash: string | null | undefined) => hash !== null && hash !== undefined && hash !== first;
  const b = column !== null && isOther(row.hashes[column]) ? column : row.hashes.findIndex(isOther);
  const own = column !== null && row.hashes[column] === first ? column : row.hashes.indexOf(first);
  const hashB = row.hashes[b];
  if (first === null || b < 0 || own < 0 || !hashB) return null;
  return { a: own, b, hashA: first, hashB };
}

/** The next row that is to be looked at, after one at `from`, around the end; -1 when there is none. */
export function nextDifference(
  rows: readonly Pick<Row, 'state' | 'hashes' | 'expected'>[],
  from: number,
  step: 1 | -1,
): number {
  for (let i = 1; i <= rows.length; i += 1) {
    const at = (((from + step * i) % rows.length) + rows.length) % rows.length;
    const row = rows[at];
    if (row && isOdd(row)) return at;
  }
  return -1;
}

/** The name of a file at the end of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether an account can be relied on, in few words for the head of its column; where they are not all of one kit, of which it is. */
export function standingOf(account: Account, all: readonly Account[]): string {
  const kits = new Set(all.flatMap(({ kit }) => (kit === null ? [] : [kit])));
  const kit = kits.size > 1 && account.kit !== null ? `, kit ${account.kit}` : '';
  return `${relianceOf(account)}${kit}`;
}

function relianceOf({ kind, valid, signers, completed, running }: Account): string {
  if (running) return 'this case, running';
  if (kind === 'replay') return completed ? 'this case' : 'this case, not at its end';
  if (!valid) return 'does not verify';
  return signers.length > 0 ? 'signature good' : 'signed by nobody';
}
