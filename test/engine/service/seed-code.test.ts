import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../../main/engine/base/index.ts';
import { copyKit } from '../../support/assay.ts';
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

test('a comment that says something else is a question, which one request turns into an annotation', async () => {
  await using engine = new EngineProcess();
  const folder = temporaryFolder();
  const kitFolder = copyKit(join(folder, 'kit'), toml => toml);
  const source = join(kitFolder, 'bundle', 'src', 'hex0.hex0');
  writeFileSync(source, readFileSync(source, 'utf8').replace('cmp eax, 3 ', 'cmp eax, 4 '));
  await engine.ask('case.create', { location: join(folder, 'case'), name: 'Code', kitFolder, by: 'Ada' });
  await engine.ask('bundle.import', { locations: [join(kitFolder, 'bundle')] });
  const [seed] = await engine.ask('seed.list', {});
  assert.equal(seed?.source?.assembles, true);
  const { sha256 } = seed.seed;
  const { questions, equal } = await engine.ask('seed.questions', { seed: sha256 });
  assert.deepEqual(
    [equal, questions.map(({ text, offset, length }) => [text, offset, length])],
    [73, [["Line 75 says 'cmp eax, 4'; the instruction is 'cmp eax, 3'", 0x79, 3]]],
  );
  const [question] = questions;
  assert.ok(question);
  const content = {
    ranges: [{ offset: question.offset, length: question.length }],
    kind: 'question' as const,
    label: 'A question',
    note: question.text,
  };
  await engine.ask('seed.annotate', { seed: sha256, content });
  const [open] = (await engine.ask('seed.coverage', {})).seeds;
  assert.equal(open?.open.questions, 1);
});

test('the code of a large seed is read beside the engine, which answers meanwhile', async () => {
  await using engine = new EngineProcess();
  const folder = temporaryFolder();
  await engine.ask('case.create', {
    location: join(folder, 'case'),
    name: 'Large',
    kit: 'bedrock-amd64',
    by: 'Ada',
  });
  await engine.ask('bundle.import', { locations: [] });
  const small = readFileSync(join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle/seed/hex0-seed'));
  const large = Buffer.concat([small, Buffer.alloc(100_000, 0x90)]);
  large.writeBigUInt64LE(BigInt(large.length), 0x60);
  large.writeBigUInt64LE(BigInt(large.length), 0x68);
  writeFileSync(join(folder, 'hex0-seed'), large);
  await engine.ask('seed.check', { locations: [join(folder, 'hex0-seed')] });
  const [seed] = await engine.ask('seed.list', {});
  assert.equal(seed?.seed.size, large.length);
  const answered: string[] = [];
  const reading = engine.ask('seed.code', { seed: seed.seed.sha256 }).then(code => {
    answered.push('code');
    return code;
  });
  await engine.ask('case.custody', { limit: 1 });
  answered.push('custody');
  const { code, rows, flow } = await reading;
  assert.deepEqual(answered, ['custody', 'code']);
  assert.deepEqual(code, [{ offset: 0x78, length: large.length - 0x78 }]);
  assert.equal(rows[0]?.mnemonic, 'pop');
  assert.deepEqual(flow?.unreached, [{ offset: small.length, length: 100_000 }]);
});
