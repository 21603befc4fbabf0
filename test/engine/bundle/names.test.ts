import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshCase, importBytes } from './stand.ts';
import { entry, file, pax, symlink, tar } from './tar-maker.ts';

async function flagsOf(...entries: Buffer[]): Promise<Record<string, string>> {
  const theCase = freshCase();
  const event = await importBytes(theCase, tar(...entries), { caseCounts: true });
  return Object.fromEntries([...theCase.entries.all(event.seq)].map(e => [e.path, e.flags.join(' ')]));
}

test('names that could deceive a reader are let in and flagged', async () => {
  const flags = await flagsOf(
    file('plain name.c'),
    file('größe.c'),
    file('日本語.txt'),
    file('Ελλάδα/src'),
    file('line\nbreak'),
    file('evil\u202ecod.txt'),
    file('zero\u200bwidth'),
    file('p\u0430ypal.c'),
    file('\ufb01le'),
    symlink('link', 'to\u202ewhere'),
  );
  assert.deepEqual(flags, {
    'plain name.c': '',
    'größe.c': '',
    '日本語.txt': '',
    'Ελλάδα/src': '',
    'line\nbreak': 'control-name',
    'evil\u202ecod.txt': 'bidi-name',
    'zero\u200bwidth': 'invisible-name',
    'p\u0430ypal.c': 'mixed-script-name',
    '\ufb01le': 'lookalike-name',
    link: 'bidi-name',
  });
});

test('setuid, setgid and sticky bits are dropped and flagged', async () => {
  const theCase = freshCase();
  const event = await importBytes(theCase, tar(entry({ name: 'a', mode: 0o7755 })));
  const found = theCase.entries.get(event.seq, 'a');
  assert.equal(found?.mode, 0o755);
  assert.deepEqual(found?.flags, ['setgid-dropped', 'setuid-dropped', 'sticky-dropped']);
  assert.equal(event.flagged, 1);
});

test('where case counts, names that differ in it alone are let in and flagged', async () => {
  assert.deepEqual(await flagsOf(file('xt_MARK.h'), file('xt_mark.h'), pax({ path: 'É' }), file('x')), {
    'xt_MARK.h': '',
    'xt_mark.h': 'case-collision',
    É: '',
  });
});

test('first bytes decide the kind', async () => {
  const bytes = (digits: string) => Buffer.from(digits.padEnd(40, '0'), 'hex');
  const samples: Record<string, [string | Buffer, string]> = {
    a: ['', 'empty'],
    b: ['int main;\n', 'text'],
    c: ['caf\xe9 in Latin-1', 'text'],
    d: ['#!/bin/sh\n', 'script'],
    e: [bytes('7f454c46'), 'elf'],
    f: [bytes('1f8b08'), 'archive'],
    g: [bytes('fd377a585a00'), 'archive'],
    h: [tar(file('x')), 'archive'],
    i: [bytes('89504e470d0a1a0a'), 'image'],
    j: [bytes('00010203'), 'binary'],
    k: [Buffer.concat([Buffer.alloc(600, 'x'), Buffer.alloc(9)]), 'text'],
  };
  const theCase = freshCase();
  const entries = Object.entries(samples).map(([name, [content]]) => file(name, content));
  const event = await importBytes(theCase, tar(...entries));
  const kinds = [...theCase.entries.all(event.seq)].map(e => [e.path, e.kind]);
  assert.deepEqual(
    kinds,
    Object.entries(samples).map(([name, [, kind]]) => [name, kind]),
  );
});
