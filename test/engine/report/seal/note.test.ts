import assert from 'node:assert/strict';
import { createHash, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { checkpointBody } from '../../../../main/engine/case/index.ts';
import {
  canSignRaw,
  generateDemonstrationKey,
  noteVerifierKey,
  parseNote,
  parsePublicKeyLine,
  type RawSigner,
  signNote,
  verifyNote,
} from '../../../../main/engine/report/seal/index.ts';
import { ed25519PrivateKey } from '../../../../main/engine/report/seal/private-key.ts';
import { ed25519Blob } from '../../../../main/engine/report/seal/public-key.ts';

function demonstration(): RawSigner {
  const { signer } = generateDemonstrationKey();
  assert.ok(canSignRaw(signer));
  return signer;
}

const signer = demonstration();
const publicKey = parsePublicKeyLine(signer.publicKey);
const NAME = 'assay.invalid/key/auditor';
const body = checkpointBody('0198c5d0-0000-8000-8000-000000000000', { size: 7, root: 'ab'.repeat(32) });
const note = signNote(body, NAME, signer);

describe('the example of golang.org/x/mod/sumdb/note', () => {
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const signed = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
  const verifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const raw = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
  const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
  const key = parsePublicKeyLine(`ssh-ed25519 ${ed25519Blob(raw).toString('base64')}`);

  it('is accepted', () => {
    const parsed = parseNote(Buffer.from(signed));
    assert.equal(parsed.body, text);
    assert.ok(verifyNote(parsed, 'PeterNeumann', key));
    assert.ok(!verifyNote(parsed, 'Peterneumann', key));
    assert.equal(noteVerifierKey('PeterNeumann', key), verifier);
  });

  it('is what Assay writes with the same key', () => {
    const privateKey = ed25519PrivateKey(seed);
    const peter = {
      ...signer,
      publicKey: key.line,
      raw: (bytes: Uint8Array) => sign(null, bytes, privateKey),
    };
    assert.equal(signNote(text, 'PeterNeumann', peter), signed);
  });
});

describe('notes', () => {
  it('are written as the specification says', () => {
    const [text, line = ''] = note.split('\n\n');
    assert.equal(`${text}\n`, body);
    const [dash, name, base64 = ''] = line.trimEnd().split(' ');
    assert.deepEqual([dash, name], ['—', NAME]);
    const bytes = Buffer.from(base64, 'base64');
    const raw = publicKey.blob.subarray(-32);
    const id = createHash('sha256')
      .update(NAME)
      .update(Buffer.of(0x0a, 0x01))
      .update(raw)
      .digest()
      .subarray(0, 4);
    assert.deepEqual(bytes.subarray(0, 4), id);
    assert.ok(verify(null, Buffer.from(body), publicKey.keyObject, bytes.subarray(4)));
  });

  it('are accepted under their name and key only', () => {
    const parsed = parseNote(Buffer.from(note));
    assert.equal(parsed.body, body);
    assert.ok(verifyNote(parsed, NAME, publicKey));
    assert.ok(!verifyNote(parsed, 'other', publicKey));
    assert.ok(!verifyNote(parsed, NAME, parsePublicKeyLine(demonstration().publicKey)));
  });

  it('may have several signatures, and lines of unknown keys do no harm', () => {
    const second = demonstration();
    const line = signNote(body, 'second', second).slice(body.length + 1);
    const parsed = parseNote(Buffer.from(note + line));
    assert.ok(verifyNote(parsed, NAME, publicKey));
    assert.ok(verifyNote(parsed, 'second', parsePublicKeyLine(second.publicKey)));
  });

  it('are refused when one of two signatures by the key is wrong', () => {
    const wrong = signNote(`${body}more\n`, NAME, signer).split('\n\n')[1] ?? '';
    assert.ok(!verifyNote(parseNote(Buffer.from(note + wrong)), NAME, publicKey));
  });

  it('without a signature are a body that nobody vouches for', () => {
    const parsed = parseNote(Buffer.from(body));
    assert.deepEqual(parsed, { body, signatures: [] });
    assert.ok(!verifyNote(parsed, NAME, publicKey));
  });

  it('are refused when any byte of them is another, and when they are cut', () => {
    const bytes = Buffer.from(note);
    for (let at = 0; at < bytes.length; at += 1) {
      for (const mask of [0x01, 0x04, 0x20, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        assert.ok(!accepted(changed), `byte ${at} mask ${mask}`);
      }
      assert.ok(!accepted(bytes.subarray(0, at)), `cut to ${at}`);
    }
    for (const more of ['\n', ' ', '\0', '— x\n']) assert.ok(!accepted(Buffer.from(note + more)));
  });

  it('are refused when they are not UTF-8', () => {
    assert.throws(() => parseNote(Buffer.from([0x61, 0xff, 0x0a])), { code: 'note.malformed' });
  });

  it('cannot be made with a name or a text that would be read otherwise', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\n']) {
      assert.throws(() => signNote(body, name, signer), { code: 'note.bad-name' }, name);
    }
    for (const text of ['', 'no end', 'tab\there\n', 'lone \ud800\n']) {
      assert.throws(() => signNote(text, NAME, signer), { code: 'note.bad-body' }, text);
    }
  });

  function accepted(bytes: Uint8Array): boolean {
    try {
      return verifyNote(parseNote(bytes), NAME, publicKey);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'note.malformed');
      return false;
    }
  }
});
