import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  canSignRaw,
  generateDemonstrationKey,
  paeBytes,
  parseEnvelope,
  parsePublicKeyLine,
  parseStatement,
  publicKeyPem,
  type RawSigner,
  type StepFacts,
  signEnvelope,
  statementBytes,
  stepProvenance,
  testResult,
  verifyEnvelope,
} from '../../../../main/engine/report/seal/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { run, succeeds } from './support.ts';

const folder = temporaryFolder();
const hash = (digit: string) => digit.repeat(64);

function demonstration(): RawSigner {
  const { signer } = generateDemonstrationKey();
  assert.ok(canSignRaw(signer));
  return signer;
}

const signer = demonstration();
const publicKey = parsePublicKeyLine(signer.publicKey);

const facts: StepFacts = {
  step: 'hex0',
  argv: ['./hex0-seed', 'hex0.hex0', 'hex0'],
  environment: [['PATH', '/bin']],
  cwd: '/',
  program: { path: 'hex0-seed', sha256: hash('a') },
  inputs: [{ path: 'hex0.hex0', sha256: hash('b') }],
  outputs: [{ path: 'hex0', sha256: hash('c') }],
  assay: '0.1.0',
  invocation: 'case/1/step/1',
};
const provenance = stepProvenance(facts);
const result = testResult({
  subjects: [{ path: 'bundle', sha256: hash('d') }],
  configuration: [{ path: 'plan', sha256: hash('e') }],
  result: 'FAILED',
  passed: ['hex0'],
  warned: [],
  failed: ['closure'],
});

describe('statements', () => {
  it('say what ran, from what, and what it wrote, in the words of SLSA', () => {
    assert.equal(provenance._type, 'https://in-toto.io/Statement/v1');
    assert.equal(provenance.predicateType, 'https://slsa.dev/provenance/v1');
    assert.deepEqual(provenance.subject, [{ name: 'hex0', digest: { sha256: hash('c') } }]);
    const definition = provenance.predicate.buildDefinition;
    assert.deepEqual(definition.externalParameters, {
      step: 'hex0',
      argv: facts.argv,
      environment: [['PATH', '/bin']],
      cwd: '/',
    });
    assert.deepEqual(
      definition.resolvedDependencies.map(each => each.name),
      ['hex0-seed', 'hex0.hex0'],
    );
  });

  it('can say that a test failed', () => {
    assert.equal(result.predicateType, 'https://in-toto.io/attestation/test-result/v0.1');
    assert.equal(result.predicate.result, 'FAILED');
    assert.deepEqual(result.predicate.failedTests, ['closure']);
  });

  it('are read back as they were written', () => {
    for (const statement of [provenance, result]) {
      assert.deepEqual(parseStatement(statementBytes(statement)), statement);
    }
  });

  it('are refused without a subject', () => {
    assert.throws(() => stepProvenance({ ...facts, outputs: [] }), { code: 'statement.malformed' });
  });

  const text = statementBytes(result).toString();
  const malformed = {
    'not JSON': text.slice(0, -1),
    'not canonical': text.replace(',', ', '),
    'a field too many': text.replace('{', '{"A":1,'),
    'another type': text.replace('Statement/v1', 'Statement/v2'),
    'another predicate': text.replace('test-result/v0.1', 'test-result/v0.2'),
    'another key of the same name': text.replace('{', `{"_type":"https://in-toto.io/Statement/v1",`),
    'a hash that is none': text.replace(hash('d'), hash('D')),
  };
  for (const [name, bytes] of Object.entries(malformed)) {
    it(`are refused when they are ${name}`, () => {
      assert.throws(() => parseStatement(Buffer.from(bytes)), { code: 'statement.malformed' });
    });
  }
});

describe('envelopes', () => {
  const { envelope, pae } = signEnvelope(statementBytes(provenance), signer);

  it('encode what is signed as the DSSE protocol says', () => {
    // The example of the DSSE specification, protocol.md.
    assert.equal(
      paeBytes(Buffer.from('hello world'), 'http://example.com/HelloWorld').toString(),
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('hold the statement and verify', () => {
    const parsed = parseEnvelope(Buffer.from(envelope));
    assert.deepEqual(parseStatement(parsed.payload), provenance);
    assert.equal(parsed.signatures[0]?.keyid, signer.fingerprint);
    assert.ok(verifyEnvelope(parsed, publicKey));
    assert.ok(!verifyEnvelope(parsed, parsePublicKeyLine(demonstration().publicKey)));
    assert.deepEqual(signEnvelope(statementBytes(provenance), signer), { envelope, pae });
  });

  it('can be checked with openssl alone', () => {
    const [key, signed, signature] = ['key.pem', 'statement.pae', 'statement.sig'].map(name =>
      join(folder, name),
    );
    assert.ok(key && signed && signature);
    writeFileSync(key, publicKeyPem(signer.publicKey));
    writeFileSync(signed, pae);
    writeFileSync(signature, parseEnvelope(Buffer.from(envelope)).signatures[0]?.sig ?? '');
    const args = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      key,
      '-rawin',
      '-in',
      signed,
      '-sigfile',
      signature,
    ];
    run('openssl', args);
    writeFileSync(signed, Buffer.concat([pae, Buffer.of(0)]));
    assert.ok(!succeeds('openssl', args));
  });

  it('are refused when any byte of them is another, except in the hint of the key', () => {
    const bytes = Buffer.from(envelope);
    const hint = envelope.indexOf(signer.fingerprint);
    for (let at = 0; at < bytes.length; at += 1) {
      if (at >= hint && at < hint + signer.fingerprint.length) continue;
      for (const mask of [0x01, 0x04, 0x20, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        assert.ok(!accepted(changed), `byte ${at} mask ${mask}`);
      }
    }
    for (let at = 0; at < bytes.length; at += 1) assert.ok(!accepted(bytes.subarray(0, at)));
    assert.ok(!accepted(Buffer.concat([bytes, Buffer.from('\n')])));
  });

  function accepted(bytes: Uint8Array): boolean {
    try {
      return verifyEnvelope(parseEnvelope(bytes), publicKey);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'dsse.malformed');
      return false;
    }
  }
});
