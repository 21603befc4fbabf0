import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import {
  annotate,
  answerItem,
  appliedKit,
  type Case,
  createCase,
  fixedClock,
  generateDemonstrationKey,
  overviewOf,
  raiseFinding,
  resolveFinding,
  type Signing,
  sealReport,
  seedIn,
  setScope,
  signOff,
  undo,
  verifyReport,
} from '../../../main/engine/index.ts';
import { SIGN_OFF_NAMESPACE } from '../../../main/engine/report/seal/index.ts';
import { signOffText } from '../../../main/engine/report/sign-offs.ts';
import { DATE } from '../../support/assay.ts';
import { AuditedCases } from '../../support/audited-cases.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
const clock = fixedClock(DATE);
const cases = new AuditedCases(folder);
const keys = { ines: generateDemonstrationKey(), jon: generateDemonstrationKey() };
const ines: Signing = { signer: keys.ines.signer, role: 'auditor', identity: 'ines', demonstration: false };
const jon: Signing = { signer: keys.jon.signer, role: 'reviewer', identity: 'jon', demonstration: false };
let serial = 0;

async function sealed(theCase: Case, signing = ines) {
  serial += 1;
  const path = join(folder, `report-${serial}.tar`);
  const { report, sha256 } = await sealReport(theCase, signing, path);
  return { report, sha256, verified: verifyReport(path) };
}

const codes = (verified: ReturnType<typeof verifyReport>) => verified.problems.map(({ code }) => code);

/** Does everything that the case asks for. */
function settleAll(theCase: Case): void {
  const seed = seedIn(theCase, 'hex0-seed');
  const ranges = [{ offset: 0, length: seed.seed.size }];
  annotate(theCase, seed, [{ ranges, kind: 'explained', label: 'all of it' }]);
  const items = appliedKit(theCase).description.checklist;
  for (const { id } of items) answerItem(theCase, items, id, { answer: 'done', note: '' });
}

describe('signing a case in roles', { concurrency: false }, () => {
  before(() => cases.make());

  test('several people sign one case, each with a key and a role; one of them seals it', async () => {
    using theCase = cases.open();
    await assert.rejects(signOff(theCase, jon), withCode('sign-off.blocked'));
    const signed = await signOff(theCase, jon, { notProved: true });
    assert.deepEqual([signed.as, signed.open, signed.by], ['not-proved', 2, 'jon']);
    assert.equal((await signOff(theCase, jon, { notProved: true })).seq, signed.seq);
    const { report, verified } = await sealed(theCase);
    assert.deepEqual(codes(verified), []);
    assert.deepEqual(
      report.signers.map(({ role, identity, as, seals }) => [role, identity, as, seals]),
      [
        ['reviewer', 'jon', 'not-proved', false],
        ['auditor', 'ines', 'not-proved', true],
      ],
    );
    assert.deepEqual(
      verified.signatures.map(({ role, identity, valid, over }) => [role, identity, valid, over]),
      [
        ['auditor', 'ines', true, 'report'],
        ['reviewer', 'jon', true, 'log'],
      ],
    );
  });

  test('evidence that comes after a sign-off voids it, and the report says so', async () => {
    using theCase = cases.open();
    await signOff(theCase, jon, { notProved: true });
    setScope(theCase, 'One more thing.');
    const { report, verified } = await sealed(theCase);
    assert.deepEqual(codes(verified), []);
    assert.deepEqual(
      report.signers.map(({ identity }) => identity),
      ['ines'],
    );
    const lapsed = report.lapsed.find(({ identity }) => identity === 'jon');
    assert.deepEqual([lapsed?.state, lapsed?.after?.events], ['void', 1]);
    const again = await signOff(theCase, jon, { notProved: true });
    assert.equal(again.seq, theCase.log.head.size);
  });

  test('a case in which nothing is open is signed as proved, and the same case gives the same bytes', async () => {
    using theCase = cases.open();
    settleAll(theCase);
    assert.deepEqual(overviewOf(theCase).open, []);
    assert.equal((await signOff(theCase, jon)).as, 'proved');
    const first = await sealed(theCase);
    assert.deepEqual(codes(first.verified), []);
    assert.ok(first.report.signers.every(({ as }) => as === 'proved'));
    assert.equal((await sealed(theCase)).sha256, first.sha256);
  });

  test('one key cannot stand in two roles', async () => {
    using theCase = cases.open();
    await signOff(theCase, jon, { notProved: true });
    const second: Signing = { ...jon, role: 'compliance' };
    await assert.rejects(signOff(theCase, second, { notProved: true }), withCode('sign-off.one-key'));
    await appendSignOff(theCase, second, theCase.log.head.size, 'not-proved');
    assert.deepEqual(codes((await sealed(theCase)).verified), ['sign-off.one-key']);
  });

  test('a sign-off over another log, or as proved with something open, is found out', async () => {
    using moved = cases.open();
    await appendSignOff(moved, jon, 3, 'not-proved');
    assert.deepEqual(codes((await sealed(moved)).verified), ['sign-off.bad-signature']);
    using bold = cases.open();
    await appendSignOff(bold, jon, bold.log.head.size, 'proved');
    assert.deepEqual(codes((await sealed(bold)).verified), ['sign-off.not-derived']);
  });

  test('an event of the review that cannot be is a problem of the report', async () => {
    using theCase = cases.open();
    theCase.log.append({ type: 'annotation-removed', id: '0123456789ab' });
    assert.deepEqual(codes((await sealed(theCase)).verified), ['review.impossible']);
  });

  test('the overview says what is open, in order, and what resolves it', async () => {
    using fresh = createCase(join(folder, 'fresh'), 'fresh', '0', { clock, by: 'Ines' });
    assert.deepEqual(
      overviewOf(fresh).open.map(({ code }) => code),
      ['case.no-kit'],
    );
    using theCase = cases.open();
    const open = () => overviewOf(theCase).open.map(({ code }) => code);
    assert.deepEqual(open(), ['seed.unexplained', 'checklist.open']);
    const seed = seedIn(theCase, 'hex0-seed');
    annotate(theCase, seed, [{ ranges: [{ offset: 4, length: 2 }], kind: 'concern', label: 'odd' }]);
    const { key } = raiseFinding(theCase, { severity: 'low', message: 'odd', where: 'src' });
    assert.deepEqual(open(), ['finding.open', 'seed.unexplained', 'seed.open-concern', 'checklist.open']);
    const [first, second] = overviewOf(theCase).open;
    assert.deepEqual(first?.items, ['F-01']);
    assert.deepEqual(second?.items, ['hex0-seed', '0x0-0x113']);
    assert.match(first?.action.command ?? '', /^assay finding list \//);
    resolveFinding(theCase, key, 'it is not');
    undo(theCase, theCase.log.of('seed-annotated')[0]?.seq);
    assert.deepEqual(open(), ['seed.unexplained', 'checklist.open']);
  });
});

/** Adds a sign-off as nobody should: over the log as it was after `size` events. */
async function appendSignOff(
  theCase: Case,
  { signer, role, identity }: Signing,
  size: number,
  as: 'proved' | 'not-proved',
): Promise<void> {
  const head = size === theCase.log.head.size ? theCase.log.head : { size, root: 'a'.repeat(64) };
  const text = signOffText(theCase.id, head, { role, identity, as, open: 0 });
  const signature = await signer.signMessage(SIGN_OFF_NAMESPACE, Buffer.from(text));
  const { fingerprint, publicKey } = signer;
  theCase.log.append(
    {
      type: 'signed-off',
      role,
      identity,
      fingerprint,
      publicKey,
      demonstration: false,
      as,
      open: 0,
      signature,
    },
    undefined,
    identity,
  );
}
