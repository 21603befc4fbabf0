import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BundleEntry } from '../../../main/engine/case/index.ts';
import { lineageDot, lineageOf, lineageText } from '../../../main/engine/verdict/index.ts';
import { evidenceOf, MKDIR, PUBLISHED, record, SEED, saw, written } from '../../support/evidence.ts';
import { SMALL_KIT } from '../../support/kits.ts';

const SOURCE: BundleEntry = {
  path: 'src/a',
  type: 'file',
  mode: 0o644,
  size: 1,
  offset: 0,
  sha256: '5'.repeat(64),
  target: null,
  kind: 'text',
  flags: [],
};

const THREE = SMALL_KIT.replace(
  '[[expectation]]',
  `[[plan.step]]\nid = "use"\nstage = "one"\ntitle = "Use"\nargv = ["bin/a"]\noutputs = ["bin/b"]\n\n[[expectation]]`,
);

/** The seed reads src/a and writes bin/a; bin/a reads src/a and itself, and writes bin/b. */
const evidence = evidenceOf(
  {
    records: [
      MKDIR,
      record({
        observation: saw(SEED, '/seed/seed', {
          files: [{ program: 0, path: '/src/a', use: 'read', sha256: null }],
        }),
      }),
      record({
        number: 3,
        step: 'use',
        written: [written('bin/b', 'c'.repeat(64))],
        observation: saw(PUBLISHED, '/bin/a', {
          files: [
            { program: 0, path: '/src/a', use: 'read', sha256: null },
            { program: 0, path: '/etc/none', use: 'read', sha256: null },
          ],
        }),
      }),
    ],
    source: path => (path === 'src/a' ? SOURCE : undefined),
  },
  THREE,
);

test('a file leads back through the programs that ran and the files they read to the seed', () => {
  const lineage = lineageOf('bin/b', evidence);
  assert.deepEqual(
    lineage?.nodes.map(node => [node.id, node.kind]),
    [
      ['bin/b@3', 'artifact'],
      ['bin/a@2', 'artifact'],
      ['src/a', 'source'],
      ['seed/seed', 'seed'],
    ],
  );
  assert.deepEqual(
    lineage?.edges.map(edge => `${edge.from} ${edge.role} ${edge.to}`),
    ['bin/a@2 program bin/b@3', 'src/a input bin/b@3', 'seed/seed program bin/a@2', 'src/a input bin/a@2'],
  );
});

test('a file that a step overwrote with the help of its older self is two versions, not a circle', () => {
  const again = evidenceOf(
    {
      records: [
        MKDIR,
        record(),
        record({
          number: 3,
          step: 'use',
          written: [written('bin/a', 'c'.repeat(64))],
          observation: saw(PUBLISHED, '/bin/a'),
        }),
      ],
    },
    THREE,
  );
  assert.deepEqual(
    lineageOf('bin/a', again)?.nodes.map(node => node.id),
    ['bin/a@3', 'bin/a@2', 'seed/seed'],
  );
});

test('paths of a step with a root of its own are those of the tree', () => {
  const own = { ...evidence.plan.steps[2], root: 'bin' } as (typeof evidence.plan.steps)[number];
  const plan = { ...evidence.plan, steps: [...evidence.plan.steps.slice(0, 2), own] };
  const lineage = lineageOf('bin/b', { ...evidence, plan });
  assert.deepEqual(
    lineage?.nodes.map(node => node.id),
    ['bin/b@3', 'bin/a@2', 'src/a', 'seed/seed'],
  );
});

test('without an observer the declared program and inputs are followed', () => {
  const blind = evidenceOf({ records: [MKDIR, record({ observation: null })] });
  assert.deepEqual(
    lineageOf('bin/a', blind)?.nodes.map(node => node.id),
    ['bin/a@2', 'seed/seed'],
  );
});

test('a seed and a source have no origin, and what is nowhere has no lineage', () => {
  assert.deepEqual(lineageOf('seed/seed', evidence)?.edges, []);
  assert.equal(lineageOf('src/a', evidence)?.nodes[0]?.kind, 'source');
  assert.equal(lineageOf('bin/none', evidence), null);
});

test('the graph and the text name every file, and hostile names do not break out', () => {
  const lineage = lineageOf('bin/b', evidence);
  assert.ok(lineage);
  const dot = lineageDot({
    ...lineage,
    nodes: lineage.nodes.map(node => ({ ...node, path: `${node.path}"];\u202e` })),
  });
  assert.match(dot, /^digraph lineage \{/);
  assert.ok(dot.includes('\\"];⟦U+202E⟧'));
  for (const node of lineage.nodes) assert.ok(lineageText(lineage).includes(node.path));
});
