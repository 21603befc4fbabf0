import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { fixedClock, sha256Of } from '../../../main/engine/base/index.ts';
import {
  type BundleEntry,
  checkpointBody,
  createCase,
  isCase,
  MIGRATIONS,
  openCase,
  openDatabase,
  parseCheckpointBody,
} from '../../../main/engine/case/index.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const clock = fixedClock('2026-11-24T11:15:00Z');
let serial = 0;

function freshCase(name = 'K-1183') {
  serial += 1;
  return createCase(join(folder, `case-${serial}`), name, '0.1.0', { clock, by: 'Ines Marković' });
}

const SEALED = {
  type: 'report-sealed',
  replay: 1,
  role: 'auditor',
  fingerprint: `SHA256:${'A'.repeat(43)}`,
} as const;

const imported = {
  type: 'bundle-imported',
  name: 'b.tar',
  form: 'archive',
  compression: 'none',
  bundle: { sha256: 'a'.repeat(64), size: 1 },
  index: { sha256: 'b'.repeat(64), size: 1 },
  entries: 1,
  files: 1,
  bytes: 1,
  flagged: 0,
} as const;

const entry: BundleEntry = {
  path: 'a',
  type: 'file',
  mode: 0o644,
  size: 1,
  offset: 512,
  sha256: 'c'.repeat(64),
  target: null,
  kind: 'text',
  flags: ['bidi-name'],
};

test('a case keeps what was recorded, and its log is whole when it is opened again', () => {
  const first = freshCase();
  first.log.append({ type: 'finding-waived', finding: 'artifact:a', reason: 'known' });
  const head = first.log.head;
  first.close();
  using again = openCase(first.folder);
  assert.deepEqual(again.log.head, head);
  assert.equal(again.log.broken, null);
  assert.deepEqual(
    again.log.events.map(event => [event.seq, event.type, event.by]),
    [
      [1, 'case-created', 'Ines Marković'],
      [2, 'finding-waived', 'Ines Marković'],
    ],
  );
});

test('the same beginning gives the same case, another time another', () => {
  using one = freshCase();
  using two = freshCase();
  using three = createCase(join(folder, 'other'), 'K-1183', '0.1.0', {
    clock: fixedClock('2026-11-25'),
    by: 'Ines Marković',
  });
  assert.equal(one.id, two.id);
  assert.deepEqual(one.log.head, two.log.head);
  assert.notEqual(one.id, three.id);
});

test('a folder that is in use is left alone', () => {
  const busy = join(folder, 'busy');
  mkdirSync(busy);
  writeFileSync(join(busy, 'letter.txt'), 'dear');
  assert.throws(() => createCase(busy, 'x', '0.1.0'), withCode('case.exists'));
  assert.deepEqual(readdirSync(busy), ['letter.txt']);
  assert.equal(isCase(busy), false);
  assert.throws(() => openCase(busy), withCode('case.none'));
});

test('one writer at a time; readers may look', () => {
  using writer = freshCase();
  assert.throws(() => openCase(writer.folder), withCode('case.locked'));
  using reader = openCase(writer.folder, { readonly: true });
  assert.equal(reader.log.events.length, 1);
  assert.throws(() => reader.log.append(SEALED));
});

test('the lock ends with the process that held it, however it ended', () => {
  const made = freshCase();
  made.close();
  const script = `import { openCase } from ${JSON.stringify(join(import.meta.dirname, '../../../main/engine/case/index.ts'))};
    openCase(${JSON.stringify(made.folder)}); process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script]);
  assert.equal(signal, 'SIGKILL');
  openCase(made.folder).close();
});

/** Changes the database behind the engine's back. */
function tamper(path: string, sql: string): void {
  const database = new Database(join(path, 'case.db'));
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

const TAMPERINGS: [string, string, number][] = [
  ['an event changed', `UPDATE event SET json = replace(json, 'known', 'never') WHERE seq = 2`, 2],
  ['an event removed from the middle', 'DELETE FROM event WHERE seq = 2', 2],
  ['the newest event removed', 'DELETE FROM event WHERE seq = 3', 3],
  [
    'an event added',
    `INSERT INTO event SELECT 4, replace(json, '"seq":3', '"seq":4'), leaf FROM event WHERE seq = 3`,
    4,
  ],
  ['an event in another form', `UPDATE event SET json = replace(json, '{"at', '{ "at') WHERE seq = 3`, 3],
  ['the head changed', 'UPDATE head SET root = zeroblob(32)', 3],
];

for (const [what, sql, seq] of TAMPERINGS) {
  test(`${what}: the break is shown, and nothing more is written`, () => {
    const made = freshCase();
    made.log.append({ type: 'finding-waived', finding: 'artifact:a', reason: 'known' });
    made.log.append(SEALED);
    made.close();
    tamper(made.folder, sql);
    using opened = openCase(made.folder);
    assert.equal(opened.log.broken?.seq, seq, opened.log.broken?.problem);
    assert.throws(() => opened.log.append(SEALED), withCode('log.broken'));
  });
}

test('an event and its rows are written together or not at all', () => {
  using made = freshCase();
  const failing = function* () {
    yield entry;
    throw new Error('disk full');
  };
  const before = made.log.head;
  assert.throws(() => made.log.append(imported, seq => made.entries.insert(seq, 'a'.repeat(64), failing())));
  assert.deepEqual(made.log.head, before);
  const event = made.log.append(imported, seq => made.entries.insert(seq, 'a'.repeat(64), [entry]));
  assert.deepEqual([...made.entries.all(event.seq)], [entry]);
  assert.deepEqual(made.entries.get(event.seq, 'a'), entry);
  assert.equal(made.entries.get(event.seq, 'b'), undefined);
});

test('objects are named by their hash, read-only, and checked when read', () => {
  using made = freshCase();
  const ref = made.objects.put(Buffer.from('hello'));
  assert.deepEqual(ref, { sha256: sha256Of('hello'), size: 5 });
  assert.deepEqual(made.objects.put(Buffer.from('hello')), ref);
  assert.equal(statSync(made.objects.pathOf(ref.sha256)).mode & 0o777, 0o444);
  assert.equal(made.objects.read(ref.sha256).toString(), 'hello');
  let text = '';
  for (const chunk of made.objects.chunks(ref.sha256, 2)) text += `${chunk}|`;
  assert.equal(text, 'he|ll|o|');
  assert.throws(() => made.objects.read(ref.sha256, 4), withCode('object.too-large'));
  assert.throws(() => made.objects.read('f'.repeat(64)), withCode('object.missing'));
  assert.throws(() => made.objects.read('../../etc/passwd'), withCode('object.bad-name'));
});

test('a changed object is not believed', () => {
  const made = freshCase();
  const ref = made.objects.put(Buffer.from('hello'));
  chmodSync(made.objects.pathOf(ref.sha256), 0o644);
  writeFileSync(made.objects.pathOf(ref.sha256), 'hullo');
  assert.throws(() => made.objects.read(ref.sha256), withCode('object.damaged'));
  made.close();
});

test('an object that was not finished leaves nothing', () => {
  const made = freshCase();
  const writer = made.objects.begin();
  writer.write(Buffer.from('half'));
  writer.abort();
  const lost = made.objects.begin();
  lost.write(Buffer.from('killed'));
  made.close();
  assert.equal(readdirSync(join(made.folder, 'objects', 'tmp')).length, 1);
  using again = openCase(made.folder);
  assert.deepEqual(readdirSync(join(again.folder, 'objects')), ['tmp']);
  assert.deepEqual(readdirSync(join(again.folder, 'objects', 'tmp')), []);
});

test('a database of a newer Assay is refused and left as it is', () => {
  const made = freshCase();
  made.close();
  tamper(made.folder, `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  assert.throws(() => openCase(made.folder), withCode('case.newer'));
});

test('a file that is no database is an error in words', () => {
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  writeFileSync(
    join(broken, 'case.db'),
    'this is not a database, but it is long enough to be looked at as one'.repeat(20),
  );
  assert.throws(() => openCase(broken), withCode('case.database-unreadable'));
});

MIGRATIONS.forEach((_, i) => {
  test(`migration ${i + 1} is one transaction from the shape before it`, () => {
    const path = join(folder, `migration-${i + 1}.db`);
    const old = new Database(path);
    for (const sql of MIGRATIONS.slice(0, i)) old.exec(sql);
    old.pragma(`user_version = ${i}`);
    old.close();
    const database = openDatabase(path);
    assert.equal(database.pragma('user_version', { simple: true }), MIGRATIONS.length);
    assert.deepEqual(database.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
    database.close();
    assert.ok(existsSync(path));
  });
});

test('a checkpoint says the head of the log, and reads back', () => {
  using made = freshCase();
  const body = checkpointBody(made.id, made.log.head);
  assert.match(body, new RegExp(`^assay\\.invalid/case/${made.id}\\n1\\n[A-Za-z0-9+/]{43}=\\n$`));
  assert.deepEqual(parseCheckpointBody(body), { origin: `assay.invalid/case/${made.id}`, ...made.log.head });
  for (const bad of ['', 'x\n1\nAA=\n', body.trimEnd(), `${body}\n`, body.replace('\n1\n', '\n01\n')]) {
    assert.throws(() => parseCheckpointBody(bad), withCode('checkpoint.malformed'), JSON.stringify(bad));
  }
});
