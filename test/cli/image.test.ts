import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { imageDocument } from '../../main/contract/documents.ts';
import { lacking } from '../engine/replay/stand.ts';
import { assay, copyKit } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const theCase = join(folder, 'case');
const ROOT = 'roots/stage-66';
const HASH = 'f69e40f1273b606533499a4639c57ab6e0fde426b1fbb3df12920d810e5908f4';
/** What BuildKit's form of the embedded kit's last stage is; it changes with that kit alone. */
const DIGEST = 'fc9505e715bf7ff8037c691d2b215a7607117260527cfbbe6201d4336cf24c8a';

function kit(digest: string): (toml: string) => string {
  return toml => {
    const plan = '[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/amd64"\n';
    const output = `[plan.output]\nname = "localhost/bedrock:1"\ndigest = "${digest}"\n[plan.output.annotations]\n"org.example.kind" = "test"\n`;
    return `${toml.split('[plan]')[0]}${plan}${output}[[expectation]]\npath = "${ROOT}/bin/hex0"\nsha256 = "${HASH}"\n`;
  };
}

function replayed(name: string, digest: string): string {
  const made = join(folder, name);
  const kitFolder = copyKit(join(folder, `${name}-kit`), kit(digest));
  assert.equal(assay(['case', 'create', made, '--kit', kitFolder]).status, 0);
  assert.equal(assay(['import', made, join(kitFolder, 'bundle')]).status, 0);
  const { status, stderr } = assay(['replay', made]);
  assert.equal(status, 0, stderr);
  return made;
}

before(() => {
  if (!lacking) replayed('case', DIGEST);
});

function image(...args: string[]) {
  const { status, stdout, stderr } = assay(['image', ...args, '--json']);
  return { status, stderr, document: JSON.parse(stdout) };
}

test('an image has the digest that was published, whatever holds it', { skip: lacking }, () => {
  const [one, two] = [join(folder, 'layout'), join(folder, 'archive.tar')];
  const first = image(theCase, '--out', one);
  const second = image(theCase, '--out', two, '--compare', one);
  assert.equal(first.status, 0, first.stderr);
  const document = imageDocument.parse(first.document);
  assert.deepEqual([document.manifest, document.published, document.form], [DIGEST, DIGEST, 'buildkit']);
  assert.equal(document.diffIds.length, 7);
  assert.equal(second.document.manifest, DIGEST);
  assert.deepEqual(second.document.comparison, {
    differentLayer: null,
    same: 8,
    missing: [],
    extra: [],
    different: [],
  });
  assert.equal(second.status, 0);
});

test('another digest than the published one ends with status 1', { skip: lacking }, () => {
  const other = replayed('other', '0'.repeat(64));
  const { status, document } = image(other, '--out', join(folder, 'other-layout'));
  assert.equal(status, 1);
  assert.equal(document.manifest, DIGEST);
});

test('the plain form has one layer, with the same files', { skip: lacking }, () => {
  const plain = image(
    theCase,
    '--out',
    join(folder, 'plain'),
    '--form',
    'plain',
    '--compare',
    join(folder, 'layout'),
  );
  assert.equal(plain.status, 0, plain.stderr);
  assert.equal(plain.document.diffIds.length, 1);
  assert.equal(plain.document.published, null);
  assert.equal(plain.document.comparison.differentLayer, 0);
});

test('what cannot be written says why, and leaves nothing', { skip: lacking }, () => {
  const out = join(folder, 'layout');
  assert.match(assay(['image', theCase, '--out', out]).stderr, /\[image\.exists\]/);
  const fresh = join(folder, 'fresh');
  assert.equal(assay(['case', 'create', fresh]).status, 0);
  const refused = assay(['image', fresh, '--out', join(folder, 'never')]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /\[image\.no-replay\]/);
  assert.equal(existsSync(join(folder, 'never')), false);
  assert.match(
    assay(['image', theCase, '--out', join(folder, 'x'), '--form', 'tar']).stderr,
    /\[usage\.form\]/,
  );
});

const podman = spawnSync('podman', ['--version']).status === 0;

test('podman loads and runs what was written', {
  skip: lacking || (!podman && 'no podman (apt-get install podman)'),
}, () => {
  const stores = [
    '--root',
    join(folder, 'store'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const hard = (what: string) =>
    spawnSync('sh', ['-c', `ulimit -H${what}`], { encoding: 'utf8' }).stdout.trim();
  const processes = spawnSync('bash', ['-c', 'ulimit -Hu'], { encoding: 'utf8' }).stdout.trim();
  const known = readFileSync('/proc/sys/kernel/pid_max', 'utf8').trim();
  const most = processes === 'unlimited' ? known : `${Math.min(Number(processes), Number(known))}`;
  const limits = ['--ulimit', `nofile=${hard('n')}:${hard('n')}`, '--ulimit', `nproc=${most}:${most}`];
  const run = (...args: string[]) => spawnSync('podman', [...stores, ...args], { encoding: 'utf8' });
  const loaded = run('load', '--input', join(folder, 'archive.tar'));
  assert.equal(loaded.status, 0, loaded.stderr);
  const work = join(folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, 'in'), '41 53 0a');
  const program = ['/bin/hex0', '/io/in', '/io/out'];
  // As root podman asks for limits that this machine may not allow; then it is told others.
  const ways = [[], ['--runtime', 'runc'], limits, ['--runtime', 'runc', ...limits]];
  const attempts = ways.map(way =>
    run(
      'run',
      '--rm',
      '--network',
      'none',
      ...way,
      '--volume',
      `${work}:/io`,
      'localhost/bedrock:1',
      ...program,
    ),
  );
  assert.ok(
    attempts.some(each => each.status === 0),
    attempts.map(each => each.stderr).join(''),
  );
  assert.equal(readFileSync(join(work, 'out'), 'utf8'), 'AS\n');
});
