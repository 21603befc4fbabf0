import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assay } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lacking } from '../../replay/stand.ts';

const upstream = process.env.ASSAY_UPSTREAM_DIR;
const bundle = upstream === undefined ? '' : join(upstream, 'stagex', 'stage0');
const missing =
  upstream === undefined
    ? 'ASSAY_UPSTREAM_DIR is not set'
    : !existsSync(join(bundle, 'Containerfile')) && `no stagex/stage0 in ${upstream}`;

test('StageX stage0 is reproduced, and its image has the published digest', {
  skip: missing || lacking,
}, () => {
  const theCase = join(temporaryFolder(), 'case');
  const run = assay(['audit', '--kit', 'stagex-stage0', '--bundle', bundle, '--case', theCase, '--json']);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const audit = JSON.parse(run.stdout);
  assert.equal(audit.artifacts.reproduced, 20);
  assert.equal(audit.closure, 'held');
  const image = assay(['image', theCase, '--out', join(theCase, '..', 'stage0.tar'), '--json']);
  assert.equal(image.status, 0, image.stdout + image.stderr);
  const { manifest, published } = JSON.parse(image.stdout);
  assert.equal(manifest, published);
});
