import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  generateDemonstrationKey,
  loadSigner,
  parsePublicKeyLine,
  parseSshSignature,
  verifySshSignature,
} from '../../../../main/engine/report/seal/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { run, sshKey, sshSign } from './support.ts';

const folder = temporaryFolder();
const message = Buffer.from('what is signed\n');
const secret = 'correct horse – zażółć';
const answer = async () => secret;

/** Replaces the base64 body of a key file by what `change` makes of its bytes. */
function rewritten(path: string, name: string, change: (bytes: Buffer) => Buffer): string {
  const [begin = '', ...rest] = readFileSync(path, 'latin1').trimEnd().split('\n');
  const bytes = Buffer.from(rest.slice(0, -1).join(''), 'base64');
  const target = join(folder, name);
  writeFileSync(target, `${begin}\n${change(bytes).toString('base64')}\n${rest.at(-1)}\n`, { mode: 0o600 });
  return target;
}

describe('loading an Ed25519 key', () => {
  it('reads what ssh-keygen writes and says the same of it', async () => {
    const path = sshKey(folder, 'plain', '-t', 'ed25519');
    const signer = await loadSigner(path);
    const [type, base64] = readFileSync(`${path}.pub`, 'utf8').split(' ');
    assert.equal(signer.publicKey, `${type} ${base64}`);
    assert.equal(signer.fingerprint, run('ssh-keygen', ['-lf', path]).toString().split(' ')[1]);
    assert.equal(signer.keyType, 'ssh-ed25519');
    assert.deepEqual(signer.warnings, []);
    assert.equal(await signer.signMessage('a-namespace', message), sshSign(path, 'a-namespace', message));
  });

  for (const cipher of [undefined, 'aes256-ctr', 'aes256-cbc', 'aes256-gcm@openssh.com']) {
    it(`opens a key protected by ${cipher ?? "ssh-keygen's own choice"}`, async () => {
      const name = `protected-${cipher}`;
      const cost = cipher ? ['-a', '3', '-Z', cipher] : [];
      const path = sshKey(folder, name, '-t', 'ed25519', '-N', secret, ...cost);
      const signer = await loadSigner(path, { passphrase: answer });
      assert.equal(`${signer.publicKey} a comment\n`, readFileSync(`${path}.pub`, 'utf8'));
      const wrong = loadSigner(path, { passphrase: async () => 'wrong' });
      await assert.rejects(wrong, { code: 'key.wrong-passphrase', kind: 'input' });
      await assert.rejects(loadSigner(path, { passphrase: async () => '' }), {
        code: 'key.wrong-passphrase',
      });
      await assert.rejects(loadSigner(path), { code: 'key.no-passphrase' });
    });
  }

  it('opens two protected keys at the same time', async () => {
    const path = sshKey(folder, 'twice', '-t', 'ed25519', '-N', secret, '-a', '3');
    const [one, two] = await Promise.all([1, 2].map(() => loadSigner(path, { passphrase: answer })));
    assert.equal(one?.publicKey, two?.publicKey);
  });

  it('can be stopped while it works on a passphrase', async () => {
    const path = sshKey(folder, 'slow', '-t', 'ed25519', '-N', secret, '-a', '3');
    const slow = rewritten(path, 'slower', bytes => withRounds(bytes, 1000));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    await assert.rejects(loadSigner(slow, { passphrase: answer, signal: stop.signal }), {
      code: 'task.stopped',
    });
  });

  it('does not run as many rounds as a hostile file asks for', async () => {
    const path = sshKey(folder, 'hostile', '-t', 'ed25519', '-N', secret, '-a', '3');
    const hostile = rewritten(path, 'hostile-rounds', bytes => withRounds(bytes, 0xffffffff));
    const asked = () => assert.fail('the passphrase was asked for in vain');
    await assert.rejects(loadSigner(hostile, { passphrase: asked }), { code: 'key.too-many-rounds' });
  });

  it('names ciphers it does not read', async () => {
    const path = sshKey(
      folder,
      'chacha',
      '-t',
      'ed25519',
      '-N',
      secret,
      '-Z',
      'chacha20-poly1305@openssh.com',
    );
    await assert.rejects(loadSigner(path, { passphrase: answer }), { code: 'key.cipher-unknown' });
  });

  it('warns of a file that others can read', async () => {
    const path = sshKey(folder, 'open', '-t', 'ed25519');
    chmodSync(path, 0o640);
    assert.deepEqual(
      (await loadSigner(path)).warnings.map(warning => warning.code),
      ['key.open-to-others'],
    );
  });

  it('refuses every change of a byte that matters, and every truncation', async () => {
    const path = sshKey(folder, 'damaged', '-t', 'ed25519');
    const body = Buffer.from(readFileSync(path, 'latin1').split('\n').slice(1, -2).join(''), 'base64');
    const comment = body.indexOf('a comment');
    for (let at = 0; at < body.length; at += 1) {
      const flipped = rewritten(path, 'flipped', bytes => {
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      });
      const result = await loadSigner(flipped).catch((error: { code: string }) => error);
      // The comment is the one thing nothing depends on.
      const harmless = at >= comment && at < comment + 'a comment'.length;
      assert.equal('publicKey' in result, harmless, `byte ${at}`);
      if ('code' in result) assert.match(result.code, /^key\./, `byte ${at}`);
      const cut = rewritten(path, 'cut', bytes => bytes.subarray(0, at));
      await assert.rejects(loadSigner(cut), /damaged|neither/, `cut to ${at}`);
    }
  });
});

/** Changes the number of rounds, which stands at the end of the KDF options of 24 bytes. */
function withRounds(bytes: Buffer, rounds: number): Buffer {
  bytes.writeUInt32BE(rounds, bytes.indexOf('bcrypt') + 'bcrypt'.length + 4 + 20);
  return bytes;
}

describe('a demonstration key', () => {
  it('signs, and its file is one that ssh-keygen and Assay read', async () => {
    const { signer, file } = generateDemonstrationKey();
    const path = join(folder, 'demonstration');
    writeFileSync(path, file, { mode: 0o600 });
    assert.equal(run('ssh-keygen', ['-yf', path]).toString(), `${signer.publicKey} demonstration\n`);
    const read = await loadSigner(path);
    assert.equal(await read.signMessage('n', message), await signer.signMessage('n', message));
    assert.equal(sshSign(path, 'n', message), await signer.signMessage('n', message));
    assert.notEqual(generateDemonstrationKey().signer.publicKey, signer.publicKey);
  });
});

describe('signing with ssh-keygen', () => {
  for (const [name, ...args] of [
    ['rsa', '-t', 'rsa', '-b', '2048'],
    ['p256', '-t', 'ecdsa', '-b', '256'],
    ['p384', '-t', 'ecdsa', '-b', '384'],
    ['p521', '-t', 'ecdsa', '-b', '521'],
  ] as const) {
    it(`lets it sign with a key of type ${name}`, async () => {
      const path = sshKey(folder, name, ...args);
      const signer = await loadSigner(path);
      assert.equal(signer.raw, null);
      const parsed = parseSshSignature(await signer.signMessage('n', message));
      assert.ok(verifySshSignature(parsed, 'n', message));
      assert.equal(parsed.publicKey.line, signer.publicKey);
    });
  }

  it('finds the private part beside a public key', async () => {
    const path = sshKey(folder, 'beside', '-t', 'ed25519');
    const signer = await loadSigner(`${path}.pub`);
    assert.equal(signer.raw, null);
    assert.equal(await signer.signMessage('n', message), sshSign(path, 'n', message));
  });

  it('finds the private part in an agent', async t => {
    const path = sshKey(folder, 'agent', '-t', 'ed25519');
    const expected = sshSign(path, 'n', message);
    const socket = join(folder, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    const before = process.env.SSH_AUTH_SOCK;
    t.after(() => {
      agent.kill();
      if (before === undefined) delete process.env.SSH_AUTH_SOCK;
      else process.env.SSH_AUTH_SOCK = before;
    });
    await new Promise(resolve => agent.stdout.once('data', resolve));
    process.env.SSH_AUTH_SOCK = socket;
    run('ssh-add', ['-q', path]);
    renameSync(path, join(folder, 'elsewhere'));
    assert.equal(await (await loadSigner(`${path}.pub`)).signMessage('n', message), expected);
  });

  it('says why it could not sign', async () => {
    const path = sshKey(folder, 'gone', '-t', 'ed25519');
    renameSync(path, join(folder, 'gone-elsewhere'));
    const signer = await loadSigner(`${path}.pub`);
    await assert.rejects(signer.signMessage('n', message), { code: 'key.signing-failed', kind: 'input' });
  });

  it('says when ssh-keygen is not there', async () => {
    const path = sshKey(folder, 'no-program', '-t', 'ed25519');
    const signer = await loadSigner(`${path}.pub`, { sshKeygen: join(folder, 'no-such-program') });
    await assert.rejects(signer.signMessage('n', message), { code: 'key.no-ssh-keygen', kind: 'machine' });
  });

  it('believes no signature that is not by the key or not over the message', async () => {
    const path = sshKey(folder, 'believed', '-t', 'ed25519');
    const other = sshKey(folder, 'other', '-t', 'ed25519');
    for (const armored of [sshSign(other, 'n', message), sshSign(path, 'n', 'other'), 'nothing']) {
      const answerFile = join(folder, 'answer');
      writeFileSync(answerFile, armored);
      const program = join(folder, 'impostor.sh');
      writeFileSync(program, `#!/bin/sh\ncat '${answerFile}'\n`, { mode: 0o755 });
      const signer = await loadSigner(`${path}.pub`, { sshKeygen: program });
      await assert.rejects(signer.signMessage('n', message), /ssh-keygen gave|not an SSH signature/);
    }
  });
});

describe('files that are no such key', () => {
  const files = {
    pem: [
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n',
      'key.not-openssh',
    ],
    text: ['hello\n', 'key.not-a-key'],
    empty: ['', 'key.not-a-key'],
    large: ['x'.repeat(70_000), 'key.not-a-key'],
    unknown: ['ssh-dss AAAAB3NzaC1kc3MAAAA=\n', 'key.type-unknown'],
    bad: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==\n', 'key.malformed'],
  } as const;
  for (const [name, [content, code]] of Object.entries(files)) {
    it(`refuses ${name} with ${code}`, async () => {
      const path = join(folder, `no-key-${name}`);
      writeFileSync(path, content);
      await assert.rejects(loadSigner(path), { code, kind: 'input' });
    });
  }

  it('refuses a file that is not there, a folder and a named pipe', async () => {
    await assert.rejects(loadSigner(join(folder, 'nowhere')), { code: 'key.none' });
    await assert.rejects(loadSigner(folder), { code: 'key.not-a-key' });
    run('mkfifo', [join(folder, 'pipe')]);
    await assert.rejects(loadSigner(join(folder, 'pipe')), { code: 'key.not-a-key' });
  });

  it('refuses RSA keys that are too short to mean anything', () => {
    const path = sshKey(folder, 'short-rsa', '-t', 'rsa', '-b', '1024');
    const line = readFileSync(`${path}.pub`, 'utf8');
    assert.throws(() => parsePublicKeyLine(line), { code: 'key.malformed' });
  });
});
