import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { assay } from '../../support/assay.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { noTool, STRANGER, writeToolKit } from '../../support/tool-kit.ts';

/** The tool copies itself to out/tool, which reads both sources; out/late comes of that and of a program nobody made. */
const STEPS = [
  { operations: ['copy', 'seed/tool', 'out/tool', ';', 'chmod', '755', 'out/tool'], outputs: ['out/tool'] },
  {
    operations: ['exec', 'out/tool', 'copy', 'src/a.txt', 'out/a'],
    inputs: ['src/a.txt'],
    outputs: ['out/a'],
  },
  {
    operations: ['exec', STRANGER, 'copy', 'out/a', 'out/late', ';', 'read', 'src/b.txt'],
    inputs: ['out/a', 'src/b.txt'],
    outputs: ['out/late'],
  },
];

test('a file leads to the seeds with the review of every source on its path, in the window and on the command line', {
  skip: noTool,
}, async () => {
  const folder = temporaryFolder();
  const kit = writeToolKit(join(folder, 'kit'), STEPS);
  const location = join(folder, 'case');
  await using engine = new EngineProcess();
  await engine.ask('case.create', { location, name: 'Past', kitFolder: kit, by: 'Ada' });
  await engine.ask('bundle.import', { locations: [join(kit, 'bundle')] });
  assert.equal(await engine.ask('chain.came-to-be', { path: 'out/late' }), null);
  assert.equal((await engine.ask('replay.run', {})).outcome, 'completed');
  await engine.ask('bundle.review', { paths: ['src/a.txt'], reviewed: true });

  const past = await engine.ask('chain.came-to-be', { path: 'out/late' });
  assert.ok(past);
  assert.deepEqual(
    past.spine.map(file => [file.path, file.kind, file.step]),
    [
      ['out/late', 'artifact', 4],
      ['seed/tool', 'seed', null],
    ],
  );
  assert.deepEqual(past.sources, {
    files: 3,
    reviewed: 1,
    byTwo: 0,
    notReviewed: ['src/b.txt', STRANGER],
  });
  assert.deepEqual(past.strangers, [STRANGER]);
  assert.deepEqual(
    past.seeds.map(({ name, explained }) => [name, explained]),
    [['tool', 0]],
  );
  const part = await engine.ask('chain.took-part', { step: 4 });
  assert.deepEqual(
    part.files.map(file => [file.path, file.role, file.reviewers]),
    [
      ['seed/tool', 'program', []],
      [STRANGER, 'program', []],
      ['src/b.txt', 'input', []],
      ['out/a', 'input', []],
    ],
  );
  const { observation, exhibit, inputs } = await engine.ask('chain.step', { number: 4 });
  assert.deepEqual(
    observation?.programs.map((program, i) => [program.path, observation.origins[i]]),
    [
      ['/seed/tool', { kind: 'seed', step: null }],
      [`/${STRANGER}`, { kind: 'stranger', step: null }],
    ],
  );
  const third = (await engine.ask('chain.step', { number: 3 })).observation;
  assert.deepEqual(third?.origins[1], { kind: 'step', step: 2 });
  assert.equal(exhibit, 'E-06 replay/0004-step-4.record.json');
  assert.equal(inputs.find(input => input.path === 'src/b.txt')?.kind, 'source');
  const alone = await engine.ask('replay.only', { number: 4 });
  assert.deepEqual([alone.compared?.end, alone.compared?.stdout, alone.compared?.differing], [true, true, 0]);
  // As it stood before step 4 nobody had made it.
  assert.equal(await engine.ask('chain.came-to-be', { path: 'out/late', before: 4 }), null);
  const { text } = await engine.ask('chain.lineage-text', { path: 'out/a', form: 'text' });
  assert.match(text, /^src\/a\.txt {2}source {2}[0-9a-f]{64} {2}reviewed by Ada$/m);
  const dot = await engine.ask('chain.lineage-text', { path: 'out/a', form: 'dot' });
  assert.match(dot.text, /^digraph lineage/);
  await engine.ask('case.close', {});

  const told = assay(['status', location, '--lineage', 'out/late', '--json']);
  assert.equal(told.status, 0, told.stderr);
  const document = JSON.parse(told.stdout);
  assert.deepEqual(
    [document.sources, document.strangers, document.spine.length],
    [past.sources, past.strangers, 2],
  );
  const a = document.nodes.find((node: { path: string }) => node.path === 'src/a.txt');
  assert.deepEqual(a.reviewers, ['Ada']);
  assert.match(
    assay(['status', location, '--lineage', 'out/late']).stdout,
    /3 sources on this path, 2 not reviewed, 0 reviewed by two/,
  );
});
