import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureGraph, paperFigure } from '../../../../main/engine/figure/index.ts';
import { chainFigure } from '../../../../main/engine/report/page/chain-figure.ts';
import { all, one, parsePage, textOf } from './parse.ts';
import { hostileReport, largeReport, smallReport, stoppedReport } from './samples.ts';

const words = (report: ReturnType<typeof smallReport>) => textOf(parsePage(chainFigure(report).markup));

test('the figure of a report says what it leaves out and how to read the rest', () => {
  assert.match(words(smallReport()), /3 intermediate files not drawn.*Thin lines pass through such files/s);
  assert.doesNotMatch(words(smallReport()), /Dashed boxes/);
  const [first] = smallReport().steps;
  assert.ok(first);
  assert.match(words(smallReport({ steps: [{ ...first, programs: null }] })), /Nobody observed this replay/);
  assert.doesNotMatch(words(smallReport()), /Nobody observed/);
  assert.match(words(stoppedReport()), /Dashed boxes did not come to be/);
});

test('expected files that no step is known to make have boxes of their own', () => {
  const { nodes } = figureGraph(stoppedReport());
  const unmade = nodes.filter(node => node.lane === 'unmade');
  assert.deepEqual(
    unmade.map(({ name, sign }) => [name, sign]),
    [
      ['bin/untar', 'not-run'],
      ['bin/wrap', 'missing'],
    ],
  );
  assert.match(chainFigure(stoppedReport()).markup, /2 expected files of no step/);
});

test('more than sixty boxes become stages, and stages share boxes, so that the figure fits a sheet', () => {
  const some = paperFigure(figureGraph(largeReport(400, 12))).shown;
  assert.equal(some.nodes.length, 13);
  assert.match(words(largeReport(400, 12)), /Each box is a stage/);
  const { shown, layout } = paperFigure(figureGraph(largeReport(400, 170)));
  assert.ok(shown.nodes.length <= 49 && layout.height < 900);
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
