import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION, sha256Of } from '../../../../main/engine/base/index.ts';
import { loadKit, readPlan, readSteps } from '../../../../main/engine/chain/index.ts';
import { loadSigner, openCase, systemClock, verifyReport } from '../../../../main/engine/index.ts';
import { recordsOf } from '../../../../main/engine/replay/index.ts';
import { readReport, reportFile, SUMS, sealReport } from '../../../../main/engine/report/seal/index.ts';
import { assay, copyKit, makeKey } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { copyKaemKit } from '../../../support/kaem-kit.ts';

const folder = temporaryFolder();
const key = join(folder, 'ines');
const REPORT = join(folder, 'report.assay.tar');
const STEPS = loadKit('bedrock-amd64');

const kit = copyKaemKit(join(folder, 'kit'));
const bundle = join(kit, 'bundle');
const plan = readPlan(loadKit(kit), {
  type: path => (statSync(join(bundle, path), { throwIfNoEntry: false })?.isFile() ? 'file' : null),
  read: path => readFileSync(join(bundle, path)),
});

test("the embedded kit's script has the programs of its steps, in their order", () => {
  const programs = (steps: typeof plan.steps) =>
    steps.flatMap(step =>
      step.action === 'run' ? [[step.program, step.argv, step.cwd, step.environment]] : [],
    );
  assert.deepEqual(programs(plan.steps), programs(readSteps(STEPS).steps));
  assert.ok(plan.steps.length > 15);
});

test('an audit from the script gives the artifacts of the steps, and its report verifies', () => {
  makeKey(key);
  const names = ['--key', key, '--as', 'ines', '--case', join(folder, 'case'), '--report', REPORT];
  const run = assay(['audit', '--json', '--kit', kit, ...names]);
  const document = JSON.parse(run.stdout);
  assert.deepEqual([run.status, document.verdict, document.closure], [0, 'reproduced', 'held'], run.stderr);
  assert.equal(document.artifacts.reproduced, STEPS.description.expectation.length);
  assert.deepEqual(document.findings, []);
  assert.equal(document.verified.assay, true);
});

/** A report sealed again with the same key after its files were changed, as its own auditor could do. */
async function forge(name: string, change: (files: Map<string, Buffer>) => void): Promise<string[]> {
  const path = join(folder, name);
  using whole = readReport(REPORT);
  const files = new Map<string, Buffer>();
  for (const each of whole.entries.keys()) {
    if (each !== SUMS && !each.startsWith('signatures/')) files.set(each, whole.read(each));
  }
  change(files);
  const sealed = [...files].map(([each, bytes]) => reportFile(each, bytes));
  const signers = [{ role: 'auditor' as const, signer: await loadSigner(key) }];
  await sealReport(path, { folder: whole.folder ?? '', files: sealed, signers });
  return verifyReport(path).problems.map(problem => problem.code);
}

test('a report holds the script that its plan was read from, and verifying reads it again', async () => {
  assert.deepEqual(await forge('same.tar', () => {}), []);
  const without = await forge('without.tar', files => assert.ok(files.delete('description/1.txt')));
  assert.ok(without.includes('evidence.missing'), without.join());
  const other = await forge('other.tar', files => {
    const bytes = files.get('plan.json') ?? assert.fail('no plan');
    const changed = Buffer.from(bytes.toString('utf8').replace('src/hex1.hex0', 'src/hexx.hex0'));
    files.set('plan.json', changed);
    const log = files.get('log/events.jsonl') ?? assert.fail('no log');
    files.set(
      'log/events.jsonl',
      Buffer.from(log.toString('utf8').replaceAll(sha256Of(bytes), sha256Of(changed))),
    );
  });
  assert.ok(other.includes('plan.not-derived'), other.join());
});

test('a release as one folder in an archive is audited as the folder is', () => {
  const archive = join(folder, 'bedrock-1.tar');
  writeFileSync(archive, tarOf());
  const auto = copyKit(join(folder, 'auto'), text =>
    text.replace('bundle = "bundle"\n', '').replace('\n[[seed]]', '\n[bundle]\nroot = "auto"\n\n[[seed]]'),
  );
  const run = assay([
    'audit',
    '--json',
    '--kit',
    auto,
    '--bundle',
    archive,
    '--case',
    join(folder, 'case-auto'),
  ]);
  const document = JSON.parse(run.stdout);
  assert.deepEqual(
    [run.status, document.verdict, document.verified?.assay],
    [0, 'reproduced', true],
    run.stderr,
  );
});

/** The bundle of the embedded kit under one folder. */
function tarOf(): Buffer {
  const { stdout, status } = spawnSync('tar', [
    '-C',
    join(INSTALLATION, 'audit-kits', 'bedrock-amd64'),
    '--transform',
    's,^bundle,bedrock-1,',
    '-cf',
    '-',
    'bundle',
  ]);
  assert.equal(status, 0);
  return stdout;
}

test('programs run under the name that PATH found them by, and a status that nobody minds does not stop the chain', () => {
  const path = copyKit(join(folder, 'kit-full'), text =>
    text.replace(/^\[plan\]$[\s\S]*?(?=^\[\[checklist\]\]$)/m, FULL_PLAN),
  );
  writeFileSync(
    join(path, 'bundle', 'go'),
    'PATH=/seed\nhex0-seed src/hex0.hex0 bin/hex0\n./seed/kaem-seed --non-strict -f more\n',
  );
  writeFileSync(
    join(path, 'bundle', 'more'),
    './bin/hex0 none bin/none\nPATH=../bin:\ncd src\nhex0 hex0.hex0 ../bin/again\n',
  );
  mkdirSync(join(path, 'bundle', 'bin'));
  const caseFolder = join(folder, 'case-full');
  const run = assay(['audit', '--json', '--kit', path, '--case', caseFolder]);
  const document = JSON.parse(run.stdout);
  assert.deepEqual([run.status, document.verdict, document.closure], [0, 'reproduced', 'held'], run.stderr);
  using theCase = openCase(caseFolder, { clock: systemClock, by: 'test' });
  const records = recordsOf(theCase, 1);
  assert.deepEqual(
    records.map(record => [
      record.end,
      record.observation?.programs.map(({ path: at, argv }) => [at, argv[0]]),
    ]),
    [
      [{ how: 'exited', status: 0 }, [['/seed/hex0-seed', 'hex0-seed']]],
      [{ how: 'exited', status: 1 }, [['/bin/hex0', './bin/hex0']]],
      [{ how: 'exited', status: 0 }, [['/bin/hex0', 'hex0']]],
    ],
  );
});

const FULL_PLAN = `[plan]
reader = "kaem"
runner = "seed/kaem-seed"
entry = "go"

[[plan.interpreter]]
path = "seed/kaem-seed"
dialect = "full"

[[expectation]]
path = "bin/again"
sha256 = "${STEPS.description.seed[0]?.sha256}"

`;
