/** What needs a live-bootstrap tree: set ASSAY_UPSTREAM_DIR to the folder that holds live-bootstrap-984b832, with its submodule. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { AuditDocument } from '../../../../main/contract/documents.ts';
import { INSTALLATION } from '../../../../main/engine/base/index.ts';
import {
  type DescriptionFiles,
  type Kit,
  loadKit,
  readExpectations,
  readPlan,
} from '../../../../main/engine/chain/index.ts';
import type { Variable } from '../../../../main/engine/chain/live-bootstrap/configuration.ts';
import { interpret, readManifest } from '../../../../main/engine/chain/live-bootstrap/manifest.ts';
import { generateScripts } from '../../../../main/engine/chain/live-bootstrap/scripts.ts';
import { readSources } from '../../../../main/engine/chain/live-bootstrap/sources.ts';
import { TracedText } from '../../../../main/engine/chain/live-bootstrap/traced-text.ts';
import { openCase, systemClock, verifyReport } from '../../../../main/engine/index.ts';
import { assay } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { kitFrom } from './small-tree.ts';

const upstream = process.env.ASSAY_UPSTREAM_DIR;
const tree = join(upstream ?? '', 'live-bootstrap-984b832');
const skip =
  upstream === undefined
    ? 'ASSAY_UPSTREAM_DIR is not set'
    : !statSync(tree, { throwIfNoEntry: false }) && `${tree} is not there`;

/** The tree as a bundle would have it, with every source archive or without any. */
function bundle(distfiles: boolean): DescriptionFiles {
  return {
    type(path) {
      if (distfiles && path.startsWith('distfiles/')) return 'file';
      const stat = statSync(join(tree, path), { throwIfNoEntry: false });
      return stat ? (stat.isDirectory() ? 'directory' : 'file') : null;
    },
    read: path => readFileSync(join(tree, path)),
  };
}

const kitText = () => readFileSync(join(INSTALLATION, 'audit-kits/live-bootstrap-x86/kit.toml'), 'utf8');
/** The embedded kit without an end of its own. */
const openKit = (): Kit => kitFrom(kitText().replace(/^until = .*$/m, ''));

/** The same chain for AMD64, whose programs run at full speed. */
function amd64Kit(folder: string): string {
  const text = kitText();
  const seeds = readFileSync(join(INSTALLATION, 'audit-kits/stage0-posix-amd64/kit.toml'), 'utf8');
  const plan = text
    .slice(text.indexOf('[plan]\n'))
    .replaceAll('POSIX/x86', 'POSIX/AMD64')
    .replaceAll('"x86/', '"AMD64/')
    .replaceAll('target/x86', 'target/AMD64')
    .replace('kaem.x86', 'kaem.amd64')
    .replace('ARCH = "x86"', 'ARCH = "amd64"')
    .replace('ARCH_DIR = "x86"', 'ARCH_DIR = "AMD64"');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'kit.toml'),
    text.slice(0, text.indexOf('[[seed]]')).replaceAll('x86', 'amd64') +
      seeds
        .slice(seeds.indexOf('[[seed]]'), seeds.indexOf('[plan]\n'))
        .replaceAll('"bootstrap-seeds/', '"seed/stage0-posix/bootstrap-seeds/') +
      plan,
  );
  return folder;
}

describe('live-bootstrap', { skip }, () => {
  test('the whole manifest and every list of sources are understood', () => {
    const manifest = readManifest(readFileSync(join(tree, 'steps/manifest')), 'steps/manifest');
    const counts = Map.groupBy(manifest, ({ words }) => words[0]);
    assert.deepEqual(
      ['build:', 'improve:', 'jump:', 'define:', 'uninstall:'].map(word => counts.get(word)?.length),
      [170, 22, 5, 4, 4],
    );
    assert.equal(new Set(counts.get('build:')?.map(({ words }) => words[1])).size, 137);
    const lists = readdirSync(join(tree, 'steps')).map(name => join(tree, 'steps', name, 'sources'));
    const archives = lists
      .filter(file => statSync(file, { throwIfNoEntry: false }))
      .flatMap(file => readSources(readFileSync(file), file));
    assert.equal(new Set(archives.map(({ sha256 }) => sha256)).size, 312);
  });

  test('with every source archive there the plan goes to the end, and no published hash is lost', () => {
    const plan = readPlan(openKit(), bundle(true));
    const own = plan.notes.filter(note => note.code.startsWith('live-bootstrap.'));
    assert.deepEqual(
      own.map(note => [note.code, note.message]),
      [
        ['live-bootstrap.new-shell', 'each later package is built by a bash of its own'],
        ['live-bootstrap.stale-hash', 'nothing in the manifest builds libffi-3.3_0.tar.bz2'],
      ],
    );
    assert.equal(plan.steps.at(-1)?.title, '. /steps/improve/after.sh');
    const expected = readExpectations(openKit(), [], bundle(true));
    const lists = Map.groupBy(expected, ({ origin }) => origin.file);
    // Of 154 lines four are for kernels, which are not built here, and one is stale.
    assert.equal(lists.get('steps/SHA256SUMS.pkgs')?.length, 149);
    assert.equal(lists.get('steps/coreutils-5.0/coreutils-5.0.checksums')?.length, 61);
    assert.equal(lists.get('steps/tcc-0.9.26/tcc-0.9.26.x86.checksums')?.length, 10);
    assert.equal(lists.get('seed/stage0-posix/x86.answers')?.length, 19);
  });

  test('without any, it ends before mes and names what is missing', () => {
    const kit = loadKit('live-bootstrap-x86');
    const plan = readPlan(kit, bundle(false));
    const end = plan.notes.find(note => note.code === 'live-bootstrap.missing-distfile');
    assert.match(
      end?.message ?? '',
      /^the plan ends before 'mes-0\.27\.1': .*mes-0\.27\.1\.tar\.gz, sha256 183a40ea/,
    );
    assert.equal(plan.steps.at(-1)?.origin.file, 'steps/simple-patch-1.0/pass1.kaem');
  });

  describe('replayed on AMD64', () => {
    const folder = temporaryFolder();
    let generator: Buffer;
    let document: AuditDocument;

    before(() => {
      const files = join(folder, 'case');
      const kit = amd64Kit(join(folder, 'kit'));
      const run = assay(['audit', '--json', '--kit', kit, '--bundle', tree, '--case', files]);
      assert.notEqual(run.stdout, '', run.stderr);
      document = JSON.parse(run.stdout);
      const sums = readFileSync(join(tree, 'seed/script-generator.amd64.checksums'), 'utf8');
      using theCase = openCase(files, { clock: systemClock, by: 'test' });
      generator = theCase.objects.read(sums.slice(0, 64));
    });

    test('every published hash is met, the generated scripts are those foreseen, and the report verifies', () => {
      assert.deepEqual(
        [document.verdict, document.closure, document.artifacts.unexpected],
        ['reproduced', 'held', 0],
      );
      const { problems, report } = verifyReport(document.report);
      assert.deepEqual(problems, []);
      const judged = report?.artifacts.filter(artifact => artifact.expectations.length > 0) ?? [];
      assert.deepEqual(
        ['bundle', 'derived'].map(
          source => judged.filter(({ expectations }) => expectations[0]?.source === source).length,
        ),
        [23, 25],
      );
    });

    /** What the chain's own script-generator writes of a manifest, by path. */
    function generated(manifest: string, configuration: string, environment: string): Record<string, string> {
      const root = join(folder, 'generator');
      rmSync(root, { recursive: true, force: true });
      mkdirSync(join(root, 'steps'), { recursive: true });
      const given = {
        'steps/manifest': manifest,
        'steps/bootstrap.cfg': configuration,
        'steps/env': environment,
      };
      for (const [path, text] of Object.entries(given)) writeFileSync(join(root, path), text);
      writeFileSync(join(root, 'script-generator'), generator, { mode: 0o755 });
      const start = ['--bind', root, '/', '/script-generator', '/steps/manifest'];
      const run = spawnSync('bwrap', ['--unshare-all', '--clearenv', ...start], { encoding: 'utf8' });
      assert.equal(run.status, 0, run.stderr);
      const made = ['', 'steps'].flatMap(part =>
        readdirSync(join(root, part)).map(name => (part === '' ? name : `${part}/${name}`)),
      );
      const files = made.filter(
        path => !['steps', 'script-generator', 'steps/manifest', 'steps/env'].includes(path),
      );
      return Object.fromEntries(files.sort().map(path => [path, readFileSync(join(root, path), 'latin1')]));
    }

    /** The same as this reader derives it. */
    function derived(manifest: string, configuration: string, environment: string): Record<string, string> {
      const origin = { file: 'kit.toml', line: 1 };
      const variables = configuration
        .split('\n')
        .slice(0, -1)
        .map((line): Variable => {
          const [name = '', value = ''] = line.split('=');
          return { name, value, origin };
        });
      const directives = interpret(readManifest(Buffer.from(manifest), 'steps/manifest'), variables);
      const env = new TracedText();
      env.addFile(Buffer.from(environment), 'steps/env');
      const files = [...generateScripts(directives, variables, env)].sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(files.map(([path, text]) => [path, text.bytes.toString('latin1')]));
    }

    test('the chain’s own script-generator writes what is derived, whatever is configured', () => {
      const manifest = readFileSync(join(tree, 'steps/manifest'), 'utf8');
      const environment = readFileSync(join(tree, 'steps/env'), 'utf8');
      const chroot =
        'ARCH=x86\nCHROOT=True\nKERNEL_BOOTSTRAP=False\nBUILD_KERNELS=False\nINTERACTIVE=False\n';
      for (const configuration of [
        `${chroot}CONFIGURATOR=False\nSWAP_SIZE=0\n`,
        chroot.replace('BUILD_KERNELS=False', 'BUILD_KERNELS=True'),
        'KERNEL_BOOTSTRAP=True\nCHROOT=False\nCONFIGURATOR=True\n',
        'CHROOT=False\nINTERNAL_CI=pass1\nSWAP_SIZE=4G\nFORCE_TIMESTAMPS=True\nUPDATE_CHECKSUMS=True\n',
        'JOBS=4\n',
      ])
        assert.deepEqual(
          derived(manifest, configuration, environment),
          generated(manifest, configuration, environment),
          configuration,
        );
    });

    test('it does so for any manifest that the reader takes', () => {
      const name = fc.constantFrom('a-1', 'b-2.0', 'bash-1', 'bash-2', 'A', 'B');
      const comparison = fc.tuple(
        fc.constantFrom('A', 'B', 'C'),
        fc.constantFrom('==', '!='),
        fc.constantFrom('1', 'True', 'x'),
      );
      const logic = fc
        .array(comparison, { minLength: 1, maxLength: 3 })
        .chain(all => fc.tuple(fc.constant(all), fc.constantFrom('&&', '||')))
        .map(([all, junction]) => `( ${all.map(each => each.join(' ')).join(` ${junction} `)} )`);
      const predicate = fc.option(logic, { nil: '' }).map(text => (text === '' ? '' : ` ${text}`));
      const line = fc.oneof(
        fc
          .tuple(fc.constantFrom('build:', 'improve:', 'jump:'), name, predicate)
          .map(([word, what, when]) => `${word} ${what}${when}`),
        fc
          .tuple(fc.array(name, { minLength: 1, maxLength: 6 }), predicate)
          .map(([names, when]) => `uninstall: ${names.join(' ')}${when}`),
        fc
          .tuple(
            fc.constantFrom('A', 'B', 'C'),
            fc.oneof(logic, fc.constantFrom('1', 'True', 'x')),
            predicate,
          )
          .map(([what, value, when]) => `define: ${what} = ${value}${when}`),
        fc.constantFrom('', '# nothing', 'build: c-3 # comment', 'improve: d '),
      );
      const variable = fc.constantFrom('A=1\n', 'B=True\n', 'C=\n', 'A=x\n', 'Z=9\n');
      fc.assert(
        fc.property(
          fc.array(line, { maxLength: 12 }),
          fc.array(variable, { maxLength: 4 }),
          (lines, variables) => {
            const manifest = `${lines.join('\n')}\n`;
            const configuration = variables.join('');
            const environment = 'PATH=/bin\nX=${Y}\n';
            assert.deepEqual(
              derived(manifest, configuration, environment),
              generated(manifest, configuration, environment),
            );
          },
        ),
        { numRuns: 150 },
      );
    });
  });
});
