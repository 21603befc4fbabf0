import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type FigureLayout,
  figureDot,
  figureFile,
  figureGraph,
  figureOnPaper,
  figureOnScreen,
  fitted,
  monoWidth,
  PAPER_WIDTH,
  paperFigure,
  type ShownGraph,
  wrapped,
} from '../../../main/engine/figure/index.ts';
import { anyChain, chainOf, left, longChain, ran } from './chains.ts';

const ALL = { lanes: 1000, nodes: 100_000, through: 100_000 };

/** Level and upright pieces of all edges. */
function segments({ edges }: FigureLayout) {
  return edges.flatMap(({ from, to, points }) =>
    Array.from({ length: points.length / 2 - 1 }, (_, i) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.slice(2 * i, 2 * i + 4);
      assert.ok(x1 === x2 || y1 === y2, 'an edge is not square');
      const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
      return { from, to, left, right, top: Math.min(y1, y2), bottom: Math.max(y1, y2) };
    }),
  );
}

function assertSound(layout: FigureLayout, { nodes, edges }: ShownGraph, apart = true) {
  const { boxes, boxHeight, width, height } = layout;
  assert.deepEqual(boxes.map(box => box.node.id).sort(), nodes.map(node => node.id).sort());
  assert.equal(layout.edges.length, edges.length);
  const rows = Map.groupBy(boxes, box => box.y);
  const tops = [...rows.keys()].sort((a, b) => a - b);
  for (const [i, top] of tops.entries())
    if (i > 0) assert.ok(top - (tops[i - 1] ?? 0) >= boxHeight, 'two rows overlap');
  for (const row of rows.values()) {
    row.sort((a, b) => a.x - b.x);
    for (const [i, box] of row.entries()) {
      const before = row[i - 1];
      assert.ok(box.x >= 0 && box.x + box.width <= width + 0.01 && box.y + boxHeight <= height + 0.01);
      assert.ok(!before || before.x + before.width <= box.x, 'two boxes overlap');
    }
  }
  const places = new Map(boxes.map(box => [box.node.id, box]));
  for (const { from, to, points } of layout.edges) {
    const [start, end] = [places.get(from), places.get(to)];
    assert.ok(start && end);
    const [x1 = 0, y1 = 0] = points;
    const [x2 = 0, y2 = 0] = points.slice(-2);
    assert.ok(Math.abs(x1 - start.x - start.width) < 0.01 && y1 > start.y && y1 < start.y + boxHeight);
    assert.ok(Math.abs(x2 - end.x) < 0.01 && y2 > end.y && y2 < end.y + boxHeight);
  }
  const all = segments(layout);
  for (const { left, right, top, bottom } of all) {
    assert.ok(left >= 0 && right <= width && top >= 0 && bottom <= height, 'an edge leaves the figure');
    for (const y of tops) {
      if (bottom <= y || top >= y + boxHeight) continue;
      for (const box of rows.get(y) ?? [])
        assert.ok(right <= box.x + 0.01 || left >= box.x + box.width - 0.01, 'an edge crosses a box');
    }
  }
  if (apart) assertApart(all);
}

/** Lines of two makers lie on each other only where they come into the same node. */
function assertApart(all: ReturnType<typeof segments>) {
  for (const [i, a] of all.entries())
    for (const b of all.slice(i + 1)) {
      if (a.from === b.from || a.to === b.to) continue;
      const level = a.top === a.bottom && b.top === b.bottom && a.top === b.top;
      const upright = a.left === a.right && b.left === b.right && a.left === b.left;
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      assert.ok(!(level && over > 0.01) && !(upright && along > 0.01), 'two lines lie on each other');
    }
}

test('whatever the chain: no boxes overlap, edges reach their boxes, cross none and never lie on each other', () => {
  fc.assert(
    fc.property(anyChain, fc.boolean(), fc.integer({ min: 2, max: 9 }), (chain, all, lanes) => {
      const graph = figureGraph(chain);
      const draw = () =>
        figureOnScreen(graph, all ? 'all' : new Set(['s1', 's4', 'seeds']), undefined, { ...ALL, lanes });
      const screen = draw();
      assertSound(screen.layout, screen.shown);
      assert.deepEqual(draw().layout, screen.layout);
      const paper = paperFigure(graph);
      assert.ok(paper.shown.nodes.length <= 60 && paper.layout.width === PAPER_WIDTH);
      assertSound(paper.layout, paper.shown);
      const whole = figureOnPaper(graph, 'all', ALL);
      assertSound(whole.layout, whole.shown);
    }),
    { numRuns: 150 },
  );
});

test('a layout that is taken over is the one that would be made anew, with signs as they are now', () => {
  fc.assert(
    fc.property(anyChain, anyChain, fc.boolean(), (chain, other, judged) => {
      const artifacts = chain.artifacts.map(each =>
        each.verdict ? { ...each, verdict: 'differs' as const } : each,
      );
      const next = figureGraph(judged ? { ...chain, artifacts } : other);
      for (const expanded of ['all', new Set<string>()] as const) {
        const before = figureOnScreen(figureGraph(chain), expanded);
        const after = figureOnScreen(next, expanded, before);
        assert.deepEqual(after.layout, figureOnScreen(next, expanded).layout);
        if (judged) assert.equal(after.layout.edges, before.layout.edges);
      }
    }),
    { numRuns: 150 },
  );
});

test('five thousand steps in 170 stages, collapsed, expanded in part and whole', () => {
  const graph = figureGraph(longChain(5000, 170));
  assert.equal(graph.nodes.length, 5001);
  assert.ok(graph.edges.length <= 4 * graph.nodes.length);
  for (const expanded of ['auto', new Set(['s0', 's80', 's169']), 'all'] as const) {
    const { shown, layout } = figureOnScreen(graph, expanded);
    assertSound(layout, shown, expanded === 'auto');
    assert.ok(layout.width < 12 * layout.height + 4000, 'the figure is a strip');
  }
});

test('in a lane and from lane to lane, what is made stands to the right of its maker, in its row', () => {
  const steps = [1, 2, 3].map(n =>
    ran(n, 's0', n === 1 ? 'seed/hex0-seed' : `bin/p${n - 2}`, [], [`bin/p${n - 1}`]),
  );
  const straight = chainOf(
    steps,
    steps.map(({ number, wrote: [path = ''] }) => left(path, number, 'reproduced')),
  );
  const { layout } = figureOnScreen(figureGraph(straight), 'all');
  const boxes = layout.boxes.toSorted((a, b) => a.x - b.x);
  assert.deepEqual(
    boxes.map(box => box.node.label),
    ['hex0-seed', 'p0', 'p1', 'p2'],
  );
  assert.equal(new Set(boxes.map(box => box.y)).size, 1);
  assert.deepEqual(
    layout.lanes.map(lane => lane.lines.join(' ')),
    ['Seeds', 'Stage s0'],
  );
});

test('a figure is a file by itself, and a graph for Graphviz; hostile names stay text', () => {
  const chain = longChain(3, 1);
  const [seed] = chain.seeds;
  assert.ok(seed);
  const graph = figureGraph({ ...chain, seeds: [{ ...seed, name: '"];</text><script>\u202e\\' }] });
  const dot = figureDot(graph);
  assert.match(dot, /label="\\"\];<\/text><script>⟦U\+202E⟧\\\\"/);
  assert.equal(dot.match(/->/g)?.length, graph.edges.length);
  const file = figureFile(paperFigure(graph).layout, seed.name);
  assert.doesNotMatch(file, /<script|\u202e|href="(?!#mk-)/);
  assert.match(file, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test('text is cut so that it fits its box', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 200 }), (text, room) => {
      const shown = fitted(text, room, 9.5);
      assert.ok(monoWidth(shown, 9.5) <= room + 1e-6 || shown === '…');
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
