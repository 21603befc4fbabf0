import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Content } from '../../../main/engine/bundle/index.ts';
import { findLines, LogIndex } from '../../../main/engine/service/log-index.ts';

function contentOf(bytes: Buffer): Content {
  return {
    size: bytes.length,
    readAt: (buffer, offset) => void bytes.copy(buffer, 0, offset, offset + buffer.length),
    [Symbol.dispose]() {},
  };
}

/** As anybody would cut a text into lines: what follows the last end of a line is one only when there is something. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const logs = fc
  .array(fc.oneof(fc.constant('\n'), fc.constant('ab'), fc.constant('Ab\n'), fc.string({ maxLength: 8 })))
  .map(pieces => pieces.join(''));

test('lines come from an index as from the text itself, wherever they are asked for', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(30), fc.integer({ min: 1, max: 20 }), async (text, from, count) => {
      const content = contentOf(Buffer.from(text));
      const index = await LogIndex.of(content);
      const all = linesOf(text);
      assert.equal(index.lines, all.length);
      assert.deepEqual(
        index.read(content, from, count, 1 << 20).map(line => line.text),
        all.slice(from, from + count),
      );
    }),
  );
});

test('a search finds the lines that have a text, with and without case', async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.constantFrom('a', 'AB', 'ab', 'b', ' '),
      fc.boolean(),
      async (text, wanted, matchCase) => {
        const fold = (each: string) =>
          matchCase ? each : each.replace(/[A-Z]/g, letter => letter.toLowerCase());
        const expected = linesOf(text).flatMap((line, i) => (fold(line).includes(fold(wanted)) ? [i] : []));
        const found = await findLines(contentOf(Buffer.from(text)), wanted, { matchCase, limit: 1000 });
        assert.deepEqual(found, { found: expected.length, lines: expected });
      },
    ),
  );
});

test('a log larger than what is read at a time, with a line larger still, is read in places and cut', async () => {
  const numbered = Array.from({ length: 40_000 }, (_, i) => `line ${i} ${'.'.repeat(60)}\n`).join('');
  const long = `${'x'.repeat(3_000_000)}needle${'y'.repeat(10)}`;
  const content = contentOf(Buffer.from(`${numbered}${long}\nafter\n${numbered}last`));
  const index = await LogIndex.of(content);
  assert.equal(index.lines, 80_003);
  const [one] = index.read(content, 39_999, 1, 4096);
  assert.match(one?.text ?? '', /^line 39999 /);
  const [cut, after] = index.read(content, 40_000, 2, 4096);
  assert.deepEqual([cut?.text.length, cut?.bytes, cut?.cut], [4096, long.length, true]);
  assert.deepEqual([after?.text, after?.cut], ['after', false]);
  assert.deepEqual(
    index.read(content, 80_001, 10, 4096).map(line => line.text.slice(0, 10)),
    ['line 39999', 'last'],
  );
  const options = { matchCase: true, limit: 3 };
  assert.deepEqual(await findLines(content, 'needle', options), { found: 1, lines: [40_000] });
  assert.deepEqual((await findLines(content, 'line 3', options)).lines, [3, 30, 31]);
  assert.deepEqual(await findLines(content, 'last', options), { found: 1, lines: [80_002] });
});

test('a log without a byte has no line, and a search is stopped', async () => {
  assert.equal((await LogIndex.of(contentOf(Buffer.alloc(0)))).lines, 0);
  const stop = AbortSignal.abort();
  await assert.rejects(LogIndex.of(contentOf(Buffer.from('a\n')), { signal: stop }), /stopped/);
});

test('an index that grows piece by piece is that of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.array(fc.integer({ min: 0, max: 9 })), async (text, lengths) => {
      const bytes = Buffer.from(text);
      const index = new LogIndex();
      let at = 0;
      for (const length of [...lengths, bytes.length]) {
        index.add(bytes.subarray(at, at + length));
        at = Math.min(bytes.length, at + length);
        assert.equal(index.lines, linesOf(bytes.subarray(0, at).toString('latin1')).length);
      }
      const whole = await LogIndex.of(contentOf(bytes));
      const read = (each: LogIndex) => each.read(contentOf(bytes), 0, 1000, 1 << 20);
      assert.deepEqual(read(index), read(whole));
    }),
  );
});
