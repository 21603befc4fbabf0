import { compareBytes } from '../replay/index.ts';
import { artifactName } from './artifacts.ts';
import type { Artifact } from './model.ts';

/** One replay of a chain, by somebody, somewhere. */
export interface Account {
  /** What the reader calls it, for example the name of its file. */
  readonly name: string;
  readonly artifacts: readonly Pick<Artifact, 'path' | 'after' | 'step' | 'sha256' | 'nar'>[];
  /** True while it goes on: what it does not have yet is no difference. */
  readonly running?: boolean;
}

/** One artifact as every account has it. */
export interface AgreementRow {
  /** Its path, and the step after which it was so if a later one changed it. */
  readonly path: string;
  /** The step that wrote it, from the first account that knows; null when none does. */
  readonly step: number | null;
  /** The sha256 in each account, for a folder that of its Nix archive, in their order; null where it is not there. */
  readonly hashes: readonly (string | null)[];
  /** `agrees`: all that ended have it, with one hash. `differs`: two hashes. `partial`: one hash, but not everywhere. */
  readonly state: 'agrees' | 'differs' | 'partial';
}

/** How far several accounts of one chain agree. */
export interface Agreement {
  readonly accounts: readonly string[];
  /** In the order of the chain, then by the bytes of the path. */
  readonly rows: readonly AgreementRow[];
  /** The first row in chain order in which the accounts do not agree: what comes after may only follow from it. */
  readonly firstDivergence: AgreementRow | null;
  /** True when every row agrees, there is at least one, and all accounts ended. */
  readonly unanimous: boolean;
}

/** Compares accounts artifact by artifact. */
export function agree(accounts: readonly Account[]): Agreement {
  const maps = accounts.map(
    account => new Map(account.artifacts.map(artifact => [artifactName(artifact), artifact])),
  );
  const paths = [...new Set(maps.flatMap(map => [...map.keys()]))];
  const running = accounts.map(account => account.running ?? false);
  const rows = paths.map(path => rowOf(path, maps, running));
  rows.sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity) || compareBytes(a.path, b.path));
  const firstDivergence = rows.find(row => row.state !== 'agrees') ?? null;
  return {
    accounts: accounts.map(account => account.name),
    rows,
    firstDivergence,
    unanimous: rows.length > 0 && firstDivergence === null && !running.includes(true),
  };
}

function rowOf(
  path: string,
  maps: readonly ReadonlyMap<string, Account['artifacts'][number]>[],
  running: readonly boolean[],
): AgreementRow {
  const hashes = maps.map(map => {
    const artifact = map.get(path);
    return artifact?.sha256 ?? artifact?.nar ?? null;
  });
  const distinct = new Set(hashes.filter(hash => hash !== null));
  const state =
    distinct.size > 1
      ? 'differs'
      : hashes.some((hash, i) => hash === null && !running[i])
        ? 'partial'
        : 'agrees';
  const step = maps.map(map => map.get(path)?.step ?? null).find(number => number !== null) ?? null;
  return { path, step, hashes, state };
}

/** How many accounts, at the most, have the same hash for every artifact that any of them has: the quorum they reach. */
export function quorum(agreement: Agreement): number {
  const columns = agreement.accounts.map((_, i) => agreement.rows.map(row => row.hashes[i] ?? '').join(' '));
  const counts = new Map<string, number>();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
