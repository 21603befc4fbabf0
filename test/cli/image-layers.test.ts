import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Of } from '../../main/engine/base/index.ts';
import { lacking, machine } from '../engine/replay/stand.ts';
import { assay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const json = (value: unknown) => JSON.stringify(value);
const run = (...operations: string[]) => `RUN ${json(['/bin/tool', ...operations])}\n`;

/** A kit whose bundle is a Containerfile beside the test program, and images that it uses. */
function kitOf(name: string, containerfile: string, more = ''): string {
  const kit = join(folder, name);
  mkdirSync(join(kit, 'bundle'), { recursive: true });
  writeFileSync(join(kit, 'bundle', 'Containerfile'), containerfile);
  copyFileSync(machine.tool ?? '', join(kit, 'bundle', 'tool'));
  const tool = readFileSync(machine.tool ?? '');
  writeFileSync(
    join(kit, 'kit.toml'),
    `format = 1
[kit]
id = "layers"
title = "Layers"
version = "1"
architecture = "amd64"
summary = "A chain of two images."
publisher = "nobody"
bundle = "bundle"
${more.includes('[[seed]]') ? '' : `[[seed]]\nname = "tool"\npath = "tool"\nsize = ${tool.length}\nsha256 = "${sha256Of(tool)}"\n`}
[plan]
reader = "containerfile"
file = "Containerfile"
platform = "linux/amd64"
[plan.output]
name = "localhost/layers:1"
${more}`,
  );
  return kit;
}

function audited(kit: string, ...args: string[]) {
  const theCase = `${kit}-case`;
  const result = assay(['audit', '--kit', kit, '--case', theCase, '--json', ...args]);
  assert.ok(result.status === 0 || result.status === 1, result.stderr);
  return { theCase, document: JSON.parse(result.stdout) };
}

const BASE = `FROM scratch AS base
COPY tool /bin/tool
${run('mkdir', 'd', ';', 'mkdir', 'd/e', ';', 'write', 'd/e/f', '1', ';', 'write', 'd/g', '2', ';', 'chmod', '700', 'd')}FROM base
ENV A=b
${run('unlink', 'd/e/f', ';', 'rmdir', 'd/e', ';', 'write', 'h', '3')}${run('unlink', 'd/g', ';', 'write', 'd/g', '4', ';', 'unlink', 'h')}`;

test('layers laid over one another give the root that the replay ended with', { skip: lacking }, () => {
  const { theCase } = audited(kitOf('first', BASE));
  const [layers, plain] = [join(folder, 'layers'), join(folder, 'plain')];
  assert.equal(assay(['image', theCase, '--out', layers]).status, 0);
  const compared = assay([
    'image',
    theCase,
    '--out',
    plain,
    '--form',
    'plain',
    '--compare',
    layers,
    '--json',
  ]);
  const { comparison } = JSON.parse(compared.stdout);
  const { same, missing, extra, different } = comparison;
  assert.deepEqual({ same, missing, extra, different }, { same: 4, missing: [], extra: [], different: [] });
});

test('a chain goes on with the image of an earlier one; its programs are trusted as that image is', {
  skip: lacking,
}, () => {
  const { theCase } = audited(kitOf('stage-a', BASE));
  const layout = join(folder, 'stage-a-layout');
  const written = assay(['image', theCase, '--out', layout, '--json']);
  const { manifest } = JSON.parse(written.stdout);
  const image = `[[plan.image]]\nname = "test/stage-a"\nlayout = "image"\ndigest = "${manifest}"\n`;
  const text = `FROM test/stage-a\n${run('copy', 'd/g', 'made')}`;
  const seed = `[[seed]]\nname = "stage-a"\npath = "image/blobs/sha256/${manifest}"\nsha256 = "${manifest}"\n`;
  const second = kitOf('stage-b', text, `${image}${seed}`);
  const { document } = audited(second, '--bundle', join(second, 'bundle'), '--files', layout);
  assert.equal(document.closure, 'held');
  assert.deepEqual(
    document.findings
      .map((each: { code: string }) => each.code)
      .filter((code: string) => code === 'seed.image'),
    ['seed.image'],
  );
  assert.equal(document.verified.assay, true);
  // The same without naming the image a seed: its programs come from nowhere.
  const other = `[[seed]]\nname = "other"\npath = "Containerfile"\nsha256 = "${sha256Of(text)}"\n`;
  const third = kitOf('stage-c', text, `${image}${other}`);
  const untrusted = audited(third, '--bundle', join(third, 'bundle'), '--files', layout);
  assert.equal(untrusted.document.closure, 'broken');
  // A layer that is not there, and one that is not what its name says.
  const blobs = join(layout, 'blobs', 'sha256');
  const layer = JSON.parse(readFileSync(join(blobs, manifest), 'utf8')).layers[0].digest.slice(7);
  for (const [name, damage] of [
    ['stage-d', 'gone'],
    ['stage-e', 'changed'],
  ]) {
    const broken = join(folder, `${name}-layout`);
    mkdirSync(join(broken, 'blobs', 'sha256'), { recursive: true });
    const document = JSON.parse(readFileSync(join(blobs, manifest), 'utf8'));
    for (const part of [
      manifest,
      document.config.digest.slice(7),
      ...document.layers.map((each: { digest: string }) => each.digest.slice(7)),
    ])
      if (part !== layer) copyFileSync(join(blobs, part), join(broken, 'blobs', 'sha256', part));
    if (damage === 'changed') writeFileSync(join(broken, 'blobs', 'sha256', layer), 'something else');
    const kit = kitOf(name ?? '', text, `${image}${seed}`);
    const refused = assay([
      'audit',
      '--kit',
      kit,
      '--case',
      `${kit}-case`,
      '--bundle',
      join(kit, 'bundle'),
      '--files',
      broken,
      '--json',
    ]);
    assert.equal(refused.status, 2, refused.stdout + refused.stderr);
    assert.match(JSON.parse(refused.stdout).error.code, /^files\.|^pins\.|^bundle\.|^audit\./);
  }
});
