import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineError, EngineProcess } from '../../support/engine-process.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { longKit } from '../../support/long-kit.ts';

async function opened(engine: EngineProcess, kit: { kit: string } | { kitFolder: string }): Promise<string> {
  const folder = temporaryFolder();
  await engine.ask('case.create', { location: join(folder, 'case'), name: 'graph', by: 'Ada', ...kit });
  return folder;
}

test('a chain is drawn before it ran and after; where it stands and what came of it are told apart', async () => {
  await using engine = new EngineProcess();
  const folder = await opened(engine, { kit: 'bedrock-amd64' });
  assert.equal(await engine.ask('chain.graph', { expanded: 'auto' }), null);
  await engine.ask('bundle.import', { locations: [] });
  const planned = await engine.ask('chain.graph', { expanded: 'auto' });
  const waiting = await engine.ask('chain.states', { expanded: 'auto' });
  assert.equal(waiting?.geometry, planned?.geometry);
  assert.ok(waiting?.signs.every(sign => sign === null || sign === 'not-run'));
  assert.deepEqual(
    planned?.nodes.slice(0, 3).map(node => [node.label, node.kind]),
    [
      ['hex0-seed', 'seed'],
      ['hex0', 'file'],
      ['hex1', 'file'],
    ],
  );

  await engine.ask('replay.run', {});
  const graph = await engine.ask('chain.graph', { expanded: 'auto' });
  const states = await engine.ask('chain.states', { expanded: 'auto' });
  assert.ok(graph && states && graph.geometry === states.geometry);
  assert.equal(states.signs.length, graph.nodes.length);
  const results = graph.nodes.flatMap((node, i) => (node.result ? [states.signs[i]] : []));
  assert.deepEqual(new Set(results), new Set(['reproduced']));
  // The next asking is answered from what is kept.
  assert.equal((await engine.ask('chain.states', { expanded: 'auto' }))?.geometry, graph.geometry);

  const collapsed = await engine.ask('chain.graph', { expanded: [] });
  assert.ok(collapsed?.nodes.every(node => node.kind === 'lane'));
  const counts = await engine.ask('chain.states', { expanded: [] });
  const signs = counts?.lanes.flatMap(lane => lane.signs).filter(([sign]) => sign === 'reproduced') ?? [];
  assert.equal(
    signs.reduce((n, [, some]) => n + some, 0),
    states.signs.filter(sign => sign === 'reproduced').length,
  );

  const last = graph.nodes.findLast(node => node.result);
  const way = await engine.ask('chain.way', { expanded: 'auto', step: last?.step ?? 0 });
  assert.equal(way?.node, last?.id);
  assert.equal(way?.nodes.at(-1), 'seed0');
  assert.ok((way?.nodes.length ?? 0) > 3);
  const hits = await engine.ask('chain.find', { expanded: [], text: 'SHA256', limit: 10 });
  assert.ok(hits.total > 0 && hits.hits.every(hit => hit.node.startsWith('lane ')));

  const target = join(folder, 'chain.svg');
  const saved = await engine.ask('chain.save-figure', { expanded: 'auto', format: 'svg', location: target });
  const { text } = await engine.ask('chain.figure', { expanded: 'auto', format: 'svg' });
  assert.equal(readFileSync(target, 'utf8'), text);
  assert.equal(saved.size, Buffer.byteLength(text));
  assert.match(
    (await engine.ask('chain.figure', { expanded: 'auto', format: 'dot' })).text,
    /^digraph chain \{/,
  );
  await assert.rejects(
    engine.ask('chain.states', { expanded: 'auto', replay: 9 }),
    (error: unknown) => error instanceof EngineError && error.problem.code === 'replay.no-such',
  );
});

test('five thousand steps in 170 stages: collapsed a small answer, all expanded a bounded one', async () => {
  await using engine = new EngineProcess();
  const kit = longKit(join(temporaryFolder(), 'kit'), 5000, 170);
  await opened(engine, { kitFolder: kit });
  await engine.ask('bundle.import', { locations: [join(kit, 'bundle')] });
  const auto = await engine.ask('chain.graph', { expanded: 'auto' });
  assert.ok(auto && auto.total > 5000);
  assert.ok(auto.nodes.length < 200 && auto.lanes.every(lane => lane.collapsed));
  assert.ok(JSON.stringify(auto).length < 200_000);
  const some = await engine.ask('chain.graph', { expanded: ['p3', 'p169'] });
  assert.ok([29, 30].includes(some?.nodes.filter(node => node.lane === 'p3').length ?? 0));
  const all = await engine.ask('chain.graph', { expanded: 'all' });
  assert.equal(all?.nodes.length, auto.total);
  assert.ok(JSON.stringify(all).length < 4_000_000);
  const [one] = (await engine.ask('chain.find', { expanded: 'auto', text: 'made-4999', limit: 5 })).hits;
  assert.deepEqual([one?.lane, one?.node], ['p169', 'lane p169']);
});
