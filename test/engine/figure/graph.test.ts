import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type FigureChain,
  figureGraph,
  plannedOutputs,
  shownGraph,
  wayBack,
} from '../../../main/engine/figure/index.ts';
import { anyChain, chainOf, left, longChain, ran, waiting } from './chains.ts';

function edgesByLabel(chain: FigureChain): string[] {
  const { nodes, edges } = figureGraph(chain);
  const label = new Map(nodes.map(node => [node.id, node.label]));
  return edges
    .map(({ from, to, through }) => `${label.get(from)} ${through ? '~' : '-'} ${label.get(to)}`)
    .sort();
}

const ALL = { lanes: 1000, nodes: 100_000, through: 100_000 };
const SEED = 'seed/hex0-seed';

test('an edge leads from the program that ran to what it made, and through files that are not drawn', () => {
  const chain = chainOf(
    [
      ran(1, 'a', SEED, [], ['bin/hex2']),
      ran(2, 'a', 'bin/hex2', [], ['bin/asm']),
      ran(3, 'b', 'bin/asm', [], ['tmp/cat.hex2']),
      ran(4, 'b', 'bin/hex2', ['tmp/cat.hex2'], ['bin/cat']),
    ],
    [left('bin/hex2', 1, null), left('tmp/cat.hex2', 3, null), left('bin/cat', 4, 'reproduced')],
  );
  assert.deepEqual(edgesByLabel(chain), ['asm ~ cat', 'hex0-seed - hex2', 'hex2 - asm', 'hex2 - cat']);
  assert.equal(figureGraph(chain).folded, 1);
});

test('a program that is written again is two nodes, each with its own maker', () => {
  const steps = [
    ran(1, 'a', SEED, [], ['bin/hex0']),
    ran(2, 'a', 'bin/hex0', [], ['bin/hex0']),
    ran(3, 'a', 'bin/hex0', [], ['bin/cat']),
  ];
  const chain = chainOf(steps, [left('bin/hex0', 2, 'reproduced'), left('bin/cat', 3, 'reproduced')]);
  assert.deepEqual(edgesByLabel(chain), ['hex0 - cat', 'hex0 - hex0', 'hex0-seed - hex0']);
  const words = figureGraph(chain).nodes.map(node => node.word);
  assert.deepEqual(words, ['', 'written again', 'reproduced', 'reproduced']);
});

test('a program that was only copied to a new name is what it was, by a step or by the workstation', () => {
  const same = { sha256: 'a'.repeat(64) };
  const copy = { ...ran(3, 'b', '', ['root'], ['new/bin/tool']), action: 'copy', program: null } as const;
  const steps = [
    ran(1, 'a', SEED, [], ['root/bin/tool']),
    ran(2, 'a', SEED, ['root/bin/tool'], ['root/bin/same']),
    copy,
    ran(4, 'b', 'new/bin/tool', [], ['x']),
    ran(5, 'b', 'root/bin/same', [], ['y']),
  ];
  const chain = chainOf(steps, [
    left('root/bin/tool', 1, null, same),
    left('root/bin/same', 2, null, same),
    left('x', 4, 'reproduced'),
    left('y', 5, 'reproduced'),
  ]);
  assert.deepEqual(edgesByLabel(chain), ['hex0-seed - tool', 'tool - x', 'tool - y']);
});

test('a copy that somebody speaks of is a node of its own', () => {
  const copy = { ...ran(2, 'b', '', ['root'], ['out/bin/tool']), action: 'copy', program: null } as const;
  const chain = chainOf(
    [ran(1, 'a', SEED, [], ['root/bin/tool']), copy],
    [left('root/bin/tool', 1, null), left('out/bin/tool', 2, 'differs')],
  );
  // The original is not drawn: what made it is.
  assert.deepEqual(edgesByLabel(chain), ['hex0-seed - tool']);
});

test('what did not run stands with what it was to make; what no step is known to make has a lane', () => {
  const failed = { ...ran(1, 'a', SEED, [], []), outcome: 'failed', awaited: ['bin/one'] } as const;
  const chain = chainOf(
    [failed, waiting(2, 'a', 'bin/one', [], ['bin/two']), waiting(3, 'b', 'bin/two', [], [])],
    [left('bin/two', null, 'not-run'), left('bin/nobody', null, 'missing')],
  );
  const { nodes, lanes } = figureGraph(chain);
  assert.deepEqual(
    nodes.map(({ label, kind, sign, waits, lane }) => [label, kind, sign, waits, lane]),
    [
      ['hex0-seed', 'seed', null, false, 'seeds'],
      ['step-1', 'step', 'failed', false, 'a'],
      ['one', 'file', 'not-run', true, 'a'],
      ['two', 'file', 'not-run', true, 'a'],
      ['step-3', 'step', 'not-run', true, 'b'],
      ['nobody', 'file', 'missing', true, 'unmade'],
    ],
  );
  assert.equal(lanes.at(-1)?.id, 'unmade');
});

test('a program that is neither a seed nor made here is drawn as a stranger', () => {
  const chain = chainOf([ran(1, 'a', 'usr/bin/gcc', [], ['bin/cat'])], [left('bin/cat', 1, 'reproduced')]);
  const stranger = figureGraph(chain).nodes.find(node => node.label === 'gcc');
  assert.deepEqual([stranger?.word, stranger?.sign], ['not made here', 'blocks']);
});

test('outputs that a reader does not know are those that a command line names and that are wanted', () => {
  const common = { id: 's', stage: 'a', title: '', origin: { file: 'f', line: 1 }, action: 'run' as const };
  const run = (number: number, program: string, argv: string[], outputs: string[] = []) => ({
    ...{ ...common, number, program, argv: [program, ...argv], inputs: [], outputs },
    ...{ cwd: '/work', environment: [], timeoutSeconds: 1, expectedStatus: 0 },
  });
  const steps = [
    run(1, 'seed', ['in.hex0', '../bin/hex1']),
    run(2, 'bin/hex1', ['in', '/bin/hex1', '-o', 'out']),
    run(3, 'bin/hex1', ['out', 'declared'], ['declared']),
  ];
  assert.deepEqual(
    [...plannedOutputs({ steps }, ['work/out'], ['seed'])],
    [
      [1, ['bin/hex1']],
      [2, ['work/out']],
      [3, ['declared']],
    ],
  );
});

test('whatever the chain: every artifact is drawn once or counted as folded, and every edge has its ends', () => {
  fc.assert(
    fc.property(anyChain, chain => {
      const graph = figureGraph(chain);
      const ids = new Set(graph.nodes.map(node => node.id));
      assert.equal(ids.size, graph.nodes.length);
      const keys = new Set(chain.artifacts.map(each => `${each.step} ${each.path}`));
      const drawn = graph.nodes.filter(({ step, name }) => keys.has(`${step} ${name}`));
      const apart = new Map(chain.artifacts.map(each => [`${each.step} ${each.path}`, each]));
      assert.equal(drawn.length, new Set(drawn.map(({ step, name }) => `${step} ${name}`)).size);
      for (const each of apart.values())
        if (each.verdict !== null || each.result) assert.ok(graph.nodeOf(each.step, each.path) !== undefined);
      for (const { from, to } of graph.edges) assert.ok(ids.has(from) && ids.has(to) && from !== to);
      const places = new Map(graph.nodes.map((node, i) => [node.id, i]));
      for (const { from, to } of graph.edges) assert.ok((places.get(from) ?? 0) < (places.get(to) ?? 0));
    }),
    { numRuns: 200 },
  );
});

test('lanes start collapsed when there are many nodes; a collapsed lane says how many of each sign it has', () => {
  const graph = figureGraph(longChain(400, 12));
  const auto = shownGraph(graph, 'auto', ALL);
  assert.equal(auto.nodes.length, 13);
  const stages = auto.nodes.filter(node => node.kind === 'lane' && node.noun === 'file');
  const sum = stages.reduce((n, node) => n + (node.kind === 'lane' ? node.count : 0), 0);
  assert.equal(sum, 400);
  const differing = stages
    .flatMap(node => (node.kind === 'lane' ? node.signs : []))
    .filter(([sign]) => sign === 'differs');
  assert.equal(
    differing.reduce((n, [, some]) => n + some, 0),
    5,
  );
  const one = shownGraph(graph, new Set(['s3']), ALL);
  assert.equal(one.nodes.length, 12 + graph.nodes.filter(node => node.lane === 's3').length);
  assert.equal(shownGraph(graph, 'all', ALL).nodes.length, graph.nodes.length);
  assert.equal(shownGraph(figureGraph(longChain(30, 3)), 'auto', ALL).nodes.length, 31);
});

test('too many stages share lanes, and lanes with too many nodes stay collapsed', () => {
  const graph = figureGraph(longChain(600, 300));
  const shared = shownGraph(graph, 'all', { ...ALL, lanes: 49 });
  assert.ok(shared.lanes.length <= 49 && shared.nodes.length === 601);
  const bounded = shownGraph(graph, 'all', { ...ALL, lanes: 10, nodes: 100 });
  assert.ok(bounded.nodes.length <= 110);
  assert.ok(bounded.lanes.some(lane => lane.collapsed));
});

test('the way back leads along the programs that wrote each other, to a seed, through collapsed lanes', () => {
  const graph = figureGraph(longChain(200, 10));
  const last = graph.nodes.at(-1)?.id ?? '';
  const whole = wayBack(graph, shownGraph(graph, 'all', ALL), last);
  assert.equal(whole.nodes[0], last);
  assert.equal(whole.nodes.at(-1), 'seed0');
  const edges = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
  for (const { from, to } of whole.edges) assert.ok(edges.has(`${from} ${to}`));
  const collapsed = wayBack(graph, shownGraph(graph, new Set(), ALL), last);
  assert.deepEqual(collapsed.nodes.at(-1), 'lane seeds');
  assert.ok(collapsed.nodes.length <= 11);
});
