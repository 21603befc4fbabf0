import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const MODULE = join(import.meta.dirname, '../../../main/engine/replay/descriptors.ts');
const SCRIPT = `import { closeInheritedDescriptors, inheritedDescriptors } from ${JSON.stringify(MODULE)};
const before = inheritedDescriptors();
closeInheritedDescriptors();
console.log(JSON.stringify([before, inheritedDescriptors()]));`;

test('what the starter of Assay left open is closed before a program could get it', () => {
  // Node itself sees to the first descriptors, up to a gap.
  const start = [
    '-c',
    'exec "$0" --input-type=module-typescript -e "$1" 200</etc/passwd',
    process.execPath,
    SCRIPT,
  ];
  const { stdout, stderr } = spawnSync('bash', start, { encoding: 'utf8' });
  const [before, after] = JSON.parse(stdout || assert.fail(stderr)) as number[][];
  assert.ok(before?.includes(200), `${before}`);
  assert.deepEqual(after, []);
});
