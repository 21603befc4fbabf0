import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isCase, openCase } from '../../main/engine/index.ts';
import { assay, DATE, makeKey, startAssay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const key = join(folder, 'key');
const KILLS = 50;
/** Kills in one case before it is left to finish. */
const KILLS_A_CASE = 3;

const args = (name: string) => [
  'audit',
  '--key',
  key,
  '--as',
  'ines',
  '--date',
  DATE,
  '--case',
  join(folder, name),
  '--report',
  join(folder, `${name}.tar`),
];

/** A repeatable sequence of numbers from 0 to 1 (Park and Miller). */
function* random(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

async function killAfter(milliseconds: number, name: string): Promise<void> {
  const child = startAssay(args(name));
  const ended = new Promise(resolve => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await ended;
  clearTimeout(timer);
}

/** Opens what is there after a kill: no case yet, or one whose log is whole. Gives the newest event. */
function look(name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) return 'nothing';
  assert.ok(isCase(path), 'a case is there whole or not at all');
  using theCase = openCase(path);
  assert.equal(theCase.log.broken, null);
  return theCase.log.events.at(-1)?.type ?? 'nothing';
}

test(`killed at ${KILLS} moments of import, replay and export, an audit ends in the report it would have made`, async context => {
  makeKey(key);
  const started = performance.now();
  assert.equal(assay(args('whole')).status, 0);
  const whole = performance.now() - started;
  const expected = readFileSync(join(folder, 'whole.tar'));
  const numbers = random(20_261_124);
  const moments = new Map<string, number>();
  for (let kill = 0, serial = 0; kill < KILLS; serial += 1) {
    const name = `case-${serial}`;
    for (let i = 0; i < KILLS_A_CASE && kill < KILLS; i += 1, kill += 1) {
      await killAfter((numbers.next().value ?? 0) * whole, name);
      const moment = look(name);
      moments.set(moment, (moments.get(moment) ?? 0) + 1);
    }
    const run = assay(args(name));
    assert.equal(run.status, 0, run.stderr);
    assert.ok(readFileSync(join(folder, `${name}.tar`)).equals(expected), `case ${serial}: other bytes`);
  }
  context.diagnostic(
    `newest event after a kill: ${[...moments].map(([type, n]) => `${type} ${n}`).join(', ')}`,
  );
});
