import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { withCode } from '../../support/errors.ts';
import { entry, hardlink, symlink, file as tarFile, folder as tarFolder } from '../bundle/tar-maker.ts';
import { file, fileOf, fresh, imageOf, readBack, written } from './images.ts';

const END = Buffer.alloc(1024);
const tarOf = (...parts: Buffer[]) => Buffer.concat([...parts, END]);
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** A docker-archive of layers as they are. */
function dockerArchive(
  layers: { stored: Buffer; plain: Buffer; name?: string }[],
  more: Buffer[] = [],
  diffIds?: string[],
): Buffer {
  const ids = diffIds ?? layers.map(layer => `sha256:${sha256Of(layer.plain)}`);
  const config = json({ architecture: 'amd64', rootfs: { type: 'layers', diff_ids: ids } });
  const names = layers.map((layer, i) => layer.name ?? `${i}/layer.tar`);
  const manifest = json([{ Config: 'config.json', RepoTags: null, Layers: names }]);
  return tarOf(
    tarFile('config.json', config),
    tarFile('manifest.json', manifest),
    ...layers.flatMap((layer, i) => (layer.name ? [] : [tarFile(`${i}/layer.tar`, layer.stored)])),
    ...more,
  );
}

const paths = (root: { path: string }[]) => root.map(each => each.path);

test('layers lie over one another, and a layer can take away', async () => {
  const lower = tarOf(
    tarFolder('d/'),
    tarFile('d/old', '1'),
    tarFile('d/kept', '2'),
    tarFile('e/x', '3'),
    tarFile('f', '4'),
    tarFile('g/h', '5'),
  );
  const upper = tarOf(
    ...[
      tarFile('d/.wh.old', ''),
      tarFile('e/new', '6'),
      tarFile('e/.wh..wh..opq', ''),
      tarFolder('f/'),
      tarFile('f/in', '7'),
    ],
    ...[tarFile('g', '8'), symlink('s', 'd/kept'), hardlink('k', 'd/kept'), tarFile('.wh.absent', '')],
  );
  const { root, form } = await readBack(
    fileOf(
      dockerArchive([
        { stored: lower, plain: lower },
        { stored: gzipSync(upper), plain: upper },
      ]),
    ),
  );
  assert.equal(form, 'docker');
  assert.deepEqual(paths(root), ['d', 'd/kept', 'e', 'e/new', 'f', 'f/in', 'g', 'k', 's']);
  assert.equal(root.find(each => each.path === 'k')?.sha256, sha256Of('2'));
  assert.equal(root.find(each => each.path === 'g')?.type, 'file');
});

test('a layer may be compressed with zstd, or be named by a link', async () => {
  const plain = tarOf(tarFile('a', 'a'));
  const archive = dockerArchive(
    [
      { stored: zstdCompressSync(plain), plain },
      { stored: plain, plain, name: 'again/layer.tar' },
    ],
    [symlink('again/layer.tar', '../0/layer.tar')],
  );
  const { layers } = await readBack(fileOf(archive));
  assert.deepEqual(
    layers.map(layer => layer.diffId),
    [sha256Of(plain), sha256Of(plain)],
  );
});

test('an image is found by its digest behind an index, statements about it are passed over', async () => {
  const { path, manifest } = await written(imageOf([file('a', 'a')]), 'folder');
  const index = json({
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: `sha256:${manifest}`,
        platform: { architecture: '386' },
      },
      { digest: `sha256:${'0'.repeat(64)}`, platform: { architecture: 'unknown' } },
    ],
  });
  writeFileSync(join(path, 'blobs/sha256', sha256Of(index)), index);
  writeFileSync(
    join(path, 'index.json'),
    json({
      manifests: [
        { mediaType: 'application/vnd.oci.image.index.v1+json', digest: `sha256:${sha256Of(index)}` },
      ],
    }),
  );
  assert.equal((await readBack(path)).manifest, manifest);
  assert.equal((await readBack(path, manifest)).manifest, manifest);
  await assert.rejects(readBack(path, 'a'.repeat(64)), withCode('image.not-there'));
  writeFileSync(join(path, 'blobs/sha256', sha256Of(index)), Buffer.concat([index, Buffer.from(' ')]));
  await assert.rejects(readBack(path), withCode('image.damaged'));
});

test('whatever does not have the hash it is named by is refused', async () => {
  for (const part of ['manifest', 'config', 'layer'] as const) {
    const { path, manifest, config } = await written(imageOf([file('a', 'a')]), 'folder');
    const blob = (name: string) => join(path, 'blobs/sha256', name);
    const layer = JSON.parse(readFileSync(blob(manifest), 'utf8')).layers[0].digest.slice(7);
    const name = { manifest, config, layer }[part];
    const other =
      part === 'layer'
        ? gzipSync(tarOf(tarFile('a', 'b')))
        : Buffer.concat([readFileSync(blob(name)), Buffer.from('\n')]);
    writeFileSync(blob(name), other);
    await assert.rejects(readBack(path), withCode('image.damaged'), part);
    rmSync(blob(name));
    await assert.rejects(readBack(path), withCode('image.missing'), part);
  }
  const plain = tarOf(tarFile('a', 'a'));
  const wrong = dockerArchive([{ stored: plain, plain }], [], [`sha256:${'1'.repeat(64)}`]);
  await assert.rejects(readBack(fileOf(wrong)), withCode('image.damaged'));
});

test('hostile archives are refused', async () => {
  const cases: [Buffer, string][] = [
    [tarOf(tarFile('a', 'a')), 'image.unknown-form'],
    [Buffer.from('no tar'), 'archive.not-a-tar'],
    [tarOf(tarFile('../manifest.json', '[]')), 'archive.path-leaves-tree'],
    [tarOf(tarFile('manifest.json', 'no json')), 'image.bad-document'],
    [tarOf(tarFile('manifest.json', '[]')), 'image.bad-document'],
    [
      tarOf(
        tarFile(
          'manifest.json',
          json([
            { Config: 'c', Layers: [] },
            { Config: 'd', Layers: [] },
          ]),
        ),
      ),
      'image.several',
    ],
    [tarOf(tarFile('manifest.json', json([{ Config: '/etc/passwd', Layers: [] }]))), 'image.missing'],
    [tarOf(tarFile('manifest.json', Buffer.alloc(5 << 20, ' '))), 'image.bad-document'],
    [
      tarOf(symlink('manifest.json', 'other.json'), symlink('other.json', 'manifest.json')),
      'image.unknown-form',
    ],
    [
      tarOf(
        tarFile('oci-layout', '{}'),
        tarFile('index.json', json({ manifests: [{ digest: 'sha256:../../../etc/passwd' }] })),
      ),
      'image.bad-document',
    ],
  ];
  for (const [bytes, code] of cases) await assert.rejects(readBack(fileOf(bytes)), withCode(code), code);
  const evil = [tarFile('../a', ''), tarFile('/a', ''), entry({ name: 'dev', flag: '3' })];
  for (const each of evil) {
    const plain = tarOf(each);
    await assert.rejects(readBack(fileOf(dockerArchive([{ stored: plain, plain }]))), /AssayError/);
  }
  const cut = tarOf(tarFile('a', 'a')).subarray(0, 700);
  await assert.rejects(
    readBack(fileOf(dockerArchive([{ stored: cut, plain: cut }]))),
    withCode('archive.truncated'),
  );
  await assert.rejects(readBack(fresh()), withCode('image.unreadable'));
});

test('nothing outside the folder of a layout is read', async () => {
  const outside = fileOf(json({ architecture: 'amd64', rootfs: { diff_ids: [] } }));
  const path = fresh();
  mkdirSync(path);
  const name = outside.slice(outside.lastIndexOf('/') + 1);
  writeFileSync(join(path, 'manifest.json'), json([{ Config: `../${name}`, Layers: [] }]));
  await assert.rejects(readBack(path), withCode('image.missing'));
  symlinkSync(outside, join(path, 'link'));
  writeFileSync(join(path, 'manifest.json'), json([{ Config: 'link', Layers: [] }]));
  await assert.rejects(readBack(path), withCode('image.missing'));
});
