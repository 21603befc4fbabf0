import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AlignedPlaces, alignBytes, memoryBytes } from '../../../main/engine/difference/index.ts';

const few = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 }).map(values => Buffer.from(values));
const aligned = (a: Buffer, b: Buffer) => alignBytes(memoryBytes(a), memoryBytes(b));

test('parts put together are the whole, however they are cut', () => {
  fc.assert(
    fc.property(few, few, fc.integer({ min: 1, max: 20 }), (a, b, length) => {
      const places = new AlignedPlaces(aligned(a, b).runs);
      const parts: Buffer[][] = [[], []];
      for (let at = 0; at < places.length; at += length) {
        const runs = places.part(at, length);
        assert.equal(
          runs.reduce((sum, run) => sum + run.length, 0),
          Math.min(length, places.length - at),
        );
        for (const run of runs) {
          assert.ok(run.at >= at && run.length === Math.max(run.aLength, run.bLength));
          parts[0]?.push(a.subarray(run.a, run.a + run.aLength));
          parts[1]?.push(b.subarray(run.b, run.b + run.bLength));
        }
      }
      assert.deepEqual(Buffer.concat(parts[0] ?? []), a);
      assert.deepEqual(Buffer.concat(parts[1] ?? []), b);
    }),
  );
});

test('every byte has its place, and every difference is found forwards and backwards', () => {
  fc.assert(
    fc.property(few, few, (a, b) => {
      const alignment = aligned(a, b);
      const places = new AlignedPlaces(alignment.runs);
      for (const [side, bytes] of [
        ['a', a],
        ['b', b],
      ] as const) {
        bytes.forEach((_, offset) => {
          const [run] = places.part(places.placeOf(side, offset), 1);
          assert.equal(run?.[side], offset);
          assert.equal(run?.[side === 'a' ? 'aLength' : 'bLength'], 1);
        });
      }
      const [forwards, backwards] = [[] as number[], [] as number[]];
      for (let next = places.next(-1, 1); next; next = places.next(next.at, 1)) forwards.push(next.at);
      for (let next = places.next(places.length + 1, -1); next; next = places.next(next.at, -1)) {
        backwards.push(next.at);
        assert.equal(next.number, alignment.places - backwards.length + 1);
      }
      assert.equal(forwards.length, alignment.places);
      assert.deepEqual(backwards.reverse(), forwards);
    }),
  );
});
