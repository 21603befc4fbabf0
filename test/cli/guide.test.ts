import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { askWith } from '../../main/cli/ask.ts';
import { ASK_NOBODY, type Ask, guide } from '../../main/cli/guide.ts';
import { INSTALLATION, type KitChoices, withLook, withTemporaryCase } from '../../main/engine/index.ts';
import { withCode } from '../support/errors.ts';

const BUNDLE = join(INSTALLATION, 'audit-kits', 'bedrock-amd64', 'bundle');

/** The choices for the embedded bundle. */
function choose(given: Parameters<typeof guide>[1], ask: Ask): Promise<KitChoices> {
  return withTemporaryCase({ tree: BUNDLE, files: [] }, {}, (theCase, imported) =>
    withLook(theCase, imported, looked => guide(looked, given, ask)),
  );
}

/** A person who answers from a list, and what the terminal showed. */
function person(...answers: string[]) {
  const shown: string[] = [];
  const lines = {
    async question(text: string) {
      shown.push(text);
      return answers.shift() ?? assert.fail(`nobody answers '${text}'`);
    },
    close() {},
  };
  return { ask: askWith(lines, text => shown.push(text)), shown, left: answers };
}

test('an empty answer takes what was found', async () => {
  const { ask, left } = person('', '', '', '', '', '', '', '', '');
  assert.deepEqual(await choose({}, ask), await choose({}, ASK_NOBODY));
  assert.deepEqual(left, []);
});

test('answers are taken by number and by name; one that means nothing is asked for again', async () => {
  const { ask, shown } = person(
    'rock',
    'Rock',
    '3',
    'me',
    'A chain.',
    '',
    '9',
    '2',
    'none',
    'kaem bedrock.kaem',
  );
  const choices = await choose({}, ask);
  assert.deepEqual(
    { ...choices, seeds: choices.seeds.map(({ path }) => path) },
    {
      ...{
        id: 'rock',
        title: 'Rock',
        version: '3',
        publisher: 'me',
        summary: 'A chain.',
        architecture: 'amd64',
      },
      seeds: ['seed/kaem-seed'],
      published: [],
      plan: { reader: 'kaem', entry: 'bedrock.kaem', runner: 'seed/kaem-seed' },
    },
  );
  assert.ok(shown.includes('9 is none of these.\n'));
  assert.ok(shown.some(text => text.includes('1 * seed/hex0-seed')));
});

test('what was said with options is not asked', async () => {
  const given = {
    ...{ id: 'a', title: 'b', version: 'c', publisher: 'd', summary: 'e', architecture: 'amd64' },
    ...{ seed: ['seed/hex0-seed'], published: ['src/vectors.sha256'], reader: 'containerfile' },
  };
  const { ask, shown } = person();
  const choices = await choose(given, ask);
  assert.deepEqual(shown, []);
  assert.deepEqual(choices.plan, { reader: 'containerfile', file: 'Containerfile', package: null });
  await assert.rejects(choose({ ...given, seed: ['src/amd64.mac'] }, ask), withCode('kits.no-seed'));
  await assert.rejects(choose({ ...given, architecture: 'vax' }, ask), withCode('usage.architecture'));
  await assert.rejects(choose({ ...given, reader: 'kaem' }, ask), withCode('kits.no-plan'));
});
