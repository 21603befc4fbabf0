import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type DescriptionFiles,
  isTreePath,
  loadKit,
  parseKit,
  readPins,
  readPlan,
} from '../../../../main/engine/chain/index.ts';
import { assay } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lacking } from '../../replay/stand.ts';
import { blob } from './reading.ts';

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

/** What the whole description of each stage of StageX 2026.03.0 comes to. */
const STAGES = {
  stage1: { before: '386', pins: 245, steps: 166, programs: 129, history: ['COPY /rootfs / # buildkit'] },
  stage2: {
    before: '386',
    pins: 8,
    steps: 25,
    programs: 9,
    history: ['layer', 'COPY /rootfs/ / # buildkit'],
  },
  stage3: { before: '386', pins: 18, steps: 129, programs: 16, history: ['COPY . / # buildkit'] },
} as const;

for (const [stage, expected] of Object.entries(STAGES)) {
  const folder = join(bundle, '..', stage);
  const skip = existsSync(join(folder, 'Containerfile'))
    ? false
    : missing || `no stagex/${stage} in ${upstream}`;

  // Sources and the earlier image are stand-ins here: nothing is said of a run.
  test(`StageX ${stage}: its whole description is read`, { skip }, () => {
    const config = blob({ architecture: expected.before, config: {}, history: [{ created_by: 'layer' }] });
    const layer = { digest: `sha256:${'1'.repeat(64)}` };
    const manifest = blob({ config: { digest: config.digest }, layers: [layer] });
    const embedded = loadKit(`stagex-${stage}`);
    const [image] =
      embedded.description.plan.reader === 'containerfile' ? embedded.description.plan.image : [];
    assert.ok(image);
    const bytes = Buffer.from(embedded.bytes.toString('utf8').replaceAll(image.digest, manifest.name));
    const kit = { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
    const documents = new Map(
      [config, manifest].map(({ name, text }) => [`${image.layout}/blobs/sha256/${name}`, Buffer.from(text)]),
    );
    const pinned = new Set<string>();
    const files: DescriptionFiles = {
      type: path =>
        documents.has(path) || pinned.has(path) || existsSync(join(folder, path)) ? 'file' : null,
      read: path => documents.get(path) ?? readFileSync(join(folder, path)),
    };
    for (const pin of readPins(kit, files)) {
      assert.ok(isTreePath(pin.path));
      pinned.add(pin.path);
    }
    // The sources, and three parts of the image.
    assert.equal(pinned.size, expected.pins + 3);
    const plan = readPlan(kit, files);
    assert.equal(plan.steps.length, expected.steps);
    assert.equal(plan.steps.filter(step => step.action === 'run').length, expected.programs);
    assert.deepEqual(
      plan.image?.history.map(({ createdBy }) => createdBy),
      expected.history,
    );
    const unpacked = plan.steps.find(step => step.action === 'layer');
    assert.equal(unpacked?.action === 'layer' && unpacked.image, manifest.name);
    assert.equal(kit.description.seed[0]?.sha256, manifest.name);
  });
}
