import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparedAccount, compareAccounts } from '../../../main/engine/audit/index.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];

/** An account of one artifact, whose published hash is A. */
function account(replay: number, sha256: string | null, bundle: string, running = false): ComparedAccount {
  const expectations = [
    { path: 'bin/x', sha256: A, size: null, source: 'kit', origin: { file: 'kit.toml', line: 1 } },
  ];
  const artifact = { path: 'bin/x', step: 1, size: 1, sha256, nar: null, verdict: null, expectations };
  const content = {
    verdict: 'not-reproduced',
    artifacts: sha256 === null ? [] : [artifact],
    machine: {
      kernel: 'k',
      processor: 'p',
      architecture: 'amd64',
      emulator: null,
      runtime: { name: 'r', version: '1' },
      observer: null,
      assay: { version: '1', sha256: A },
    },
    mode: 'stepped',
    kit: { id: 'kit', version: '1', description: { sha256: A } },
    bundle: { bundle: { sha256: bundle } },
    reused: 0,
  };
  const known = { kind: 'replay', path: 'case', name: `Replay ${replay}`, replay } as const;
  return {
    ...known,
    completed: !running,
    running,
    valid: true,
    signers: [],
    content: content as unknown as NonNullable<ComparedAccount['content']>,
  };
}

test('those who differ are those without the published file, however many they are', () => {
  const together = (hashes: readonly string[]) => {
    const accounts = hashes.map((hash, i) => account(i + 1, hash, hash));
    return compareAccounts(accounts).environment.find(row => row.name === 'bundle')?.together;
  };
  const [a, b] = [A.slice(0, 12), B.slice(0, 12)];
  assert.equal(together([A, B, B]), `The 2 that differ have bundle ${b}; the other has ${a}`);
  assert.equal(together([B, A, A]), `The one that differs has bundle ${b}; the other 2 have ${a}`);
  const c = 'c'.repeat(64);
  assert.equal(
    together([c, B, B]),
    `The one that differs has bundle ${c.slice(0, 12)}; the other 2 have ${b}`,
  );
});

test('a replay that has not come to the artifact yet is not among those who differ', () => {
  const c = 'c'.repeat(64);
  const accounts = [account(1, A, A), account(2, B, B), account(3, null, c, true)];
  const bundle = compareAccounts(accounts).environment.find(row => row.name === 'bundle');
  const [a, b] = [A.slice(0, 12), B.slice(0, 12)];
  assert.equal(bundle?.together, `The one that differs has bundle ${b}; the other has ${a}`);
});
