import type { CompareDocument } from '../../contract/documents.ts';
import type { AccountContent, ComparedAccount } from './compare.ts';

/** What a replay was run with, by name. */
const FACTS: readonly (readonly [name: string, of: (content: AccountContent) => string])[] = [
  ['kernel', ({ machine }) => machine.kernel],
  ['processor', ({ machine }) => machine.processor],
  ['architecture', ({ machine }) => machine.architecture],
  ['emulator', ({ machine: { emulator } }) => (emulator ? `${emulator.name} ${emulator.version}` : 'none')],
  ['runtime', ({ machine: { runtime } }) => `${runtime.name} ${runtime.version}`],
  ['observer', ({ machine: { observer } }) => (observer ? `${observer.name} ${observer.version}` : 'none')],
  ['Assay', ({ machine: { assay } }) => `${assay.version} ${assay.sha256.slice(0, 12)}`],
  ['mode', ({ mode }) => mode],
  ['steps taken over', ({ reused }) => String(reused)],
  ['kit', ({ kit }) => kit.description.sha256],
  ['bundle', ({ bundle }) => bundle.bundle.sha256],
];

/** The artifact of the first divergence: its hash in each account, and the one that was published. */
type Divergence = Pick<CompareDocument['artifacts'][number], 'hashes' | 'expected'>;

/**
 * What accounts were run with, side by side. A fact that separates those that have what was published at the first divergence, or where
 * nobody has that, what most have, from the others is told as going together with it; that names no cause.
 */
export function environmentRows(
  accounts: readonly ComparedAccount[],
  divergence: Divergence | null,
): CompareDocument['environment'] {
  return FACTS.map(([name, of]) => {
    const values = accounts.map(({ content }) => content && of(content));
    const differs = new Set(values.filter(value => value !== null)).size > 1;
    return {
      name,
      values,
      differs,
      together: differs && divergence ? together(name, values, known(accounts, divergence)) : null,
    };
  });
}

/** What is known there: a replay that still runs and has not come to the artifact says nothing yet, which undefined stands for. */
function known(accounts: readonly ComparedAccount[], { hashes, expected }: Divergence) {
  return {
    expected,
    hashes: hashes.map((hash, i) => (hash === null && accounts[i]?.running ? undefined : hash)),
  };
}

function together(
  name: string,
  values: readonly (string | null)[],
  { hashes, expected }: ReturnType<typeof known>,
): string | null {
  const told = hashes.filter(hash => hash !== undefined);
  const reference = expected !== null && told.includes(expected) ? expected : mostCommon(told);
  const others = values.filter((_, i) => hashes[i] !== undefined && hashes[i] !== reference);
  const rest = values.filter((_, i) => hashes[i] === reference);
  if (others.includes(null) || rest.includes(null)) return null;
  if (others.length === 0 || rest.length === 0 || others.some(value => rest.includes(value))) return null;
  const who = others.length === 1 ? 'The one that differs has' : `The ${others.length} that differ have`;
  const remaining = rest.length === 1 ? 'the other has' : `the other ${rest.length} have`;
  return `${who} ${name} ${listed(others)}; ${remaining} ${listed(rest)}`;
}

function listed(values: readonly (string | null)[]): string {
  return [...new Set(values)].map(value => shortened(value ?? '')).join(' or ');
}

/** A hash in a sentence needs no more than to be told from others. */
function shortened(value: string): string {
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value;
}

/** What most have; of equals, what comes first. */
function mostCommon(hashes: readonly (string | null)[]): string | null {
  const counts = new Map<string | null, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let best: string | null = null;
  let most = 0;
  for (const [hash, count] of counts) {
    if (count > most) [best, most] = [hash, count];
  }
  return best;
}
