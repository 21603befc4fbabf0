import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sha256Of } from '../../../../main/engine/base/index.ts';
import {
  addSignature,
  checkSeal,
  generateDemonstrationKey,
  loadSigner,
  packReport,
  parseAllowedSigners,
  parsePublicKeyLine,
  type ReportFile,
  readReport,
  reportFile,
  type SealCheck,
  sealReport,
  signatureName,
} from '../../../../main/engine/report/seal/index.ts';
import { withCode } from '../../../support/errors.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { run, sshKey, succeeds } from './support.ts';

const folder = temporaryFolder();
const { signer } = generateDemonstrationKey();
const second = generateDemonstrationKey().signer;
const files = [reportFile('report.html', '<p>reproduced</p>\n'), reportFile('steps/1/stdout', '')];
const signers = [{ role: 'auditor', signer }] as const;

let serial = 0;
function newPath(): string {
  serial += 1;
  return join(folder, `${serial}.assay`);
}

async function sealed(list: Iterable<ReportFile> = files): Promise<string> {
  const path = newPath();
  await sealReport(path, { folder: 'case', files: list, signers });
  return path;
}

function check(path: string): SealCheck {
  using report = readReport(path);
  return checkSeal(report);
}

function codes(path: string): string[] {
  return check(path).problems.map(problem => problem.code);
}

/** Writes the files of a report anew as a container that is right, after `change` had its way with them. */
function rewritten(path: string, change: (content: Map<string, Buffer>) => void): string {
  const content = new Map<string, Buffer>();
  {
    using report = readReport(path);
    for (const name of report.entries.keys()) content.set(name, report.read(name));
  }
  change(content);
  const target = newPath();
  const list = [...content].map(([name, bytes]) => reportFile(name, bytes));
  writeFileSync(target, Buffer.concat([...packReport('case', list)]));
  return target;
}

/** Changes one byte of a file in place, calls `look`, and changes it back. */
function withByte(fd: number, at: number, was: number, mask: number, look: () => void): void {
  writeSync(fd, Buffer.of(was ^ mask), 0, 1, at);
  look();
  writeSync(fd, Buffer.of(was), 0, 1, at);
}

describe('a sealed report', () => {
  it('is whole and says who signed it', async () => {
    const path = await sealed();
    const { problems, signatures } = check(path);
    assert.deepEqual(problems, []);
    const publicKey = parsePublicKeyLine(signer.publicKey);
    assert.deepEqual(signatures, [
      {
        file: signatureName('auditor', publicKey),
        role: 'auditor',
        fingerprint: signer.fingerprint,
        publicKey: signer.publicKey,
        valid: true,
      },
    ]);
  });

  it('has the same bytes each time, and says their hash', async () => {
    const [one, two] = [newPath(), newPath()];
    const written = await sealReport(one, { folder: 'case', files, signers });
    await sealReport(two, { folder: 'case', files: [...files].reverse(), signers });
    const bytes = readFileSync(one);
    assert.deepEqual(bytes, readFileSync(two));
    assert.equal(written.sha256, sha256Of(bytes));
    assert.equal(written.size, bytes.length);
  });

  it('is broken by every change of any one byte', async () => {
    const path = await sealed();
    const bytes = readFileSync(path);
    const fd = openSync(path, 'r+');
    for (const [at, was] of bytes.entries()) {
      const mask = 1 << (at % 8);
      withByte(fd, at, was, mask, () => assert.notDeepEqual(codes(path), [], `byte ${at} mask ${mask}`));
    }
    closeSync(fd);
    assert.deepEqual(codes(path), []);
  });

  it('is broken by every truncation and by whatever is appended', async () => {
    const path = await sealed();
    const size = readFileSync(path).length;
    const copy = newPath();
    for (const more of [Buffer.alloc(1), Buffer.alloc(512), Buffer.alloc(10_240), Buffer.from('x')]) {
      copyFileSync(path, copy);
      appendFileSync(copy, more);
      assert.deepEqual(codes(copy), ['report.trailing-bytes']);
    }
    copyFileSync(path, copy);
    for (let length = size - 1; length >= 0; length -= 1) {
      truncateSync(copy, length);
      assert.ok(codes(copy).includes('report.truncated'), `cut to ${length}`);
    }
  });

  it('is broken by changes anywhere in a larger one', async () => {
    const many = Array.from({ length: 300 }, (_, i) => reportFile(`objects/${i}`, Buffer.alloc(i * 40, i)));
    const path = await sealed([...many, reportFile('large', Buffer.alloc(3 << 20, 7))]);
    const bytes = readFileSync(path);
    const fd = openSync(path, 'r+');
    for (let n = 0; n < 150; n += 1) {
      const [at, mask] = [randomInt(bytes.length), 1 << randomInt(8)];
      withByte(fd, at, bytes[at] ?? 0, mask, () =>
        assert.notDeepEqual(codes(path), [], `byte ${at} mask ${mask}`),
      );
    }
    closeSync(fd);
    assert.deepEqual(codes(path), []);
  });

  it('can be checked without Assay, by tar, sha256sum and ssh-keygen', async () => {
    const key = sshKey(folder, 'auditor', '-t', 'ed25519');
    const path = newPath();
    const own = [{ role: 'auditor', signer: await loadSigner(key) }] as const;
    const { signatures } = await sealReport(path, { folder: 'unpacked', files, signers: own });
    run('tar', ['-C', folder, '-xf', path]);
    const unpacked = join(folder, 'unpacked');
    const sums = readFileSync(join(unpacked, 'SHA256SUMS'));
    run('sh', ['-c', 'cd "$0" && sha256sum --strict -c SHA256SUMS', unpacked]);
    const allowed = `auditor@example.org namespaces="assay-report" ${readFileSync(`${key}.pub`, 'utf8')}`;
    const list = join(folder, 'allowed_signers');
    writeFileSync(list, allowed);
    const signature = join(unpacked, signatures[0] ?? '');
    const args = [
      '-Y',
      'verify',
      '-f',
      list,
      '-I',
      'auditor@example.org',
      '-n',
      'assay-report',
      '-s',
      signature,
    ];
    run('ssh-keygen', args, sums);
    assert.ok(!succeeds('ssh-keygen', args, `${sums}\n`));
    const [found] = check(path).signatures;
    const publicKey = parsePublicKeyLine(found?.publicKey ?? '');
    const { principals } = parseAllowedSigners(allowed).findPrincipals(publicKey, 'assay-report', new Date());
    assert.deepEqual(principals, ['auditor@example.org']);
  });
});

describe('a report that was put together anew', () => {
  const auditor = signatureName('auditor', parsePublicKeyLine(signer.publicKey));
  const changes: Record<string, [(content: Map<string, Buffer>) => void, string[]]> = {
    'with a changed file': [map => map.set('report.html', Buffer.from('x')), ['seal.wrong-hash']],
    'without a file': [map => map.delete('report.html'), ['seal.file-missing']],
    'with a file more': [map => map.set('extra', Buffer.from('x')), ['seal.unlisted']],
    'without the list': [map => map.delete('SHA256SUMS'), ['seal.no-sums']],
    'without a signature': [map => map.delete(auditor), ['seal.no-signature']],
    'with a changed file and list': [
      map => {
        map.set('report.html', Buffer.from('x'));
        const list = ['report.html', 'steps/1/stdout'];
        const lines = list.map(name => `${sha256Of(map.get(name) ?? '')}  ${name}\n`);
        map.set('SHA256SUMS', Buffer.from(lines.join('')));
      },
      ['seal.bad-signature'],
    ],
    'with a list in another order': [
      map => {
        const lines = `${map.get('SHA256SUMS')}`.trimEnd().split('\n').reverse();
        map.set('SHA256SUMS', Buffer.from(`${lines.join('\n')}\n`));
      },
      ['sums.malformed', 'seal.bad-signature'],
    ],
    'with a signature under the name of another key': [
      map => {
        map.set('signatures/auditor-0123456789abcdef.sig', map.get(auditor) ?? Buffer.alloc(0));
        map.delete(auditor);
      },
      ['seal.signature-name'],
    ],
    'with a signature that has no role': [
      map => map.set('signatures/king-0123456789abcdef.sig', Buffer.from('x')),
      ['seal.signature-name'],
    ],
    'with a signature that is none': [map => map.set(auditor, Buffer.from('x')), ['sshsig.malformed']],
    'with a signature that is far too long': [
      map => map.set(auditor, Buffer.alloc(100_000, 'x')),
      ['report.file-too-large'],
    ],
    'with an empty list': [
      map => map.set('SHA256SUMS', Buffer.alloc(0)),
      ['seal.unlisted', 'seal.unlisted', 'seal.bad-signature'],
    ],
    'with a list that names a file too many': [
      map => map.set('SHA256SUMS', Buffer.from(`${map.get('SHA256SUMS')}${'0'.repeat(64)}  zz\n`)),
      ['seal.file-missing', 'seal.bad-signature'],
    ],
    'with a list that does not end': [
      map => map.set('SHA256SUMS', (map.get('SHA256SUMS') ?? Buffer.alloc(0)).subarray(0, -1)),
      ['sums.malformed', 'seal.unlisted', 'seal.bad-signature'],
    ],
  };
  for (const [name, [change, expected]] of Object.entries(changes)) {
    it(`${name} is not whole`, async () => {
      assert.deepEqual(codes(rewritten(await sealed(), change)), expected);
    });
  }

  it('with a list that names signatures or itself is not whole though it is signed', async () => {
    for (const name of ['SHA256SUMS', auditor]) {
      const sums = Buffer.from(`${sha256Of('x')}  ${name}\n`);
      const armored = await signer.signMessage('assay-report', sums);
      const list = [reportFile('SHA256SUMS', sums), reportFile(auditor, armored)];
      const path = newPath();
      writeFileSync(path, Buffer.concat([...packReport('case', list)]));
      assert.deepEqual(codes(path), ['seal.listed-wrongly']);
    }
  });

  it('with a signature made for another purpose is not whole', async () => {
    const path = await sealed();
    using report = readReport(path);
    const armored = Buffer.from(await signer.signMessage('git', report.read('SHA256SUMS')));
    const { problems, signatures } = check(rewritten(path, map => map.set(auditor, armored)));
    assert.deepEqual(
      problems.map(problem => problem.code),
      ['seal.bad-signature'],
    );
    assert.deepEqual(
      signatures.map(signature => signature.valid),
      [false],
    );
  });
});

describe('countersigning', () => {
  it('adds a file and changes no other', async () => {
    const path = await sealed();
    const out = newPath();
    const { signatures } = await addSignature(path, out, 'countersignature', second);
    using before = readReport(path);
    using after = readReport(out);
    assert.deepEqual(checkSeal(after).problems, []);
    assert.deepEqual(
      checkSeal(after).signatures.map(({ role, fingerprint, valid }) => [role, fingerprint, valid]),
      [
        ['auditor', signer.fingerprint, true],
        ['countersignature', second.fingerprint, true],
      ],
    );
    assert.deepEqual(
      [...after.entries.keys()].filter(name => !before.entries.has(name)),
      signatures,
    );
    for (const name of before.entries.keys()) assert.deepEqual(after.read(name), before.read(name));
  });

  it('can replace the report itself', async () => {
    const path = await sealed();
    await addSignature(path, path, 'reviewer', second);
    assert.equal(check(path).signatures.length, 2);
    await addSignature(path, path, 'compliance', second);
    assert.deepEqual(codes(path), []);
  });

  it('refuses a broken report, a second signature of the same kind, and to lose another file', async () => {
    const path = await sealed();
    const out = newPath();
    const broken = rewritten(path, map => map.set('report.html', Buffer.from('x')));
    await assert.rejects(addSignature(broken, out, 'reviewer', second), withCode('report.seal-broken'));
    await assert.rejects(addSignature(path, out, 'auditor', signer), withCode('report.already-signed'));
    assert.ok(!existsSync(out));
    writeFileSync(out, 'precious');
    const unasked = { ...second, signMessage: async () => assert.fail('the key was asked in vain') };
    await assert.rejects(addSignature(path, out, 'reviewer', unasked), withCode('report.exists'));
    assert.equal(readFileSync(out, 'utf8'), 'precious');
  });
});

describe('sealing', () => {
  it('leaves nothing behind when it fails or is stopped', async () => {
    const target = join(temporaryFolder(), 'report');
    const changing: ReportFile = { name: 'a', size: 1, chunks: () => [Buffer.of(randomInt(256), 2)] };
    const stopped = { signal: AbortSignal.abort() };
    const failing = { ...signer, signMessage: async () => assert.fail('the key is gone') };
    const attempts: [ReportFile[], typeof signer, object, RegExp][] = [
      [[changing], signer, {}, /changed/],
      [files, signer, stopped, /stopped/],
      [files, failing, {}, /the key is gone/],
    ];
    for (const [list, by, options, message] of attempts) {
      const sealing = { folder: 'case', files: list, signers: [{ role: 'auditor', signer: by }] } as const;
      await assert.rejects(sealReport(target, sealing, options), message);
    }
    assert.deepEqual(readdirSync(join(target, '..')), []);
  });

  it('refuses to overwrite, to write without a signature, and names that are its own', async () => {
    const path = await sealed();
    const before = readFileSync(path);
    await assert.rejects(sealReport(path, { folder: 'case', files, signers }), withCode('report.exists'));
    assert.deepEqual(readFileSync(path), before);
    const none = sealReport(newPath(), { folder: 'case', files, signers: [] });
    await assert.rejects(none, withCode('report.no-signer'));
    for (const name of ['SHA256SUMS', 'signatures/x', '../x']) {
      const sealing = { folder: 'case', files: [reportFile(name, '')], signers };
      await assert.rejects(sealReport(newPath(), sealing), withCode('report.bad-name'));
    }
  });

  it('says when the folder is not there', async () => {
    const sealing = sealReport(join(folder, 'no', 'report'), { folder: 'case', files, signers });
    await assert.rejects(sealing, withCode('report.cannot-write'));
  });

  it('reads a source whose hash is known once, and another twice', async () => {
    const reads: string[] = [];
    const source = (name: string, sha256?: string): ReportFile => ({
      name,
      size: 1,
      ...(sha256 && { sha256 }),
      chunks: () => {
        reads.push(name);
        return ['x'].map(text => Buffer.from(text));
      },
    });
    const path = await sealed([source('known', sha256Of('x')), source('unknown')]);
    assert.deepEqual(reads.sort(), ['known', 'unknown', 'unknown']);
    assert.deepEqual(codes(path), []);
  });
});
