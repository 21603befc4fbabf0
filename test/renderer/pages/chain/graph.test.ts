import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FigureGeometry } from '../../../../main/contract/requests/index.ts';
import {
  fitScale,
  MARGIN,
  nextScale,
  partInView,
  showing,
  zoomed,
} from '../../../../renderer/pages/chain/graph/camera.ts';
import {
  edgesAlong,
  figureOf,
  nodeAt,
  nodeOfStep,
  nodesIn,
} from '../../../../renderer/pages/chain/graph/figure.ts';
import { moveFrom } from '../../../../renderer/pages/chain/graph/move.ts';
import { eachPiece, segmentsOf } from '../../../../renderer/pages/chain/graph/segments.ts';

const camera = fc.record({
  scale: fc.constantFrom(0.25, 0.5, 1, 2),
  left: fc.integer({ min: 0, max: 5000 }),
  top: fc.integer({ min: 0, max: 5000 }),
});
const view = fc.record({
  width: fc.integer({ min: 200, max: 2000 }),
  height: fc.integer({ min: 100, max: 1200 }),
});
const box = fc.record({
  ...{ x: fc.integer({ min: 0, max: 9000 }), y: fc.integer({ min: 0, max: 9000 }) },
  ...{ width: fc.integer({ min: 20, max: 176 }), height: fc.constant(24) },
});

test('zooming keeps the place under the pointer, as far as the figure can be scrolled there', () => {
  fc.assert(
    fc.property(camera, fc.constantFrom(0.25, 0.5, 1, 2), fc.nat(400), fc.nat(300), (from, scale, x, y) => {
      const to = zoomed(from, scale, { x, y });
      const before = (from.left + x - MARGIN) / from.scale;
      const after = (to.left + x - MARGIN) / to.scale;
      assert.ok(to.left === 0 || Math.abs(before - after) < 1e-6);
    }),
  );
  assert.deepEqual(
    [nextScale(1, 1), nextScale(1, -1), nextScale(2, 1), nextScale(0.05, -1)],
    [1.1, 0.9, 2, 0.05],
  );
});

test('a box that is shown is in view, and one that was in view moves nothing', () => {
  fc.assert(
    fc.property(camera, box, view, (from, what, size) => {
      const to = showing(from, what, size);
      const left = what.x * to.scale + MARGIN - to.left;
      assert.ok(left >= 0 || what.width * to.scale > size.width - 96);
      assert.deepEqual(showing(to, what, size), to);
    }),
  );
});

test('the part in view has the places of its corners', () => {
  fc.assert(
    fc.property(camera, view, (at, size) => {
      const part = partInView(at, size);
      assert.ok(Math.abs(part.x * at.scale + MARGIN - at.left) < 1e-6);
      assert.ok(Math.abs((part.y + part.height) * at.scale + MARGIN - at.top - size.height) < 1e-6);
    }),
  );
  assert.equal(fitScale({ width: 100, height: 100 }, { width: 900, height: 300 }), 1);
  assert.ok(fitScale({ width: 1752, height: 100 }, { width: 900, height: 300 }) === 0.5);
});

/** A seed, what it made, and what that made: two in a column. */
const geometry: FigureGeometry = {
  ...{ geometry: 'g', width: 500, height: 100, boxHeight: 24, total: 4, lanes: [] },
  nodes: [
    ['seed0', 'seed', null, 0, 0],
    ['f1.0', 'file', 1, 200, 0],
    ['f2.0', 'file', 2, 400, 0],
    ['f3.0', 'file', 3, 400, 36],
  ].map(([id, kind, step, x, y]) => ({
    ...{ id: String(id), lane: 'a', kind: kind as 'file', label: String(id), name: String(id) },
    ...{ step: step as number | null, result: false, x: Number(x), y: Number(y), width: 80 },
  })),
  edges: [
    { from: 0, to: 1, through: false, points: [80, 12, 200, 12] },
    { from: 1, to: 2, through: false, points: [280, 12, 400, 12] },
    { from: 1, to: 3, through: false, points: [280, 12, 340, 12, 340, 48, 400, 48] },
    { from: 0, to: 3, through: true, points: [80, 12, 350, 12, 350, 52, 400, 52] },
  ],
};

test('keys go along edges, then along columns', () => {
  const figure = figureOf(geometry);
  const [seed, one, two, three] = geometry.nodes;
  const to = (from: typeof seed, key: string) => moveFrom(figure, from, key)?.id ?? null;
  assert.equal(to(seed, 'ArrowRight'), one?.id);
  assert.equal(to(one, 'ArrowRight'), two?.id);
  assert.equal(to(two, 'ArrowDown'), three?.id);
  assert.equal(to(three, 'ArrowUp'), two?.id);
  // The direct maker, though another edge leads from the seed.
  assert.equal(to(three, 'ArrowLeft'), one?.id);
  assert.equal(to(three, 'Home'), seed?.id);
  assert.equal(to(seed, 'End'), three?.id);
  assert.equal(to(two, 'ArrowRight'), null);
  assert.equal(to(undefined, 'ArrowDown'), seed?.id);
  assert.equal(to(seed, 'x'), null);
});

test('only what lies in a part is drawn; a point has the node that is there', () => {
  const figure = figureOf(geometry);
  assert.deepEqual(nodesIn(figure, { x: 150, y: 0, width: 100, height: 50 }), [1]);
  assert.equal(nodeAt(figure, 410, 40)?.id, 'f3.0');
  assert.equal(nodeAt(figure, 410, 30), undefined);
  assert.equal(nodeOfStep(figure, 2, null)?.id, 'f2.0');
  assert.equal(nodeOfStep(figure, 9, 'a'), undefined);
});

test('a path is the edges between its nodes, not another edge to one of them', () => {
  const figure = figureOf(geometry);
  assert.deepEqual(edgesAlong(figure, ['f3.0', 'f1.0', 'seed0']), [2, 0]);
  assert.deepEqual(edgesAlong(figure, ['f2.0', 'gone']), []);
});

const line = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: -6, max: 6 })), { minLength: 1, maxLength: 6 })
  .map(turns => {
    const points = [6, 6];
    for (const [level, by] of turns) {
      const [x = 0, y = 0] = points.slice(-2);
      points.push(level ? x + by : x, level ? y : y + by);
    }
    return { from: 0, to: 1, through: false, points };
  });

/** Every half unit that lines run through, named by its middle. */
function covered(lines: readonly { readonly points: readonly number[] }[]): Set<string> {
  const places = new Set<string>();
  for (const { points } of lines) {
    for (let i = 2; i < points.length; i += 2) {
      const [x = 0, y = 0, endX = 0, endY = 0] = points.slice(i - 2, i + 2);
      for (let at = Math.min(x, endX); at < Math.max(x, endX); at += 1) places.add(`${at + 0.5} ${y}`);
      for (let at = Math.min(y, endY); at < Math.max(y, endY); at += 1) places.add(`${x} ${at + 0.5}`);
    }
  }
  return places;
}

test('the pieces of lines cover what the lines cover, and nothing twice', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), lines => {
      const { level, upright } = segmentsOf(lines);
      const all: [number, number] = [-Infinity, Infinity];
      const drawn: string[] = [];
      const each = (from: number, to: number, name: (at: number) => string) => {
        for (let at = from; at < to; at += 1) drawn.push(name(at + 0.5));
      };
      eachPiece(level, all, all, (y, from, to) => each(from, to, x => `${x} ${y}`));
      eachPiece(upright, all, all, (x, from, to) => each(from, to, y => `${x} ${y}`));
      assert.equal(new Set(drawn).size, drawn.length);
      assert.deepEqual(new Set(drawn), covered(lines));
    }),
  );
});

test('of the pieces only those are given that have something in view', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.integer({ min: -20, max: 20 }),
      fc.nat(10),
      (lines, start, size) => {
        const { level } = segmentsOf(lines);
        const all: [number, number] = [-Infinity, Infinity];
        const part: [number, number] = [start, start + size];
        const [given, wanted]: [string[], string[]] = [[], []];
        eachPiece(level, part, part, (...piece) => given.push(piece.join(' ')));
        eachPiece(level, all, all, (y, from, to) => {
          if (y >= part[0] && y <= part[1] && to >= part[0] && from <= part[1])
            wanted.push([y, from, to].join(' '));
        });
        assert.deepEqual(given, wanted);
      },
    ),
  );
});
