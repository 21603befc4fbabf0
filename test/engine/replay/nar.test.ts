import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runReplay } from '../../../main/engine/replay/index.ts';
import { folderStep, inputOf, lacking, newCase, planOf, toolStep } from './stand.ts';

test('the Nix archives that a plan asks for are hashed as they stand after the last step', {
  skip: lacking,
}, async () => {
  const script = '#!/bin/sh\n';
  const steps = [
    folderStep(1, 'd'),
    folderStep(2, 'd/sub'),
    toolStep(3, [
      ...[
        'write',
        'd/b',
        'not yet',
        ';',
        'write',
        'd/b',
        'hello\n',
        ';',
        'write',
        'd/sub/é',
        '12345678',
        ';',
      ],
      ...['symlink', '../b', 'd/sub/link', ';', 'write', 'd/a.sh', script, ';', 'chmod', '755', 'd/a.sh'],
    ]),
    folderStep(4, 'empty'),
    folderStep(5, `deep${'/d'.repeat(500)}`),
  ];
  const nars = ['d', 'src/script', 'empty', 'deep', 'nothing'];
  const plan = { ...planOf(steps, ['d']), nars };
  const files = { 'd/a': { content: 'x' }, 'src/script': { content: script, mode: 0o755 } };
  const { tree, outcome } = await runReplay(...replayOf(plan, files));
  assert.equal(outcome, 'completed');
  const taken = new Map(tree.nars?.map(({ path, sha256 }) => [path, sha256]));
  assert.deepEqual([...taken.keys()], ['d', 'src/script', 'empty', 'deep']);
  // As another implementation has it for the same tree.
  assert.equal(taken.get('d'), '33f17cf079e40fe13bbc5664b955b83e00ca8562376c6d28b948cba9cebf22d0');
  assert.equal(taken.get('empty'), 'a50a5ab6d992f5598edd92105059fae9acfc192981e08bd88534c2167e92526a');
});

function replayOf(plan: ReturnType<typeof planOf>, files: Parameters<typeof inputOf>[2]) {
  const theCase = newCase();
  return [theCase, inputOf(theCase, plan, files)] as const;
}
