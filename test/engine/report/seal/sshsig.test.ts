import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { AssayError } from '../../../../main/engine/base/index.ts';
import { generateDemonstrationKey, parsePublicKeyLine } from '../../../../main/engine/report/seal/index.ts';
import {
  armorSignature,
  parseSshSignature,
  sshsigMessage,
  verifySshSignature,
} from '../../../../main/engine/report/seal/sshsig.ts';
import { u32, WireReader, wireString } from '../../../../main/engine/report/seal/wire.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { run, sshKey, sshSign, sshVerify } from './support.ts';

const folder = temporaryFolder();
const message = Buffer.from('what is signed\n');

/** Whether an armored text is accepted as a signature over the message. */
function accepted(armored: string): boolean {
  try {
    return verifySshSignature(parseSshSignature(armored), 'n', message);
  } catch (error) {
    assert.ok(error instanceof AssayError);
    return false;
  }
}

function flipped(text: string, at: number, mask: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ mask) + text.slice(at + 1);
}

describe('signatures that ssh-keygen makes', () => {
  for (const [name, ...args] of [
    ['ed25519', '-t', 'ed25519'],
    ['rsa2048', '-t', 'rsa', '-b', '2048'],
    ['rsa3072', '-t', 'rsa', '-b', '3072'],
    ['p256', '-t', 'ecdsa', '-b', '256'],
    ['p384', '-t', 'ecdsa', '-b', '384'],
    ['p521', '-t', 'ecdsa', '-b', '521'],
  ] as const) {
    it(`are accepted and written back the same: ${name}`, () => {
      const path = sshKey(folder, name, ...args);
      for (const hash of ['sha256', 'sha512'] as const) {
        const args = ['-Y', 'sign', '-q', '-n', 'n', '-O', `hashalg=${hash}`, '-f', path];
        const armored = run('ssh-keygen', args, message).toString();
        const parsed = parseSshSignature(armored);
        assert.equal(parsed.hash, hash);
        assert.equal(armorSignature(parsed), armored);
        assert.ok(verifySshSignature(parsed, 'n', message));
        assert.ok(!verifySshSignature(parsed, 'm', message));
        assert.ok(!verifySshSignature(parsed, 'n', Buffer.from('something else')));
      }
    });

    it(`are refused when any byte of them is another: ${name}`, () => {
      const armored = sshSign(`${folder}/${name}`, 'n', message);
      assert.ok(accepted(armored));
      for (let at = 0; at < armored.length; at += 1) {
        assert.ok(!accepted(flipped(armored, at, 1 << (at % 8))), `byte ${at}`);
        assert.ok(!accepted(armored.slice(0, at)), `cut to ${at}`);
        assert.ok(!accepted(`${armored.slice(0, at)}\n${armored.slice(at)}`), `line feed at ${at}`);
      }
      for (const more of ['\n', ' ', 'x', '\0']) assert.ok(!accepted(armored + more));
    });
  }
});

describe('signatures that Assay makes', () => {
  it('are refused when any byte becomes any other', async () => {
    const armored = await generateDemonstrationKey().signer.signMessage('n', message);
    assert.ok(accepted(armored));
    for (let at = 0; at < armored.length; at += 1) {
      for (let mask = 1; mask < 256; mask += 1) assert.ok(!accepted(flipped(armored, at, mask)));
    }
  });

  it('are accepted by ssh-keygen for messages of any length', async () => {
    const { signer } = generateDemonstrationKey();
    for (const size of [0, 1, 127, 128, 100_000]) {
      const bytes = Buffer.alloc(size, 'x');
      const armored = await signer.signMessage('assay-report', bytes);
      assert.ok(sshVerify(folder, `me ${signer.publicKey}\n`, 'me', 'assay-report', armored, bytes));
      assert.ok(!sshVerify(folder, `me ${signer.publicKey}\n`, 'me', 'other', armored, bytes));
    }
  });
});

describe('ECDSA signatures', () => {
  it('have one form only: no number with a zero in front, none that is negative, none too long', () => {
    const path = `${folder}/p256`;
    for (let tries = 0; tries < 100; tries += 1) {
      const parsed = parseSshSignature(sshSign(path, 'n', message));
      const reader = new WireReader(parsed.signature, text => new Error(text));
      const [name, numbers] = [reader.string(), new WireReader(reader.string(), text => new Error(text))];
      const [r, s] = [numbers.string(), numbers.string()];
      if (r.length > 32) continue;
      const armor = (first: Buffer) => {
        const both = Buffer.concat([wireString(first), wireString(s)]);
        return armorSignature({ ...parsed, signature: Buffer.concat([wireString(name), wireString(both)]) });
      };
      assert.ok(accepted(armor(r)));
      for (const zeros of [1, 2, 40]) assert.ok(!accepted(armor(Buffer.concat([Buffer.alloc(zeros), r]))));
      const negative = Buffer.from(r);
      negative[0] = (negative[0] ?? 0) | 0x80;
      assert.ok(!accepted(armor(negative)));
      assert.ok(!accepted(armor(Buffer.alloc(0))));
      return;
    }
    assert.fail('no signature had a small number');
  });
});

describe('signatures of FIDO keys', () => {
  /** Signs as an authenticator would (OpenSSH PROTOCOL.u2f). */
  function fido(
    privateKey: KeyObject,
    hash: 'sha256' | null,
    flags: number,
  ): { tail: Buffer; bytes: Buffer } {
    const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
    const tail = Buffer.concat([Buffer.of(flags), u32(7)]);
    const signed = Buffer.concat([sha256('ssh:'), tail, sha256(sshsigMessage('n', message))]);
    return { tail, bytes: sign(hash, signed, { key: privateKey, dsaEncoding: 'ieee-p1363' }) };
  }
  const mpint = (bytes: Buffer) => {
    const short = bytes.subarray(bytes.findIndex(byte => byte !== 0));
    return wireString((short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short);
  };
  const jwk = (key: KeyObject, name: 'x' | 'y') =>
    Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');

  it('of type ed25519-sk are accepted as ssh-keygen accepts them', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const type = 'sk-ssh-ed25519@openssh.com';
    const blob = Buffer.concat([type, jwk(publicKey, 'x'), 'ssh:'].map(part => wireString(part)));
    const { tail, bytes } = fido(privateKey, null, 1);
    checkFido(type, blob, Buffer.concat([wireString(type), wireString(bytes), tail]));
  });

  it('of type ecdsa-sk are accepted as ssh-keygen accepts them', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const type = 'sk-ecdsa-sha2-nistp256@openssh.com';
    const point = Buffer.concat([Buffer.of(4), jwk(publicKey, 'x'), jwk(publicKey, 'y')]);
    const blob = Buffer.concat([type, 'nistp256', point, 'ssh:'].map(part => wireString(part)));
    const { tail, bytes } = fido(privateKey, 'sha256', 1);
    const numbers = Buffer.concat([mpint(bytes.subarray(0, 32)), mpint(bytes.subarray(32))]);
    checkFido(type, blob, Buffer.concat([wireString(type), wireString(numbers), tail]));
  });

  function checkFido(type: string, blob: Buffer, signature: Buffer): void {
    const publicKey = parsePublicKeyLine(`${type} ${blob.toString('base64')}`);
    const armor = (bytes: Buffer) =>
      armorSignature({ publicKey, namespace: 'n', hash: 'sha512', signature: bytes });
    assert.ok(accepted(armor(signature)));
    assert.ok(sshVerify(folder, `me ${publicKey.line}\n`, 'me', 'n', armor(signature), message));
    for (let at = 0; at < signature.length; at += 1) {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.ok(!accepted(armor(changed)), `byte ${at}`);
    }
  }
});

describe('public keys', () => {
  it('never make anything but an Assay error or a key out of damaged bytes', () => {
    for (const name of ['ed25519', 'rsa2048', 'p256', 'p384', 'p521']) {
      const [type = '', base64 = ''] = readFileSync(`${folder}/${name}.pub`, 'utf8').split(' ');
      const blob = Buffer.from(base64, 'base64');
      const signature = parseSshSignature(sshSign(`${folder}/${name}`, 'n', message)).signature;
      for (let at = 0; at < blob.length; at += 1) {
        const changed = Buffer.from(blob);
        changed[at] = (changed[at] ?? 0) ^ 1;
        try {
          const publicKey = parsePublicKeyLine(`${type} ${changed.toString('base64')}`);
          const parsed = { publicKey, namespace: 'n', hash: 'sha512', signature } as const;
          assert.ok(!verifySshSignature(parsed, 'n', message), `${name} byte ${at}`);
        } catch (error) {
          assert.match((error as { code: string }).code, /^key\./, `${name} byte ${at}`);
        }
      }
    }
  });
});
