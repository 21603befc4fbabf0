import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../../../../main/engine/report/model.ts';
import { chainFigure } from '../../../../main/engine/report/page/chain-figure.ts';
import { chainGraph } from '../../../../main/engine/report/page/chain-graph.ts';
import {
  type ChainLayout,
  chainLayout,
  FIGURE_WIDTH,
  fitted,
  monoWidth,
  NODE_HEIGHT,
  wrapped,
} from '../../../../main/engine/report/page/chain-layout.ts';
import { figureGraph, NODE_LIMIT } from '../../../../main/engine/report/page/chain-stages.ts';
import { all, one, parsePage, textOf } from './parse.ts';
import {
  artifact,
  countsOf,
  hostileReport,
  largeReport,
  smallReport,
  step,
  stoppedReport,
} from './samples.ts';

function edgesByLabel(report: Report): string[] {
  const { nodes, edges } = chainGraph(report);
  const label = new Map(nodes.map(node => [node.id, node.label]));
  return edges
    .map(edge => `${label.get(edge.from)} ${edge.through ? '~' : '-'} ${label.get(edge.to)}`)
    .sort();
}

test('an edge leads from the program that ran to what it made, and through intermediate files', () => {
  assert.deepEqual(edgesByLabel(smallReport()), [
    'asm ~ cat',
    'asm ~ sha256sum',
    'asm ~ untar',
    'hex0 - hex1',
    'hex0-seed - hex0',
    'hex1 - hex2',
    'hex2 - asm',
    'hex2 - cat',
    'hex2 - sha256sum',
    'hex2 - untar',
  ]);
  assert.equal(chainGraph(smallReport()).folded, 3);
});

test('a program that is written again is two boxes, each with its own maker', () => {
  const steps = [
    step(1, 'hex0', ['seed/hex0-seed'], [], ['bin/hex0']),
    step(2, 'hex0', ['bin/hex0'], [], ['bin/hex0']),
    step(3, 'hex0', ['bin/hex0'], [], ['bin/cat']),
  ];
  const artifacts = [artifact('bin/hex0', 2, 'reproduced'), artifact('bin/cat', 3, 'reproduced')];
  const report = smallReport({ steps, artifacts, counts: countsOf(artifacts) });
  assert.deepEqual(edgesByLabel(report), ['hex0 - cat', 'hex0 - hex0', 'hex0-seed - hex0']);
  const words = chainGraph(report).nodes.map(node => node.word);
  assert.deepEqual(words, ['', 'written again', 'reproduced', 'reproduced']);
});

test('failed and not-run steps have a box; expected files that were not made are told', () => {
  const report = stoppedReport();
  const { nodes } = chainGraph(report);
  const bySign = (sign: string) =>
    nodes.filter(node => node.sign === sign).map(node => [node.label, node.look]);
  assert.deepEqual(bySign('failed'), [['step-9', 'plain']]);
  assert.deepEqual(bySign('not-run'), [['step-10', 'not-run']]);
  assert.match(textOf(parsePage(chainFigure(report).markup)), /2 expected files were not made/);
});

test('a program that is neither a seed nor made here is drawn as a stranger', () => {
  const foreign = step(1, 'hex0', ['usr/bin/gcc'], [], ['bin/cat']);
  const report = smallReport({ steps: [foreign], artifacts: [artifact('bin/cat', 1, 'reproduced')] });
  const stranger = chainGraph(report).nodes.find(node => node.label === 'gcc');
  assert.equal(stranger?.word, 'not made here');
  assert.equal(stranger?.sign, 'blocks');
});

function segments(layout: ChainLayout) {
  return layout.edges.flatMap(edge =>
    edge.points.slice(1).map((end, i) => ({ start: edge.points[i] as readonly [number, number], end })),
  );
}

function assertSound(layout: ChainLayout, drawn: number) {
  const { nodes, nodeWidth, height } = layout;
  assert.equal(nodes.length, drawn);
  for (const [i, a] of nodes.entries()) {
    assert.ok(a.x >= 0 && a.x + nodeWidth <= FIGURE_WIDTH + 0.01 && a.y >= 0 && a.y + NODE_HEIGHT <= height);
    for (const b of nodes.slice(i + 1)) {
      assert.ok(Math.abs(a.x - b.x) >= nodeWidth || Math.abs(a.y - b.y) >= NODE_HEIGHT, 'two boxes overlap');
    }
  }
  for (const { start, end } of segments(layout)) {
    assert.ok(start[0] === end[0] || start[1] === end[1], 'an edge is not square');
    const [left, right] = [Math.min(start[0], end[0]), Math.max(start[0], end[0])];
    const [top, bottom] = [Math.min(start[1], end[1]), Math.max(start[1], end[1])];
    assert.ok(
      left >= 0 && right <= FIGURE_WIDTH && top >= 0 && bottom <= height,
      'an edge leaves the figure',
    );
    for (const { x, y } of nodes) {
      const crosses = right > x + 0.01 && left < x + nodeWidth - 0.01 && bottom > y && top < y + NODE_HEIGHT;
      assert.ok(!crosses, 'an edge crosses a box');
    }
  }
}

/** Chains in which each step's program, what it reads and its stage are chosen freely among what is there. */
const anyChain = fc
  .array(
    fc.record({
      program: fc.nat(),
      read: fc.nat(),
      stage: fc.nat(8),
      shown: fc.boolean(),
      makes: fc.integer({ min: 0, max: 9 }),
    }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .map(choices => {
    const there = ['seed/hex0-seed'];
    const artifacts: Report['artifacts'] = [];
    const steps = choices.map(({ program, read, stage, shown, makes }, i) => {
      const wrote = Array.from({ length: makes }, (_, k) => `bin/f${i}-${k}`);
      const pick = (n: number) => there[n % there.length] ?? '';
      const made = step(i + 1, `s${stage}`, [pick(program)], [pick(read)], wrote);
      for (const path of wrote)
        artifacts.push({ ...artifact(path, i + 1, shown ? 'reproduced' : null), result: shown });
      there.push(...wrote);
      return made;
    });
    const stages = Array.from({ length: 9 }, (_, i) => ({ id: `s${i}`, title: `Stage ${i}` }));
    return { ...smallReport(), steps, artifacts, stages };
  });

test('whatever the chain: no box overlaps another, no edge crosses a box, nothing leaves the figure', () => {
  fc.assert(
    fc.property(anyChain, report => {
      const graph = figureGraph(report);
      assert.ok(graph.nodes.length <= NODE_LIMIT);
      assertSound(chainLayout(graph), graph.nodes.length);
    }),
    { numRuns: 150 },
  );
});

test('inside a stage and from stage to stage, what is made stands to the right of its maker', () => {
  const steps = [
    step(1, 'tools', ['seed/hex0-seed'], [], ['bin/hex1']),
    step(2, 'tools', ['bin/hex1'], [], ['bin/hex2']),
    step(3, 'tools', ['bin/hex2'], [], ['bin/cat']),
  ];
  const artifacts = [1, 2, 3].map(n =>
    artifact(['', 'bin/hex1', 'bin/hex2', 'bin/cat'][n] ?? '', n, 'reproduced'),
  );
  const { nodes, titles } = chainLayout(figureGraph(smallReport({ steps, artifacts })));
  const places = nodes.toSorted((a, b) => a.x - b.x).map(node => [node.label, node.y]);
  assert.deepEqual(
    places.map(([label]) => label),
    ['hex0-seed', 'hex1', 'hex2', 'cat'],
  );
  assert.equal(new Set(places.map(([, y]) => y)).size, 1);
  assert.deepEqual(
    titles.map(title => title.lines.join(' ')),
    ['Seeds', 'Tools'],
  );
});

test('more than sixty boxes become stages, and stages share boxes, with nothing left uncounted', () => {
  const some = figureGraph(largeReport(400, 12));
  assert.deepEqual([some.collapsed, some.nodes.length], [true, 13]);
  const graph = figureGraph(largeReport(400, 170));
  assert.ok(graph.nodes.length <= 49);
  const files = graph.nodes.slice(1).map(node => Number(node.detail.split(' ')[0]));
  assert.equal(
    files.reduce((sum, n) => sum + n, 0),
    400,
  );
  assert.equal(graph.nodes.filter(node => node.sign === 'differs').length, 5);
  assertSound(chainLayout(graph), graph.nodes.length);
});

test('a stage that the plan does not list is not left out', () => {
  const graph = figureGraph({ ...largeReport(400, 3), stages: [] });
  assert.deepEqual(
    graph.nodes.map(node => node.label),
    ['hex0-seed', 'stage-000', 'stage-001', 'stage-002'],
  );
});

test('text is cut so that it fits its box', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 200 }), (text, room) => {
      const shown = fitted(text, room, 9.5);
      assert.ok(monoWidth(shown, 9.5) <= room || shown === '…');
      assert.ok(shown === text || (shown.endsWith('…') && text.startsWith(shown.slice(0, -1))));
    }),
  );
});

test('the head of a lane breaks between words and is cut after its last line', () => {
  assert.deepEqual(wrapped('one two three', 40, 8, 3), ['one two', 'three']);
  assert.deepEqual(wrapped('one two three four', 40, 8, 2), ['one two', 'three f…']);
  assert.deepEqual(wrapped('one two three four', 34, 8, 2), ['one two', 'three…']);
  assert.deepEqual(wrapped('unbreakable', 40, 8, 3), ['unbreak…']);
});

test('the figure is one image with a description, and hostile names stay text', () => {
  const figure = parsePage(chainFigure(hostileReport()).markup);
  const svg = one(figure, element => element.tag === 'svg');
  assert.equal(svg.attributes.get('role'), 'img');
  assert.match(svg.attributes.get('aria-label') ?? '', /^From ⟦U\+202E⟧<\/style>/);
  const known = new Set(['g', 'path', 'text', 'rect', 'title', 'use']);
  assert.deepEqual(
    all(svg, element => !known.has(element.tag)),
    [],
  );
});
