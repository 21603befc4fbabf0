import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../main/engine/base/index.ts';
import { schemaFiles } from '../../scripts/schemas.ts';

test('the schemas in docs are those of the code', () => {
  const folder = join(INSTALLATION, 'docs', 'schemas');
  const files = schemaFiles();
  assert.deepEqual(readdirSync(folder).sort(), [...files.keys()].sort());
  for (const [name, text] of files) {
    assert.equal(readFileSync(join(folder, name), 'utf8'), text, `${name} is old: run npm run schemas`);
  }
});
