import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { auditDocument, errorDocument, kitsNewDocument } from '../../main/contract/documents.ts';
import { INSTALLATION, loadKit } from '../../main/engine/index.ts';
import { assay, DATE } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = temporaryFolder();
const BUNDLE = join(INSTALLATION, 'audit-kits', 'bedrock-amd64', 'bundle');

function makeKit(name: string, from: string, ...more: string[]) {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const kit = join(folder, name);
  const run = assay(['kits', 'new', kit, '--from', from, '--yes', '--json', ...more], {
    env: { TMPDIR: scratch },
  });
  assert.deepEqual(readdirSync(scratch), []);
  return { run, kit };
}

function made(name: string, from: string, ...more: string[]) {
  const { run, kit } = makeKit(name, from, ...more);
  const document = kitsNewDocument.parse(JSON.parse(run.stdout));
  assert.equal(run.status, (document.steps ?? 0) > 0 ? 0 : 1, run.stderr);
  return { kit, document };
}

function audited(kit: string, bundle: string) {
  const where = ['--case', `${kit}-case`, '--date', DATE, '--json'];
  const run = assay(['audit', '--kit', kit, '--bundle', bundle, ...where]);
  return auditDocument.parse(JSON.parse(run.stdout));
}

/** The embedded bundle under a name with a version, with the folders that its script wants. */
const prepared = join(folder, 'rock-2.5');
cpSync(BUNDLE, prepared, { recursive: true });
for (const name of ['bin', 'tmp']) mkdirSync(join(prepared, name));

describe('a kit made from the embedded bundle', () => {
  test('without a question, ends in a verified report', () => {
    const { kit, document } = made('plain', BUNDLE);
    assert.equal(document.reader, 'containerfile');
    assert.deepEqual(
      document.seeds.map(({ path, source }) => [path, source]),
      [
        ['seed/hex0-seed', 'src/hex0.hex0'],
        ['seed/kaem-seed', 'src/kaem.hex0'],
      ],
    );
    assert.deepEqual(document.published, ['bedrock.sha256']);
    assert.deepEqual(readdirSync(kit).sort(), ['README.md', 'kit.toml']);
    for (const todo of document.todo) assert.ok(readFileSync(join(kit, 'README.md'), 'utf8').includes(todo));
    const audit = audited(kit, BUNDLE);
    assert.equal(audit.closure, 'held');
    // The last stage has the programs and not what was only needed on the way.
    assert.equal(audit.artifacts.reproduced, 7);
    assert.equal(audit.artifacts.differs, 0);
    assert.deepEqual(audit.verified, { assay: true, sha256sum: true, sshKeygen: true });
  });

  test('from its script, is reproduced', () => {
    const said = ['--publisher', 'Assay', '--summary', 'A chain.', '--title', 'Rock'];
    const { kit, document } = made('script', prepared, '--reader', 'kaem', ...said);
    assert.equal(document.id, 'rock');
    assert.equal(loadKit(kit).description.kit.version, '2.5');
    assert.ok(!document.todo.some(text => /publisher|summary|title|version/.test(text)));
    assert.equal(document.expectations, 23);
    const audit = audited(kit, prepared);
    assert.equal(audit.verdict, 'reproduced');
    assert.equal(audit.artifacts.reproduced, 23);
    assert.deepEqual(audit.verified, { assay: true, sha256sum: true, sshKeygen: true });
  });

  test('with everything in one folder of an archive, is the same', () => {
    const outer = join(folder, 'outer');
    cpSync(prepared, join(outer, 'rock-2.5'), { recursive: true });
    const { kit, document } = made('inner', outer, '--reader', 'kaem');
    assert.equal(loadKit(kit).description.bundle.root, 'auto');
    assert.equal(document.id, 'rock');
    assert.equal(audited(kit, outer).verdict, 'reproduced');
  });
});

describe('a new kit', () => {
  test('whose plan cannot be read says what is to be filled in, and is made all the same', () => {
    const { kit, document } = made('unread', BUNDLE, '--reader', 'kaem', '--entry', 'src/hex0.hex0');
    assert.equal(document.steps, null);
    assert.match(document.todo[0] ?? '', /^The plan cannot be read yet: .*src\/hex0\.hex0/);
    assert.equal(loadKit(kit).description.plan.reader, 'kaem');
  });

  test('takes the source nearest to a seed, and no flat binary beside programs of the architecture', () => {
    const bundle = join(folder, 'nearest');
    cpSync(BUNDLE, bundle, { recursive: true });
    cpSync(join(bundle, 'src', 'hex0.hex0'), join(bundle, 'seed', 'own.hex0'));
    writeFileSync(join(bundle, 'boot.img'), Buffer.from([0xeb, 0xfe, 0x00]));
    writeFileSync(join(bundle, 'boot.hex0'), 'EB FE # a loop\n00\n');
    const { document } = made('nearest-kit', bundle, '--reader', 'steps');
    assert.deepEqual(
      document.seeds.map(({ path, source }) => [path, source]),
      [
        ['seed/hex0-seed', 'seed/own.hex0'],
        ['seed/kaem-seed', 'src/kaem.hex0'],
      ],
    );
    const flat = made('flat-kit', bundle, '--reader', 'steps', '--seed', 'boot.img').document;
    assert.deepEqual(
      flat.seeds.map(({ path, source }) => [path, source]),
      [['boot.img', 'boot.hex0']],
    );
  });

  test('for a bundle without a seed is refused', () => {
    const { run, kit } = makeKit('none', join(BUNDLE, 'src'));
    assert.equal(run.status, 2);
    assert.equal(errorDocument.parse(JSON.parse(run.stdout)).error.code, 'kits.no-seed');
    assert.ok(!existsSync(kit));
  });

  test('does not go into a folder that holds something, and leaves nothing when it is refused', () => {
    const before = readdirSync(folder).sort();
    const { run } = makeKit('rock-2.5', BUNDLE);
    assert.equal(errorDocument.parse(JSON.parse(run.stdout)).error.code, 'kits.folder-exists');
    const bad = makeKit('bad', BUNDLE, '--id', 'No Id');
    assert.equal(bad.run.status, 2);
    assert.equal(errorDocument.parse(JSON.parse(bad.run.stdout)).error.code, 'kit.invalid');
    assert.deepEqual(readdirSync(folder).sort(), before);
  });

  test('needs a terminal or --yes', () => {
    const run = assay(['kits', 'new', join(folder, 'asked'), '--from', BUNDLE, '--json']);
    assert.equal(errorDocument.parse(JSON.parse(run.stdout)).error.code, 'usage.no-terminal');
  });

  test('for names that mean something in TOML, in Markdown or to a terminal stays a kit', () => {
    const bundle = join(folder, 'hostile');
    cpSync(BUNDLE, bundle, { recursive: true });
    const name = 'seed"]\n[plan]`|<b>\u202e\u001b[31m\u007f#hex0';
    renameSync(join(bundle, 'seed', 'hex0-seed'), join(bundle, 'seed', name));
    writeFileSync(join(bundle, 'x\ty.sha256'), `${'a'.repeat(64)}  "]\u202ex\n`);
    const { kit, document } = made('hostile-kit', bundle, '--reader', 'steps');
    const { description } = loadKit(kit);
    assert.ok(description.seed.some(({ path }) => path === `seed/${name}`));
    assert.ok(description.published.some(({ path }) => path === 'x\ty.sha256'));
    assert.equal(document.steps, 0);
    const readme = readFileSync(join(kit, 'README.md'), 'utf8');
    assert.ok(!/[\u202e\u001b\u007f]|<b>/.test(readme));
    const shown = assay(['kits', 'new', join(folder, 'shown'), '--from', bundle, '--yes']).stdout;
    assert.ok(!/[\u202e\u001b\u007f]/.test(shown));
  });
});
