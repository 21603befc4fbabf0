import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCase } from '../../../../main/engine/case/index.ts';
import { loadKit } from '../../../../main/engine/chain/index.ts';
import { assay, copyKit } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { lacking, recordsIn } from '../../replay/stand.ts';

const folder = temporaryFolder();

/** The embedded kit, its plan and its expectations taken from its Containerfile. */
function containerfileKit(): string {
  return copyKit(join(folder, 'kit'), toml => {
    const [head = ''] = toml.split('[plan]');
    const expectations = loadKit('bedrock-amd64').description.expectation.filter(({ path }) =>
      path.startsWith('bin/'),
    );
    const plan = '[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/amd64"\n';
    const results = expectations.map(
      each => `[[expectation]]\npath = "${ROOT}/${each.path}"\nsha256 = "${each.sha256}"\n`,
    );
    return `${head}${plan}${results.join('')}`;
  });
}

/** The last stage has no name but the line it begins in. */
const ROOT = 'roots/stage-66';

test('the embedded kit as a Containerfile gives the same programs', { skip: lacking }, () => {
  const caseFolder = join(folder, 'case');
  const run = assay(['audit', '--kit', containerfileKit(), '--case', caseFolder, '--json']);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  using theCase = openCase(caseFolder, { readOnly: true } as never);
  const records = recordsIn(theCase);
  const ran = records.filter(record => record.end !== null);
  // What the observer saw is named in the tree, whatever root the program had.
  for (const { observation } of ran)
    assert.match(observation?.programs[0]?.path ?? '', /^\/roots\/[a-z0-9-]+\//);
  const unexplained = ran.flatMap(record => record.observation?.notUnderstood ?? 1);
  assert.deepEqual([...new Set(unexplained)], [0]);
  // A stage's programs see nothing of the others and nothing of the bundle.
  for (const record of ran) {
    const root = record.observation?.programs[0]?.path.split('/').slice(0, 3).join('/');
    for (const { path } of record.observation?.files ?? []) assert.ok(path.startsWith(`${root}/`), path);
  }
});

test('a program that came with the bundle and was only copied into a stage breaks closure', {
  skip: lacking,
}, () => {
  const made = copyKit(join(folder, 'foreign'), toml => {
    const plan = '[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/amd64"\n';
    return `${toml.split('[plan]')[0]}${plan}`;
  });
  // The seed of another chain: no seed of this kit.
  const text = 'FROM scratch\nCOPY --chmod=755 seed/kaem-seed /k\nCOPY <<EOF /s\nEOF\nRUN ["/k", "/s"]\n';
  writeFileSync(join(made, 'bundle', 'Containerfile'), text);
  const run = assay(['audit', '--kit', made, '--case', join(folder, 'foreign-case'), '--json']);
  assert.equal(run.status, 1, run.stderr);
  const audit = JSON.parse(run.stdout);
  assert.equal(audit.closure, 'broken');
  const [finding] = audit.findings;
  assert.equal(finding.where, '/roots/stage-1/k');
});
