import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';

test('the code of a seed: its rows, the lines and names of its source, what it asks of the kernel', async () => {
  await using engine = new EngineProcess();
  const location = join(temporaryFolder(), 'case');
  await engine.ask('case.create', { location, name: 'Code', kit: 'bedrock-amd64', by: 'Ada' });
  await engine.ask('bundle.import', { locations: [] });
  const [seed] = await engine.ask('seed.list', {});
  assert.ok(seed);
  const { sha256, size } = seed.seed;
  const code = await engine.ask('seed.code', { seed: sha256 });
  assert.deepEqual([code.why, code.machine, code.previous, code.next], [null, 'amd64', null, null]);
  assert.deepEqual(code.code, [{ offset: 0x78, length: size - 0x78 }]);
  assert.deepEqual(code.flow?.unreached, []);
  assert.equal(
    code.rows.reduce((sum, row) => sum + row.length, 0),
    size - 0x78,
  );
  const [first] = code.rows;
  assert.deepEqual(
    [first?.address, first?.bytes, first?.mnemonic, first?.operands, first?.line],
    ['0x400078', '58', 'pop', 'rax', 74],
  );
  assert.ok(
    code.labels.some(({ name, offset, from }) => name === 'read' && offset === 0x106 && from === 'source'),
  );
  assert.ok(code.rows.some(({ call }) => call?.text === 'open(argv[1], O_RDONLY)'));

  const { questions, equal } = await engine.ask('seed.questions', { seed: sha256 });
  assert.deepEqual([questions, equal], [[], 74]);

  const part = await engine.ask('seed.code', { seed: sha256, offset: size - 1, limit: 10 });
  assert.equal(part.rows.length, 74 % 10);
  assert.equal(part.next, null);
  const before = await engine.ask('seed.code', { seed: sha256, offset: part.previous ?? 0, limit: 10 });
  assert.equal(before.next, part.rows[0]?.offset);
  await assert.rejects(engine.ask('seed.code', { seed: '0'.repeat(64) }), EngineError);
});
