import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { canonicalBytes, sha256Of } from '../../../main/engine/base/index.ts';
import {
  type Case,
  demonstrationSigning,
  generateDemonstrationKey,
  importAnnotations,
  type NewEvent,
  readAnnotations,
  readReportFiles,
  sealReport,
  seedIn,
  undo,
  verifyReport,
} from '../../../main/engine/index.ts';
import { ANNOTATIONS_NAMESPACE } from '../../../main/engine/report/index.ts';
import { fileOf } from '../../support/annotation-files.ts';
import { AuditedCases } from '../../support/audited-cases.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const cases = new AuditedCases(folder);
const { signer } = generateDemonstrationKey();
let serial = 0;

before(() => cases.make());

/** A signed file of Jon's annotations for an older version of the case's seed, which lacks four bytes and differs in one. */
async function signedFile(theCase: Case): Promise<string> {
  serial += 1;
  const { seed, name } = seedIn(theCase, 'hex0-seed');
  const bytes = theCase.objects.read(seed.sha256);
  const older = Buffer.concat([bytes.subarray(0, 0x80), bytes.subarray(0x84)]);
  older[0x90] = (older[0x90] ?? 0) ^ 0xff;
  const file = fileOf(name, older, [
    { label: 'e_ident', offset: 0, length: 16 },
    { label: 'call', offset: 0x8c, length: 8 },
    { label: 'moved', offset: 0xa0, length: 8 },
  ]);
  const path = join(folder, `notes-${serial}.json`);
  writeFileSync(path, canonicalBytes(file));
  writeFileSync(`${path}.sig`, await signer.signMessage(ANNOTATIONS_NAMESPACE, canonicalBytes(file)));
  return path;
}

/** Takes all of a file over. */
function takeOver(theCase: Case, path: string): void {
  const seed = seedIn(theCase, 'hex0-seed');
  importAnnotations(theCase, seed, readAnnotations(path, seed), () => 'add');
}

async function sealed(theCase: Case) {
  serial += 1;
  const path = join(folder, `report-${serial}.tar`);
  const { report } = await sealReport(theCase, await demonstrationSigning(theCase), path);
  return { path, report, verified: verifyReport(path) };
}

const codes = (verified: ReturnType<typeof verifyReport>) => verified.problems.map(({ code }) => code);

describe('files of annotations that people took over from', () => {
  test('are in the report with their signatures, which ssh-keygen checks; what was taken follows from them', async () => {
    using theCase = cases.open();
    takeOver(theCase, await signedFile(theCase));
    const { path, report, verified } = await sealed(theCase);
    assert.deepEqual(codes(verified), []);
    const [seed] = report.seedReviews;
    assert.deepEqual(
      seed?.annotations.map(({ label, kind, ranges: [at] }) => [label, kind, at?.offset]),
      [
        ['e_ident', 'explained', 0],
        ['call', 'question', 0x90],
        ['moved', 'explained', 0xa4],
      ],
    );
    const [taken] = seed?.imports ?? [];
    assert.deepEqual([taken?.by, taken?.key], ['Ines', signer.fingerprint]);
    const out = join(folder, 'unpacked');
    const file = `review/imports/${String(taken?.event).padStart(6, '0')}.json`;
    const texts = new Map<string, Buffer>();
    for (const { name, chunks } of readReportFiles(path)) texts.set(name, Buffer.concat([...chunks]));
    assert.equal(sha256Of(texts.get(file) ?? ''), taken?.sha256);
    writeFileSync(out, texts.get(`${file}.sig`) ?? '');
    const args = ['-Y', 'check-novalidate', '-n', 'assay-annotations', '-s', out];
    const checked = spawnSync('ssh-keygen', args, { input: texts.get(file), encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stderr);
    assert.ok(checked.stdout.includes(signer.fingerprint), checked.stdout);
    assert.match(String(texts.get('VERIFY.txt')), new RegExp(`check-novalidate .*${file}`));
    const page = String(texts.get('report.html')).replace(/<[^>]*>/g, '');
    assert.match(page, /Taken over from files of annotations/);
    assert.match(page, /Ines at event \d+, from notes-\d+\.json, signed by the key SHA256:/);
  });

  test('stay in the report when that was taken back', async () => {
    using theCase = cases.open();
    takeOver(theCase, await signedFile(theCase));
    undo(theCase);
    const { path, report, verified } = await sealed(theCase);
    assert.deepEqual(codes(verified), []);
    assert.deepEqual([report.seedReviews[0]?.annotations, report.seedReviews[0]?.imports], [[], []]);
    assert.ok([...readReportFiles(path)].some(({ name }) => name.startsWith('review/imports/')));
  });

  test('without a signature, or with a bad one that was not to count, say so', async () => {
    using theCase = cases.open();
    const path = await signedFile(theCase);
    writeFileSync(`${path}.sig`, await signer.signMessage(ANNOTATIONS_NAMESPACE, Buffer.from('other')));
    assert.ok(existsSync(`${path}.sig`));
    takeOver(theCase, path);
    const { report, verified } = await sealed(theCase);
    assert.deepEqual(codes(verified), []);
    assert.equal(report.seedReviews[0]?.imports[0]?.key, null);
  });

  test('bear what the log says: other words, another author, place or key, or no file at all are told', async () => {
    const forged = async (change: (events: NewEvent[], theCase: Case) => NewEvent[]) => {
      using theCase = cases.open();
      takeOver(theCase, await signedFile(theCase));
      const first = theCase.log.events.findLast(({ type }) => type === 'annotations-imported')?.seq ?? 0;
      const events = theCase.log.events
        .slice(first - 1)
        .map(({ seq: _, at: __, by: ___, ...event }) => event);
      undo(theCase);
      const action = theCase.log.head.size + 1;
      const fresh = events.map((event, i) =>
        'id' in event ? { ...event, action, id: `${i}`.padStart(12, 'f') } : { ...event, action },
      );
      theCase.log.appendAll(change(fresh as NewEvent[], theCase));
      return codes((await sealed(theCase)).verified);
    };
    const annotation = (change: object) => (events: NewEvent[]) =>
      events.map((event, i) => (i === 1 ? ({ ...event, ...change } as NewEvent) : event));
    const import_ = (change: (theCase: Case) => object) => (events: NewEvent[], theCase: Case) =>
      events.map((event, i) => (i === 0 ? ({ ...event, ...change(theCase) } as NewEvent) : event));
    assert.deepEqual(await forged(events => events), []);
    assert.deepEqual(await forged(annotation({ label: 'other' })), ['annotation-file.not-derived']);
    assert.deepEqual(await forged(annotation({ kind: 'concern' })), ['annotation-file.not-derived']);
    const ranges = [{ offset: 1, length: 16 }];
    assert.deepEqual(await forged(annotation({ ranges })), ['annotation-file.not-derived']);
    const key = generateDemonstrationKey().signer;
    const other = await forged((events, theCase) => {
      const sshsig = theCase.objects.put(Buffer.from('no signature'));
      return import_(() => ({ signature: { key: signer.fingerprint, sshsig } }))(events, theCase);
    });
    assert.match(other.join(), /sshsig/);
    const keyed = await forged(events =>
      events.map(event => {
        if (event.type === 'annotations-imported' && event.signature)
          return { ...event, signature: { ...event.signature, key: key.fingerprint } };
        if (event.type === 'seed-annotated' && event.origin?.from === 'file')
          return { ...event, origin: { ...event.origin, key: key.fingerprint } };
        return event;
      }),
    );
    assert.deepEqual(keyed, ['annotation-file.bad-signature']);
    const none = import_(theCase => ({ file: theCase.objects.put(Buffer.from('{}')) }));
    assert.match((await forged(none)).join(), /annotation-file\.(invalid|not-derived)|review\.impossible/);
    const alone = await forged(events => events.slice(1));
    assert.ok(alone.length > 0 && alone.every(code => code === 'review.impossible'), alone.join());
  });
});
