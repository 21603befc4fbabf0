import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PreferencesFile, RecentCases } from '../../main/desktop/preferences.ts';
import { temporaryFolder } from '../support/folders.ts';

test('what was set is there again, panes by name', () => {
  const folder = temporaryFolder();
  const first = new PreferencesFile(folder);
  assert.equal(first.value.person, null);
  first.change({ theme: 'dark', panes: { 'bundle.tree': 264 } });
  first.change({ panes: { 'seed.notes': 320 }, person: { name: 'Ada', role: 'auditor' }, zoom: undefined });
  const { value } = new PreferencesFile(folder);
  assert.equal(value.theme, 'dark');
  assert.deepEqual(value.panes, { 'bundle.tree': 264, 'seed.notes': 320 });
  assert.equal(value.person?.name, 'Ada');
  assert.equal(value.zoom, 1);
  assert.equal(statSync(join(folder, 'preferences.json')).mode & 0o777, 0o600);
});

test('a damaged file is set aside, not believed', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'preferences.json');
  for (const damaged of ['', '{"theme":"dark"', '{"theme":"purple"}', '[]']) {
    writeFileSync(path, damaged);
    assert.equal(new PreferencesFile(folder).value.theme, 'system');
    assert.equal(readFileSync(`${path}.unreadable`, 'utf8'), damaged);
    assert.ok(!existsSync(path));
  }
});

test('recent cases: newest first, each folder once, no more than twenty', () => {
  const folder = temporaryFolder();
  const recent = new RecentCases(folder);
  for (let i = 0; i < 25; i += 1) recent.opened(`id-${i}`, `Case ${i}`, `/cases/${i}`, 'kit');
  recent.opened('id-20', 'Case 20', '/cases/20', null);
  const { value } = new RecentCases(folder);
  assert.equal(value.length, 20);
  assert.deepEqual(
    value.slice(0, 3).map(each => each.id),
    ['id-20', 'id-24', 'id-23'],
  );
  recent.forget('id-24');
  assert.ok(!new RecentCases(folder).value.some(each => each.id === 'id-24'));
});
