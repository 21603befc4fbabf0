import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PageFiles, POLICY } from '../../main/desktop/page-files.ts';
import { temporaryFolder } from '../support/folders.ts';

const folder = join(temporaryFolder(), 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets', 'main-1.js'), 'export {}');
writeFileSync(join(folder, 'assets', 'a b.js'), 'hidden');
writeFileSync(join(folder, 'notes.txt'), 'hidden');
writeFileSync(join(folder, '..', 'secret.json'), '"secret"');
const files = new PageFiles(folder);
writeFileSync(join(folder, 'late.js'), 'came after the start');
symlinkSync('/etc/passwd', join(folder, 'assets', 'link.js'));

test('files of the page are given with their type and the policy', async () => {
  const page = files.answer('GET', 'app://assay/index.html');
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(page.headers.get('content-security-policy'), POLICY);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(await page.text(), '<!doctype html>');
  const script = files.answer('GET', 'app://assay/assets/main-1.js');
  assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
});

test('nothing else has an address', () => {
  const addresses = [
    'app://assay/',
    'app://assay',
    'app://other/index.html',
    'app://assay.example/index.html',
    'app://assay@other/index.html',
    'app://assay/../secret.json',
    'app://assay/..%2fsecret.json',
    'app://assay/%2e%2e/secret.json',
    'app://assay/assets/..%5c..%5csecret.json',
    'app://assay//etc/passwd',
    'app://assay/index.html?x',
    'app://assay/index.html%00.js',
    'app://assay/INDEX.html',
    'app://assay/assets',
    'app://assay/assets/a%20b.js',
    'app://assay/notes.txt',
    'app://assay/late.js',
    'app://assay/assets/link.js',
    'file:///etc/passwd',
  ];
  for (const address of addresses) assert.equal(files.answer('GET', address).status, 404, address);
  for (const method of ['POST', 'HEAD', 'OPTIONS']) {
    const answer = files.answer(method, 'app://assay/index.html');
    assert.equal(answer.status, 405);
    assert.equal(answer.body, null);
  }
});
