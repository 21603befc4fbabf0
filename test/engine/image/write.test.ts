import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { compareRoots, firstDifferentLayer, writeImage } from '../../../main/engine/image/index.ts';
import { withCode } from '../../support/errors.ts';
import { goProgram, noGo } from './go.ts';
import { file, filesOf, folder, fresh, imageOf, link, read, readBack, scratch, written } from './images.ts';
import { repeating } from './samples.ts';

const LONG = `${'a-long-folder-name/'.repeat(6)}and-a-file`;
const LAYERS = [
  [file('bin/a', 'content of a\n', 0o750)],
  [
    file('bin/b', repeating(90_000)),
    link('bin/c', 'b'),
    folder('empty', 0o700),
    link('far', LONG),
    file(LONG, 'x'),
    file('größe', 'y'),
  ],
];

test('a layout and an archive of one image say the same, and twice give the same bytes', async () => {
  const image = imageOf(...LAYERS);
  const [one, two] = [await written(image, 'folder'), await written(image, 'folder')];
  const [packed, again] = [await written(image, 'archive'), await written(image, 'archive')];
  assert.deepEqual(filesOf(one.path), filesOf(two.path));
  assert.ok(readFileSync(packed.path).equals(readFileSync(again.path)));
  assert.equal(one.manifest, packed.manifest);
  assert.equal(sha256Of(readFileSync(join(one.path, 'blobs/sha256', one.manifest))), one.manifest);
  assert.deepEqual(
    readdirSync(scratch).filter(name => name.startsWith('.tmp')),
    [],
  );
});

test('what is read back is what was written', async () => {
  const { path, manifest, config, diffIds } = await written(imageOf(...LAYERS), 'archive');
  const image = await readBack(path);
  assert.deepEqual(
    [image.form, image.manifest, image.config, image.architecture],
    ['oci', manifest, config, '386'],
  );
  assert.deepEqual(
    image.layers.map(layer => layer.diffId),
    diffIds,
  );
  assert.deepEqual(
    image.layers[0]?.entries.map(entry => entry.path),
    ['bin', 'bin/a'],
  );
  const named = LAYERS.flat().map(entry => ({ ...entry }));
  for (const entry of named)
    assert.deepEqual(
      image.root.find(each => each.path === entry.path),
      entry,
    );
  const changed = imageOf(LAYERS[0] ?? [], [
    file('bin/b', 'other'),
    ...(LAYERS[1] ?? []).slice(1, -1),
    file('new', ''),
  ]);
  const other = await readBack((await written(changed, 'folder')).path);
  assert.equal(
    firstDifferentLayer(
      diffIds,
      other.layers.map(layer => layer.diffId),
    ),
    1,
  );
  const { same, ...rest } = compareRoots(image.root, other.root);
  assert.deepEqual(rest, { missing: ['größe'], extra: ['new'], different: ['bin/b'] });
  assert.equal(same, image.root.length - 2);
});

test('the documents are those that BuildKit writes', async () => {
  const { path, manifest, config } = await written(imageOf(LAYERS[0] ?? []), 'folder');
  const text = (name: string) => readFileSync(join(path, name), 'utf8');
  const tar = gunzipSync(
    readFileSync(
      join(path, 'blobs/sha256', JSON.parse(text(`blobs/sha256/${manifest}`)).layers[0].digest.slice(7)),
    ),
  );
  assert.equal(
    text(`blobs/sha256/${config}`),
    '{"architecture":"386","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","A=\\u003cb\\u003e"],"WorkingDir":"/"},' +
      '"created":"1970-01-01T00:00:01Z","history":[{"created":"1970-01-01T00:00:01Z","created_by":"COPY 0 # buildkit","comment":"buildkit.dockerfile.v0"}],' +
      `"os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:${sha256Of(tar)}"]}}`,
  );
  assert.deepEqual(text(`blobs/sha256/${manifest}`).split('\n').slice(-6), [
    '  ],',
    '  "annotations": {',
    '    "org.example.a": "1",',
    '    "org.example.b": "2"',
    '  }',
    '}',
  ]);
  assert.equal(text('oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  // A folder, a file of one block, and the end.
  assert.equal(tar.length, 512 + 1024 + 1024);
  assert.equal(tar.toString('latin1', 0, 5), 'bin/\0');
  assert.equal(tar.toString('latin1', 612, 620), '0000750\0');
});

test('what a layer takes away is gone when it is read back; what made no layer is in the history alone', async () => {
  const [first = [], second = []] = LAYERS;
  const base = imageOf(first, second);
  const image = {
    ...base,
    config: { ...base.config, shell: ['/s'] },
    layers: [
      ...base.layers,
      { entries: null, createdBy: 'ENV A=1' },
      { entries: [], createdBy: 'RUN nothing' },
      {
        entries: [file('bin/z', 'z')],
        removed: ['empty', 'bin/c', 'a-long-folder-name'],
        createdBy: 'RUN x',
      },
    ],
  };
  const { path, config, diffIds } = await written(image, 'folder');
  const { layers, root } = await readBack(path);
  // As BuildKit does it: a layer in which nothing changed is one all the same.
  assert.equal(diffIds.length, 4);
  assert.deepEqual(
    layers[3]?.entries.map(entry => [entry.path, entry.mode]),
    [
      ['.wh.a-long-folder-name', 0],
      ['bin', 0o755],
      ['bin/.wh.c', 0],
      ['bin/z', 0o755],
      ['.wh.empty', 0],
    ],
  );
  assert.deepEqual(
    root.map(entry => entry.path),
    ['bin', 'bin/a', 'bin/b', 'bin/z', 'far', 'größe'],
  );
  const document = JSON.parse(readFileSync(join(path, 'blobs/sha256', config), 'utf8'));
  assert.deepEqual(document.config.Shell, ['/s']);
  assert.deepEqual(
    document.history.map((each: { empty_layer?: boolean }) => each.empty_layer),
    [undefined, undefined, true, undefined, undefined],
  );
});

const MAIN = `package main
import ("archive/tar"; "os"; "time"; "encoding/json")
type entry struct { Path, Type, Target, Content string; Mode int64 }
func main() {
  var all []entry
  if err := json.NewDecoder(os.Stdin).Decode(&all); err != nil { panic(err) }
  w := tar.NewWriter(os.Stdout)
  for _, e := range all {
    h := &tar.Header{Name: e.Path, Mode: e.Mode, Size: int64(len(e.Content)), Linkname: e.Target, ModTime: time.Unix(1, 0), Format: tar.FormatPAX, Typeflag: tar.TypeReg}
    if e.Type == "directory" { h.Typeflag = tar.TypeDir; h.Name += "/" }
    if e.Type == "symlink" { h.Typeflag = tar.TypeSymlink }
    if err := w.WriteHeader(h); err != nil { panic(err) }
    w.Write([]byte(e.Content))
  }
  w.Close()
}`;

test("layers are what Go's archive/tar writes, long and foreign names as well", { skip: noGo }, async () => {
  const entries = [
    ...[98, 99, 100, 101, 120, 155, 250].map(length => file(`d/${'n'.repeat(length - 2)}`, `${length}`)),
    ...[99, 100, 101, 300].map(length => link(`e/to-${length}`, 't'.repeat(length))),
    file(`${'h'.repeat(200)}/${'i'.repeat(100)}`, 'x'),
    ...['ä', `${'ä'.repeat(60)}/z`, `${'f'.repeat(99)}/g`, `${'f'.repeat(98)}/g`, `${'日本'.repeat(30)}`].map(
      name => file(name, 'x'),
    ),
  ];
  const { path } = await written(imageOf(entries), 'folder');
  const { layers } = await readBack(path);
  const given = (layers[0]?.entries ?? []).map(entry => ({
    ...{ Path: entry.path, Type: entry.type, Target: entry.target ?? '', Mode: entry.mode },
    Content: entry.sha256 ? Buffer.from(read(entry.sha256)[0] ?? []).toString('utf8') : '',
  }));
  const tar = goProgram(MAIN)(Buffer.from(JSON.stringify(given)));
  assert.equal(sha256Of(tar), layers[0]?.diffId);
});

test('nothing that is there is written over, and nothing half-written stays', async () => {
  const taken = fresh();
  mkdirSync(taken);
  writeFileSync(join(taken, 'mine'), '');
  await assert.rejects(writeImage(imageOf(), read, { path: taken, as: 'folder' }), withCode('image.exists'));
  const lying = { ...file('a', 'right'), sha256: 'f'.repeat(64) };
  for (const as of ['folder', 'archive'] as const) {
    const path = fresh();
    await assert.rejects(writeImage(imageOf([lying]), read, { path, as }), withCode('object.damaged'));
    const stopped = { signal: AbortSignal.abort() };
    await assert.rejects(
      writeImage(imageOf(...LAYERS), read, { path, as }, stopped),
      withCode('task.stopped'),
    );
    assert.equal(existsSync(path), false);
  }
  assert.deepEqual(
    readdirSync(scratch).filter(name => name.startsWith('.tmp')),
    [],
  );
});

const podman = spawnSync('podman', ['--version']).status === 0;

test('podman loads what was written', { skip: !podman && 'no podman (apt-get install podman)' }, async () => {
  const { path, config } = await written(imageOf(...LAYERS), 'archive');
  const store = [
    '--root',
    join(scratch, 'podman'),
    '--runroot',
    join(scratch, 'podman-run'),
    '--storage-driver',
    'vfs',
  ];
  const run = (...args: string[]) => spawnSync('podman', [...store, ...args], { encoding: 'utf8' });
  const loaded = run('load', '--input', path);
  assert.equal(loaded.status, 0, loaded.stderr);
  assert.equal(run('image', 'inspect', '--format', '{{.Id}}', 'localhost/test:latest').stdout.trim(), config);
  const saved = fresh();
  assert.equal(
    run('save', '--format', 'docker-archive', '--output', saved, 'localhost/test:latest').status,
    0,
  );
  const [ours, theirs] = [await readBack(path), await readBack(saved)];
  assert.equal(theirs.form, 'docker');
  assert.equal(
    firstDifferentLayer(
      ours.layers.map(each => each.diffId),
      theirs.layers.map(each => each.diffId),
    ),
    null,
  );
  assert.deepEqual(theirs.root, ours.root);
});
