import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { matchesPatternList } from '../../../../main/engine/report/seal/allowed-signers.ts';
import {
  generateDemonstrationKey,
  parseAllowedSigners,
  parsePublicKeyLine,
} from '../../../../main/engine/report/seal/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { sshKey, sshVerify } from './support.ts';

const folder = temporaryFolder();
const message = Buffer.from('what is signed\n');
const NAMESPACE = 'assay-report';
const { signer } = generateDemonstrationKey();
const key = signer.publicKey;
const other = generateDemonstrationKey().signer.publicKey;
const armored = await signer.signMessage(NAMESPACE, message);
const rsa = readFileSync(`${sshKey(folder, 'rsa', '-t', 'rsa', '-b', '2048')}.pub`, 'utf8');
const now = new Date('2026-07-01T12:00:00Z');

function principals(text: string, time = now, namespace = NAMESPACE): readonly string[] {
  return parseAllowedSigners(text).findPrincipals(parsePublicKeyLine(key), namespace, time).principals;
}

/** Whether `me` may sign, by Assay and by ssh-keygen; both have to agree. */
function agreed(text: string, time = now): boolean {
  const ours = principals(text, time).some(list => matchesPatternList('me', list));
  const stamp = time.toISOString().replace(/[-:T]|\.\d+/g, '');
  const theirs = sshVerify(folder, text, 'me', NAMESPACE, armored, message, '-O', `verify-time=${stamp}`);
  assert.equal(ours, theirs, text);
  return ours;
}

describe('allowed signers, as ssh-keygen reads them', () => {
  const accepted = {
    'a plain line': `me ${key}\n`,
    'a comment behind the key': `me ${key} me@machine of mine\n`,
    'no line feed at the end': `me ${key}`,
    'several principals': `you,me,them ${key}\n`,
    'a pattern': `m* ${key}\n`,
    'a pattern for one character': `m? ${key}\n`,
    'quoted principals': `"me" ${key}\n`,
    'tabs and blanks': `\t me \t ${key}\n`,
    'comments and empty lines': `# comment\n\n  # more\nme ${key}\n`,
    'a line of another key before': `me ${other}\nme ${key}\n`,
    'an RSA key before': `me ${rsa}me ${key}\n`,
    'a namespace': `me namespaces="assay-report" ${key}\n`,
    'a list of namespaces': `me namespaces="git,assay-*" ${key}\n`,
    'an option in capitals': `me NAMESPACES="assay-report" ${key}\n`,
    'times around now': `me valid-after="20260101Z",valid-before="20270101Z" ${key}\n`,
    'a time with minutes': `me valid-after="202607011200Z" ${key}\n`,
    'a time with seconds, reached now': `me valid-before="20260701120000Z" ${key}\n`,
    'two lines, one of them expired': `me valid-before="20200101Z" ${key}\nme ${key}\n`,
  };
  for (const [name, text] of Object.entries(accepted)) it(`accept ${name}`, () => assert.ok(agreed(text)));

  const refused = {
    'nothing at all': '',
    'another key': `me ${other}\n`,
    'another principal': `you ${key}\n`,
    'a negated principal': `!me,* ${key}\n`,
    'a comment': `#me ${key}\n`,
    'another namespace': `me namespaces="git" ${key}\n`,
    'a negated namespace': `me namespaces="*,!assay-report" ${key}\n`,
    'a time to come': `me valid-after="20260701120001Z" ${key}\n`,
    'a time gone by': `me valid-before="20260701115959Z" ${key}\n`,
    'an authority, which is no signer': `me cert-authority ${key}\n`,
    'an unknown option': `me something ${key}\n`,
    'an option without quotes': `me namespaces=assay-report ${key}\n`,
    'an option twice': `me namespaces="assay-report",namespaces="assay-report" ${key}\n`,
    'an option list that does not end': `me namespaces="assay-report ${key}\n`,
    'an option list that ends with a comma': `me namespaces="assay-report", ${key}\n`,
    'no principals': `${key}\n`,
    'a damaged key': `me ${key.slice(0, -3)}\n`,
    'a time that is none': `me valid-after="yesterday" ${key}\n`,
    'times the wrong way round': `me valid-after="20260701Z",valid-before="20260601Z" ${key}\n`,
  };
  for (const [name, text] of Object.entries(refused)) it(`refuse ${name}`, () => assert.ok(!agreed(text)));

  it('read times without Z in the time zone of the machine', () => {
    const local = new Date(2026, 6, 1, 12, 0, 0);
    const line = `me valid-after="20260701120000" ${key}\n`;
    assert.ok(agreed(line, local));
    assert.ok(!agreed(line, new Date(local.getTime() - 1000)));
  });
});

describe('allowed signers', () => {
  it('name everybody a key may stand for', () => {
    const text = `a@x.org,b@x.org ${key}\nc@x.org ${other}\n*@y.org namespaces="assay-report" ${key}\n`;
    assert.deepEqual(principals(text), ['a@x.org,b@x.org', '*@y.org']);
    assert.deepEqual(principals(text, now, 'git'), ['a@x.org,b@x.org']);
  });

  it('say why a line that names the key does not help', () => {
    const text = `a valid-before="20200101Z" ${key}\nb valid-after="20300101Z" ${key}\nc namespaces="git" ${key}\n`;
    const found = parseAllowedSigners(text, 'list').findPrincipals(parsePublicKeyLine(key), NAMESPACE, now);
    assert.deepEqual(
      found.refused.map(({ code, where }) => [code, where]),
      [
        ['allowed-signers.expired', { file: 'list', line: 1 }],
        ['allowed-signers.not-yet-valid', { file: 'list', line: 2 }],
        ['allowed-signers.other-namespace', { file: 'list', line: 3 }],
      ],
    );
  });

  it('report every line that is not understood, with its number', () => {
    const text = `# comment\nme cert-authority ${key}\nme\nme ssh-dss AAAA\nme valid-after="20260230Z" ${key}\nme ${key}\n`;
    const parsed = parseAllowedSigners(text, 'list');
    assert.deepEqual(
      parsed.problems.map(({ code, where }) => [code, where.line]),
      [
        ['allowed-signers.certificates', 2],
        ['allowed-signers.malformed', 3],
        ['key.type-unknown', 4],
        ['allowed-signers.malformed', 5],
      ],
    );
    assert.equal(parsed.signers.length, 1);
  });

  it('never throw, whatever they hold', () => {
    const piece = fc.constantFrom(
      'me',
      ' ',
      '"',
      '\\',
      ',',
      '=',
      'namespaces="',
      'valid-after="',
      key,
      '\n',
      '#',
    );
    fc.assert(fc.property(fc.array(piece), pieces => void parseAllowedSigners(pieces.join(''))));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseAllowedSigners(text)));
  });

  it('take no exponential time over hostile lines', () => {
    const hostile = [
      `me ${'\\"'.repeat(20_000)}`,
      `me ${'"a'.repeat(20_001)}`,
      `me a="${'\\"'.repeat(20_000)}`,
    ];
    for (const line of hostile) assert.equal(parseAllowedSigners(line).problems.length, 1);
    assert.ok(!matchesPatternList('a'.repeat(2000), `${'*a'.repeat(500)}b`));
  });
});
