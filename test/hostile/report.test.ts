import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sha256Of } from '../../main/engine/base/index.ts';
import { canonicalBytes, loadSigner, verifyReport } from '../../main/engine/index.ts';
import {
  type ReportFile,
  readReport,
  reportFile,
  SUMS,
  sealReport,
} from '../../main/engine/report/seal/index.ts';
import { assay, DATE, makeKey } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { copyPinnedKit } from '../support/pinned-kit.ts';

const folder = temporaryFolder();
const key = join(folder, 'ines');
const report = join(folder, 'report.tar');
let serial = 0;

/** A report made from the files of the true one, changed, and sealed again with the same key: as its own auditor could lie. */
async function forge(change: (files: Map<string, Buffer>) => void, from = report): Promise<string> {
  serial += 1;
  const path = join(folder, `forged-${serial}.tar`);
  const files = new Map<string, Buffer>();
  using whole = readReport(from);
  for (const name of whole.entries.keys()) {
    if (name !== SUMS && !name.startsWith('signatures/')) files.set(name, whole.read(name));
  }
  change(files);
  const sealed = [...files].map(([name, bytes]): ReportFile => reportFile(name, bytes));
  await sealReport(path, {
    folder: whole.folder ?? 'x',
    files: sealed,
    signers: [{ role: 'auditor', signer: await loadSigner(key) }],
  });
  return path;
}

const codesOf = (path: string) => [...new Set(verifyReport(path).problems.map(problem => problem.code))];

function edit(files: Map<string, Buffer>, name: string, change: (text: string) => string): void {
  const text = files.get(name)?.toString('utf8') ?? assert.fail(`no ${name}`);
  const changed = change(text);
  assert.notEqual(changed, text, `${name} was changed`);
  files.set(name, Buffer.from(changed));
}

/** Changes a JSON document and keeps its canonical form. */
function editJson(
  files: Map<string, Buffer>,
  name: string,
  change: (value: Record<string, unknown>) => void,
): void {
  edit(files, name, text => {
    const value = JSON.parse(text);
    change(value);
    return canonicalBytes(value).toString('utf8');
  });
}

/** Changes an object that the log names, and the log with it, so that all hashes agree again. */
function editWithLog(
  files: Map<string, Buffer>,
  name: string,
  change: (value: Record<string, unknown>) => void,
): void {
  const before = sha256Of(files.get(name) ?? '');
  editJson(files, name, change);
  const after = files.get(name) ?? Buffer.alloc(0);
  edit(files, 'log/events.jsonl', text =>
    text
      .split('\n')
      .map(line => {
        if (!line.includes(before)) return line;
        const event = JSON.parse(line.replaceAll(before, sha256Of(after)));
        if (event.record) event.record.size = after.length;
        return canonicalBytes(event).toString('utf8');
      })
      .join('\n'),
  );
}

describe('a report', () => {
  before(() => {
    makeKey(key);
    const run = assay([
      'audit',
      '--key',
      key,
      '--as',
      'ines',
      '--date',
      DATE,
      '--case',
      join(folder, 'case'),
      '--report',
      report,
    ]);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(verifyReport(report).problems, []);
  });

  test('sealed again unchanged is valid: the forgeries below fail for what they change', async () => {
    assert.deepEqual(codesOf(await forge(() => {})), []);
  });

  test('every region: one changed byte is caught in each header, content, padding and in the end of the archive', () => {
    const bytes = readFileSync(report);
    const places = new Set<number>();
    using whole = readReport(report);
    // Each file gets some of the header's fields in turn; with the many files of a report every field has several.
    const fields = [0, 1, 99, 100, 108, 116, 124, 136, 148, 156, 157, 257, 263, 265, 297, 329, 345, 500, 511];
    for (const [i, { offset, size }] of [...whole.entries.values()].entries()) {
      for (let turn = 0; turn < 4; turn += 1)
        places.add(offset - 512 + (fields[(i * 4 + turn) % fields.length] ?? 0));
      for (const inside of [0, size >> 1, size - 1]) if (inside < size) places.add(offset + inside);
      if (size % 512 > 0) places.add(offset + size).add(offset + size + 511 - (size % 512));
    }
    for (let i = 1; i <= 1024; i += 93) places.add(bytes.length - i);
    const path = join(folder, 'flipped.tar');
    copyFileSync(report, path);
    for (const place of [...places].sort((a, b) => a - b)) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(place) ^ 0x01) & 0xff, place);
      writeFileSync(path, changed);
      assert.equal(verifyReport(path).valid, false, `offset ${place}`);
    }
  });

  test('cut or lengthened anywhere it is not valid', () => {
    const bytes = readFileSync(report);
    const path = join(folder, 'cut.tar');
    for (const end of [
      0,
      1,
      511,
      512,
      513,
      bytes.length >> 1,
      bytes.length - 1024,
      bytes.length - 512,
      bytes.length - 1,
    ]) {
      writeFileSync(path, bytes.subarray(0, end));
      assert.equal(verifyReport(path).valid, false, `cut at ${end}`);
    }
    for (const tail of ['\0', '\0'.repeat(512), 'x', bytes.subarray(0, 1024)]) {
      writeFileSync(path, Buffer.concat([bytes, Buffer.from(tail)]));
      assert.equal(verifyReport(path).valid, false);
    }
  });

  const FORGERIES: [what: string, change: (files: Map<string, Buffer>) => void, code: string][] = [
    [
      'a nicer headline',
      files => editJson(files, 'report.json', value => Object.assign(value, { headline: 'Perfect' })),
      'report.not-derived',
    ],
    [
      'a finding left out',
      files => editJson(files, 'report.json', value => Object.assign(value, { notProved: [] })),
      'report.not-derived',
    ],
    [
      'a field nobody knows',
      files => editJson(files, 'report.json', value => Object.assign(value, { extra: 1 })),
      'report.invalid',
    ],
    [
      'another page',
      files => edit(files, 'report.html', text => text.replace('</body>', '<p>All is well.</p></body>')),
      'report.not-derived',
    ],
    [
      'another hash in the list of expectations',
      files => edit(files, 'expectations.json', text => text.replace(/"sha256":"./, '"sha256":"0')),
      'evidence.missing',
    ],
    [
      'a seed with another byte',
      files => files.get('seeds/hex0-seed')?.writeUInt8(0xff, 200),
      'evidence.missing',
    ],
    [
      'a log without its last event',
      files => edit(files, 'log/events.jsonl', text => text.replace(/[^\n]*\n$/, '')),
      'checkpoint.wrong-head',
    ],
    [
      'a log with another author',
      files => edit(files, 'log/events.jsonl', text => text.replaceAll('"by":"ines"', '"by":"helen"')),
      'checkpoint.wrong-head',
    ],
    [
      'a log with an event changed in form only',
      files => edit(files, 'log/events.jsonl', text => text.replace('{"', '{ "')),
      'log.broken',
    ],
    [
      'a step record of another step',
      files =>
        files.set(named(files, /0003-.*record/), files.get(named(files, /0004-.*record/)) ?? Buffer.alloc(0)),
      'evidence.missing',
    ],
    ['no step record', files => files.delete(named(files, /0003-.*record/)), 'evidence.missing'],
    ['no event log', files => files.delete('log/events.jsonl'), 'report.no-file'],
    ['no index', files => files.delete('bundle/index.jsonl'), 'report.no-file'],
    [
      'a statement about something else',
      files =>
        files.set(named(files, /0003-.*dsse/), files.get(named(files, /0004-.*dsse/)) ?? Buffer.alloc(0)),
      'report.not-derived',
    ],
    [
      'a statement that nothing leads to',
      files => files.set('statements/more.json', Buffer.from('{}')),
      'report.not-derived',
    ],
    [
      'a list of signers with somebody else',
      files => edit(files, 'allowed_signers', text => `helen ${text.slice(text.indexOf(' ') + 1)}`),
      'report.not-derived',
    ],
    [
      'a record and a log that agree on a program that did not run',
      files =>
        editWithLog(files, named(files, /0003-.*record/), record => {
          const observation = record.observation as { programs: { sha256: string }[] };
          if (observation.programs[0]) observation.programs[0].sha256 = 'd'.repeat(64);
        }),
      'checkpoint.wrong-head',
    ],
    [
      'a record that claims to be taken over from a replay that never was',
      files =>
        editWithLog(files, named(files, /0003-.*record/), record => {
          record.reused = { replay: 1, number: 3, step: record.step };
        }),
      'reuse.not-derived',
    ],
  ];

  test('evidence that is not JSON, named by a log that agrees with it, is a problem and no crash', async () => {
    for (const name of ['machine.json', 'plan.json', 'expectations.json', 'replay/tree.json']) {
      const path = await forge(files => {
        const before = sha256Of(files.get(name) ?? '');
        const noise = Buffer.from('{"format":');
        files.set(name, noise);
        edit(files, 'log/events.jsonl', text => text.replaceAll(before, sha256Of(noise)));
      });
      assert.ok(codesOf(path).includes('evidence.invalid'), `${name}: ${codesOf(path).join(', ')}`);
    }
  });

  for (const [what, change, code] of FORGERIES) {
    test(`sealed again with ${what} is not valid`, async () => {
      const codes = codesOf(await forge(change));
      assert.ok(codes.includes(code), `expected ${code}, got ${codes.join(', ')}`);
    });
  }

  test('sealed by a key that the report does not name is not valid', async () => {
    makeKey(join(folder, 'mallory'));
    using whole = readReport(report);
    const files = [...whole.entries.keys()]
      .filter(name => name !== SUMS && !name.startsWith('signatures/'))
      .map(name => reportFile(name, whole.read(name)));
    const path = join(folder, 'stolen.tar');
    await sealReport(path, {
      folder: whole.folder ?? 'x',
      files,
      signers: [{ role: 'auditor', signer: await loadSigner(join(folder, 'mallory')) }],
    });
    assert.deepEqual(codesOf(path), ['signature.missing', 'signature.unknown']);
  });

  test('what is no report at all ends in problems, not in a crash', () => {
    const path = join(folder, 'noise.tar');
    for (const content of ['', 'hello', '\0'.repeat(1024), readFileSync(key)]) {
      writeFileSync(path, content);
      assert.equal(verifyReport(path).valid, false);
    }
  });
});

function named(files: Map<string, Buffer>, pattern: RegExp): string {
  return [...files.keys()].find(name => pattern.test(name)) ?? assert.fail(`no ${pattern}`);
}

describe('a report of a bundle of several files', () => {
  const pinned = join(folder, 'pinned.tar');

  before(() => {
    if (!existsSync(key)) makeKey(key);
    const { kit, tree, files } = copyPinnedKit(join(folder, 'pinned'));
    const bundle = ['--kit', kit, '--bundle', tree, '--files', files];
    const where = ['--case', join(folder, 'pinned-case'), '--report', pinned];
    const args = ['audit', ...bundle, '--key', key, '--as', 'ines', '--date', DATE];
    const other = join(folder, 'other.assay.tar');
    assert.equal(assay([...args, '--case', join(folder, 'other-case'), '--report', other]).status, 0);
    const run = assay([...args, ...where, '--expect', other]);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(codesOf(pinned), []);
  });

  test('that names another file for a pin does not follow from its evidence', async () => {
    const path = await forge(
      files =>
        editJson(files, 'report.json', value => {
          Object.assign((value.pinned as object[])[1] ?? {}, { name: 'another' });
        }),
      pinned,
    );
    assert.ok(codesOf(path).includes('report.not-derived'));
  });

  test('whose log has another file where a pinned one was imported does not either', async () => {
    const path = await forge(
      files =>
        edit(files, 'log/events.jsonl', text =>
          text.replace(/("file":{"sha256":")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
        ),
      pinned,
    );
    const problems = verifyReport(path).problems;
    assert.ok(
      problems.some(({ code, where }) => code === 'report.not-derived' && where.entry === 'report.json'),
    );
  });

  test('that says otherwise of what another report found than was taken from it does not either', async () => {
    const path = await forge(
      files =>
        editWithLog(files, 'claims/1.json', value => {
          Object.assign((value.hashes as object[])[0] ?? {}, { sha256: '0'.repeat(64) });
        }),
      pinned,
    );
    assert.ok(codesOf(path).includes('plan.not-derived'));
  });

  test('whose kit pins another file than was replayed does not either', async () => {
    const path = await forge(files => {
      const before = files.get('kit.toml') ?? Buffer.alloc(0);
      edit(files, 'kit.toml', text =>
        text.replace(/(\[\[file\]\][\s\S]*?sha256 = ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
      );
      const after = files.get('kit.toml') ?? Buffer.alloc(0);
      edit(files, 'log/events.jsonl', text => text.replaceAll(sha256Of(before), sha256Of(after)));
    }, pinned);
    const problems = verifyReport(path).problems;
    assert.ok(
      problems.some(({ code, where }) => code === 'report.not-derived' && where.entry === 'report.json'),
    );
  });
});
