import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  auditDocument,
  errorDocument,
  filesDocument,
  importDocument,
} from '../../main/contract/documents.ts';
import { INSTALLATION, openCase, sha256Of } from '../../main/engine/index.ts';
import { assay, DATE, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { copyParts, copyPinnedKit, fileTable, type PinnedKit, writeIn } from '../support/pinned-kit.ts';

const folder = temporaryFolder();
const BEDROCK = join(INSTALLATION, 'audit-kits', 'bedrock-amd64', 'bundle');
const key = join(folder, 'key');
makeKey(key);
const whole = copyPinnedKit(join(folder, 'whole'));
let serial = 0;

/** A copy of the kit and its bundle in pieces, to change. */
function parts(): PinnedKit & { readonly theCase: string } {
  serial += 1;
  const target = join(folder, String(serial));
  return { ...copyParts(whole, target), theCase: join(target, 'case') };
}

function audit({ kit, tree, files, theCase }: PinnedKit & { theCase: string }, ...more: string[]) {
  const args = ['--kit', kit, '--bundle', tree, '--files', files, '--case', theCase];
  return assay(['audit', ...args, '--key', key, '--as', 'ines', '--date', DATE, '--json', ...more]);
}

const filesOf = (theCase: string) => {
  const run = assay(['case', 'files', theCase, '--json']);
  const document = filesDocument.parse(JSON.parse(run.stdout));
  assert.equal(run.status, document.met ? 0 : 1, run.stderr);
  return document;
};

function unpackedReport(theCase: string): string {
  const report = readdirSync(theCase).find(name => name.endsWith('.assay.tar')) ?? '';
  return join(theCase, report);
}

describe('a bundle of a tree and files beside it', () => {
  test('is audited as one tree: same artifacts, verified, and the report names every file by its pin', () => {
    const all = parts();
    const run = audit(all);
    assert.equal(run.status, 0, run.stderr);
    const document = auditDocument.parse(JSON.parse(run.stdout));
    assert.equal(document.artifacts.reproduced, 23);
    assert.deepEqual(document.findings, []);
    assert.ok(document.proved.some(({ text }) => text.startsWith('All 3 pinned sources')));
    assert.deepEqual(document.verified, { assay: true, sha256sum: true, sshKeygen: true });
    const files = filesOf(all.theCase);
    assert.deepEqual(
      files.pins.map(({ path, state, name }) => [path, state, name]),
      [
        [whole.pinned[0], 'file', 'cat.hex1'],
        [whole.pinned[1], 'file', 'deep/x1'],
        [whole.pinned[2], 'file', 'deep/x2'],
      ],
    );
    const lineage = assay(['status', all.theCase, '--lineage', whole.pinned[0] ?? '']);
    assert.match(lineage.stdout, /source/);
    const again = { ...all, theCase: `${all.theCase}-2` };
    assert.equal(audit(again).status, 0);
    assert.equal(
      sha256Of(readFileSync(unpackedReport(all.theCase))),
      sha256Of(readFileSync(unpackedReport(again.theCase))),
    );
  });

  test('imported part by part, in whatever order, says each time what is still missing', () => {
    const { kit, tree, files, theCase } = parts();
    assert.equal(assay(['case', 'create', theCase, '--kit', kit]).status, 0);
    const first = assay(['import', theCase, tree, join(files, 'cat.hex1'), '--json']);
    const document = importDocument.parse(JSON.parse(first.stdout));
    assert.equal(document.beside.length, 1);
    assert.deepEqual(
      document.pinned?.pins.map(({ state }) => state),
      ['file', 'missing', 'missing'],
    );
    const replay = assay(['replay', theCase, '--json']);
    assert.equal(replay.status, 2);
    assert.equal(errorDocument.parse(JSON.parse(replay.stdout)).error.problems?.length, 2);
    const rest = assay(['import', theCase, '--files', files, '--json']);
    assert.equal(importDocument.parse(JSON.parse(rest.stdout)).pinned?.met, true);
    assert.equal(assay(['replay', theCase]).status, 0);
  });

  test('with files missing, wrong and extra runs nothing and lists all of them at once', () => {
    const all = parts();
    rmSync(join(all.files, 'deep', 'x2'));
    writeIn(all.files, 'cat.hex1', 'something else');
    writeIn(all.files, 'notes', 'nobody asked');
    const run = audit(all);
    assert.equal(run.status, 2);
    const { error } = errorDocument.parse(JSON.parse(run.stdout));
    assert.equal(error.code, 'files.pins-unmet');
    assert.deepEqual(
      error.problems?.map(({ code, where }) => [code, where.entry]),
      [
        ['files.wrong', 'src/cat.hex1'],
        ['files.missing', 'bedrock.sha256'],
      ],
    );
    for (const { where } of error.problems ?? []) assert.match(run.stderr, new RegExp(`${where.entry}`));
    using theCase = openCase(all.theCase, { readonly: true });
    assert.deepEqual(theCase.log.of('replay-started'), []);
    const listed = filesOf(all.theCase);
    assert.deepEqual(
      listed.pins.map(({ state }) => state),
      ['wrong', 'file', 'missing'],
    );
    assert.deepEqual(
      listed.extra.map(({ name }) => name),
      ['notes'],
    );
    assert.equal(listed.pins[0]?.found, sha256Of('something else'));
  });

  test('goes on once the right files are there; extra ones are in the report and not in the tree', () => {
    const all = parts();
    renameSync(join(all.files, 'cat.hex1'), join(all.files, '..', 'kept'));
    writeIn(all.files, 'a\u202eb\n', 'nobody asked');
    assert.equal(audit(all).status, 2);
    renameSync(join(all.files, '..', 'kept'), join(all.files, 'under another name'));
    const run = audit(all);
    assert.equal(run.status, 0, run.stderr);
    const { findings, verified } = auditDocument.parse(JSON.parse(run.stdout));
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['bundle.extra', 'note']],
    );
    assert.equal(verified.assay, true);
    const shown = assay(['case', 'files', all.theCase]).stdout;
    assert.match(shown, /a⟦U\+202E⟧b⟦0A⟧/);
    assert.ok(!shown.includes('\u202e'));
  });

  test('in which the tree has another file where a pin is, is refused although the right one lies beside it', () => {
    const all = parts();
    writeFileSync(join(all.tree, 'src', 'cat.hex1'), 'something else');
    const run = audit(all);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /src\/cat\.hex1' is wrong: the bundle has something else there/);
  });

  test('takes four hundred files', () => {
    const all = parts();
    const many = join(all.files, 'many');
    mkdirSync(many);
    let tables = '';
    for (let i = 0; i < 400; i += 1) {
      const bytes = Buffer.from(`file ${i}`);
      writeFileSync(join(many, `f${i}`), bytes);
      tables += fileTable(`distfiles/d${i}`, bytes);
    }
    writeFileSync(join(all.kit, 'kit.toml'), readFileSync(join(all.kit, 'kit.toml'), 'utf8') + tables);
    const run = audit(all);
    assert.equal(run.status, 0, run.stderr);
    const report = unpackedReport(all.theCase);
    assert.equal(assay(['verify', report]).status, 0);
    assert.equal(filesOf(all.theCase).pins.length, 403);
  });

  test('that was audited, and then gets more files, still verifies as what it was', () => {
    const all = parts();
    assert.equal(audit(all).status, 0);
    const late = writeIn(join(all.files, '..'), 'late', 'too late');
    assert.equal(assay(['import', all.theCase, '--files', late]).status, 0);
    const report = join(all.theCase, 'second.assay.tar');
    const run = assay(['export', all.theCase, '--key', key, '--as', 'ines', '--report', report, '--json']);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(assay(['verify', report]).status, 0);
    assert.deepEqual(
      filesOf(all.theCase).extra.map(({ name }) => name),
      ['late'],
    );
  });
});

describe('an image layout beside the tree', () => {
  const digestOf = (layout: string) =>
    JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')).manifests[0].digest.slice('sha256:'.length);

  /** A chain that begins in an image, whose layout lies in a folder of its own. */
  function imageChain() {
    const target = join(folder, 'image');
    const [kit, tree, layout] = ['kit', 'tree', 'layout'].map(name => join(target, name)) as [
      string,
      string,
      string,
    ];
    assert.equal(assay(['audit', '--case', join(target, 'below')]).status, 0);
    const made = assay(['image', join(target, 'below'), '--out', layout]);
    assert.equal(made.status, 0, made.stderr);
    mkdirSync(tree);
    mkdirSync(kit);
    writeIn(
      tree,
      'Containerfile',
      'FROM below AS last\nWORKDIR /out\nRUN ["/bin/cat", "/out/x", "/bin/hex0"]\n',
    );
    writeFileSync(join(tree, 'seed'), readFileSync(join(BEDROCK, 'seed', 'hex0-seed')));
    const seed = readFileSync(join(tree, 'seed'));
    const lines = [
      'format = 1',
      '[kit]\nid = "above"\ntitle = "Above"\nversion = "1"\narchitecture = "amd64"\nsummary = "x"\npublisher = "x"',
      `[[seed]]\nname = "seed"\npath = "seed"\nsize = ${seed.length}\nsha256 = "${sha256Of(seed)}"`,
      '[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/amd64"\nresults = ["roots/last/out"]',
      `[[plan.image]]\nname = "below"\nlayout = "images/below"\ndigest = "${digestOf(layout)}"`,
      `[[expectation]]\npath = "roots/last/out/x"\nsha256 = "${sha256Of(seed)}"`,
    ];
    writeIn(kit, 'kit.toml', `${lines.join('\n')}\n`);
    return { kit, tree, files: layout, pinned: [], theCase: join(target, 'case') };
  }

  test('is found part by part by its hashes, first the manifest, then what that names', () => {
    const chain = imageChain();
    const digest = digestOf(chain.files);
    const manifest = join(chain.files, 'blobs', 'sha256', digest);
    const aside = join(folder, 'manifest');
    renameSync(manifest, aside);
    assert.equal(audit(chain).status, 2);
    assert.deepEqual(
      filesOf(chain.theCase).pins.map(({ path }) => path),
      [`images/below/blobs/sha256/${digest}`],
    );
    renameSync(aside, manifest);
    const run = audit(chain);
    const document = auditDocument.parse(JSON.parse(run.stdout));
    assert.equal(document.artifacts.reproduced, 1);
    assert.equal(document.verified.assay, true);
    // Its programs were not built by this replay, which the report says.
    assert.equal(document.closure, 'broken');
    const files = filesOf(chain.theCase);
    assert.ok(files.pins.length >= 3 && files.pins.every(({ state }) => state === 'file'));
    assert.deepEqual(files.extra.map(({ name }) => name).sort(), ['index.json', 'oci-layout']);
  });
});
