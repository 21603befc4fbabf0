import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lacking, machine, play, toolStep } from './stand.ts';

/** Where the observer cannot have a process namespace of its own, its end does not end what it watched. */
const ROOMS: [name: string, room: readonly string[]][] = [
  ['with nothing around the observer', []],
  ['with the observer tied to this process only', ['setpriv', '--pdeathsig', 'KILL']],
];

for (const [name, room] of ROOMS) {
  test(`${name}, containers that wait are taken away when a step before them cannot start`, {
    skip: lacking,
    timeout: 60_000,
  }, async () => {
    assert.ok(machine.observer);
    const gone = toolStep(2, [], { program: 'none', argv: ['./none'] });
    const steps = [toolStep(1, []), gone, toolStep(3, []), toolStep(4, []), toolStep(5, [])];
    const { outcome, records } = await play(steps, {}, { observer: { ...machine.observer, room } });
    assert.equal(outcome.outcome, 'failed');
    assert.deepEqual(records[1]?.end, { how: 'not-started', reason: 'ENOENT: its program is not there' });
    assert.equal(records.length, 2);
  });
}
