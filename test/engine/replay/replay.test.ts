import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderStep, lacking, play, toolStep } from './stand.ts';

test('a plan of several steps gives records, artifacts and a whole final tree', {
  skip: lacking,
}, async () => {
  const { outcome, records, theCase } = await play(
    [
      folderStep(1, 'out/bin'),
      toolStep(2, ['copy', 'tool', 'out/bin/next', ';', 'write', 'out/note', 'hello']),
      toolStep(3, ['write', 'out/note', 'bye', ';', 'unlink', 'src/a'], {
        argv: ['out/bin/next', 'write', 'out/note', 'bye', ';', 'unlink', 'src/a'],
        program: 'out/bin/next',
      } as never),
    ],
    { 'src/a': { content: 'a' }, 'src/b': { content: 'b', mode: 0o600 } },
    { results: ['out'] },
  );
  assert.equal(outcome.outcome, 'completed');
  assert.deepEqual(outcome.tree.unaccounted, []);
  assert.deepEqual(
    outcome.tree.results.map(file => file.path),
    ['out', 'out/bin', 'out/bin/next', 'out/note'],
  );
  assert.deepEqual(
    records.map(record => record.written.map(file => file.path)),
    [['out', 'out/bin'], ['out/bin/next', 'out/note'], ['out/note']],
  );
  assert.deepEqual(records[2]?.removed, ['src/a']);
  const note = records[2]?.written[0];
  assert.equal(theCase.objects.read(note?.sha256 ?? '').toString(), 'bye');
  const tool = records[1]?.observation?.programs[0]?.sha256;
  assert.equal(records[2]?.observation?.programs[0]?.sha256, tool);
  assert.deepEqual(
    theCase.log.events.map(event => event.type),
    ['case-created', 'replay-started', 'step-finished', 'step-finished', 'step-finished', 'replay-finished'],
  );
});
