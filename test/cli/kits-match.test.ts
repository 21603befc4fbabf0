import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { auditDocument, errorDocument, kitsMatchDocument } from '../../main/contract/documents.ts';
import { fitOf, INSTALLATION, openCase, sortFits, theOneThatFits } from '../../main/engine/index.ts';
import { assay, copyKit, DATE } from '../support/assay.ts';
import { withCode } from '../support/errors.ts';
import { temporaryFolder } from '../support/folders.ts';
import { kitOf, SMALL_KIT } from '../support/kits.ts';
import { copyPinnedKit } from '../support/pinned-kit.ts';

const folder = temporaryFolder();
const BUNDLE = join(INSTALLATION, 'audit-kits', 'bedrock-amd64', 'bundle');

function match(...args: string[]) {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const run = assay(['kits', 'match', ...args, '--json'], { env: { TMPDIR: scratch } });
  assert.deepEqual(readdirSync(scratch), []);
  const document = kitsMatchDocument.parse(JSON.parse(run.stdout));
  assert.equal(run.status, document.matches[0]?.fit === 'fits' ? 0 : 1, run.stderr);
  return document;
}

/** A copy of the embedded bundle, changed. */
function bundleWith(name: string, change: (bundle: string) => void): string {
  const bundle = join(folder, name);
  cpSync(BUNDLE, bundle, { recursive: true });
  change(bundle);
  return bundle;
}

describe('recognition', () => {
  test('names the kit that fits, with every reason, and no other', () => {
    const { best, matches } = match(BUNDLE);
    assert.equal(best, 'bedrock-amd64');
    assert.deepEqual(
      matches.filter(({ fit }) => fit !== 'no').map(({ id, fit }) => [id, fit]),
      [['bedrock-amd64', 'fits']],
    );
    assert.deepEqual(
      matches[0]?.reasons.map(({ what, met }) => [what, met]),
      [
        ['seed', true],
        ['description', true],
        ['published', true],
      ],
    );
  });

  test('of a bundle that lacks something says what', () => {
    const { best, matches } = match(
      bundleWith('lacking', bundle => {
        rmSync(join(bundle, 'bedrock.sha256'));
        renameSync(join(bundle, 'seed', 'hex0-seed'), join(bundle, 'seed', 'moved'));
      }),
    );
    assert.equal(best, null);
    assert.equal(matches[0]?.fit, 'partly');
    const missing = matches[0]?.reasons.filter(({ met }) => !met).map(({ text }) => text);
    assert.equal(missing?.length, 3);
    assert.match(missing?.[0] ?? '', /^seed hex0-seed is there as seed\/moved, not at seed\/hex0-seed$/);
    assert.match(missing?.[1] ?? '', /^lacks bedrock\.sha256, which the steps read$/);
    assert.match(missing?.[2] ?? '', /^lacks bedrock\.sha256, the published hashes$/);
  });

  test('counts files beside the tree by their pins', () => {
    const { kit, tree, files } = copyPinnedKit(join(folder, 'pinned'));
    const alone = match(tree, '--kit', kit).matches.find(({ reasons }) =>
      reasons.some(({ what }) => what === 'pins'),
    );
    assert.match(alone?.reasons.at(-1)?.text ?? '', /^3 of 3 pinned files are not there/);
    assert.equal(match(tree, '--kit', kit, '--files', files).matches[0]?.fit, 'fits');
  });

  test('of two kits that fit equally takes none', () => {
    const other = copyKit(join(folder, 'other'), toml =>
      toml.replace('id = "bedrock-amd64"', 'id = "other"'),
    );
    const { best, matches } = match(BUNDLE, '--kit', other);
    assert.equal(best, null);
    assert.deepEqual(
      matches.slice(0, 2).map(({ fit }) => fit),
      ['fits', 'fits'],
    );
  });

  test('shows hostile names as text', () => {
    const bundle = bundleWith('hostile', at => {
      renameSync(join(at, 'seed', 'hex0-seed'), join(at, 'seed', 'a\u202eb\u001b[31m'));
    });
    const run = assay(['kits', 'match', bundle]);
    assert.match(run.stdout, /a⟦U\+202E⟧b⟦ESC⟧\[31m/);
    assert.ok(!run.stdout.includes('\u202e') && !run.stdout.includes('\u001b'));
  });
});

describe('an audit without --kit', () => {
  const key = (name: string) => ['--case', join(folder, name), '--date', DATE, '--json'];

  test('takes the kit that fits, and goes on with it', () => {
    const run = assay(['audit', '--bundle', BUNDLE, ...key('found')]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(auditDocument.parse(JSON.parse(run.stdout)).verdict, 'reproduced');
    {
      using theCase = openCase(join(folder, 'found'), { readonly: true });
      assert.equal(theCase.log.last('kit-applied')?.kit, 'bedrock-amd64');
    }
    const again = assay(['audit', ...key('found')]);
    assert.equal(again.status, 0, again.stderr);
    assert.equal(JSON.parse(again.stdout).reportSha256, JSON.parse(run.stdout).reportSha256);
  });

  test('runs nothing when none fits, and says which fit partly', () => {
    const bundle = bundleWith('none', at => rmSync(join(at, 'bedrock.sha256')));
    const run = assay(['audit', '--bundle', bundle, ...key('none-case')]);
    assert.equal(run.status, 2);
    const { error } = errorDocument.parse(JSON.parse(run.stdout));
    assert.equal(error.code, 'kits.none-fits');
    assert.match(error.problems?.[0]?.message ?? '', /^bedrock-amd64: lacks bedrock\.sha256/);
  });
});

test('a kit of the version in the name fits better; a part of a longer version does not count', () => {
  const bare = SMALL_KIT.replace('version = "1"', 'version = "1.9"').replace(
    /argv = .*\n/,
    'argv = ["seed/seed"]\n',
  );
  const kits = ['1.9', '1.9.1', '2'].map(version => kitOf(bare.replace('"1.9"', `"${version}"`)));
  const entry = {
    size: 4,
    sha256: 'a'.repeat(64),
    mode: 0,
    offset: 0,
    target: null,
    kind: 'elf',
    flags: [],
  } as const;
  const tree = {
    entry: (path: string) => ({ ...entry, path, type: 'file' as const }),
    entries: () => [],
    read: () => Buffer.alloc(0),
  };
  const best = (name: string) => {
    const rest = {
      tree,
      companions: [],
      content: () => Buffer.alloc(0),
      where: () => 'seed/seed',
      names: [name],
    };
    return theOneThatFits(sortFits(kits.map(kit => fitOf(kit, rest)))).kit.description.kit.version;
  };
  assert.equal(best('small-1.9.tar.gz'), '1.9');
  assert.equal(best('small-1.9.1'), '1.9.1');
  assert.throws(() => best('small-11.9'), withCode('kits.several-fit'));
  assert.throws(() => best('small'), withCode('kits.several-fit'));
});
