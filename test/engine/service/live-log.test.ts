import assert from 'node:assert/strict';
import { openSync } from 'node:fs';
import { test } from 'node:test';
import { LiveLog } from '../../../main/engine/service/live-log.ts';
import { findLines } from '../../../main/engine/service/log-index.ts';

test('who reads the output of a replay reads it to its end, although the next replay has begun', async () => {
  const log = new LiveLog();
  log.add(3, Buffer.from('one\nneedle'));
  log.add(4, Buffer.from('two\n'));
  {
    using content = log.content();
    log.close();
    log.add(5, Buffer.from('nobody reads this'));
    // Would take the place of a descriptor that was given back.
    openSync(import.meta.filename, 'r');
    assert.deepEqual(
      log.index.read(content, 0, 9, 100).map(({ text }) => text),
      ['[step 3]', 'one', 'needle', '[step 4]', 'two'],
    );
    assert.equal((await findLines(content, 'needle', { matchCase: true, limit: 9 })).found, 1);
  }
});
