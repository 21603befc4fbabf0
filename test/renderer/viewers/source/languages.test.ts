import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { languages } from 'monaco-editor';
import { hiddenCharacters } from '../../../../renderer/viewers/source/hidden.ts';
import { languageOf, OWN_LANGUAGES } from '../../../../renderer/viewers/source/languages/index.ts';
import { lineCount, lineEnds, unreadable } from '../../../../renderer/viewers/source/readable.ts';

/** Monaco's own tokenizer, without the editor around it. */
const folder = '../../../../node_modules/monaco-editor/esm/vs/editor/standalone/common/monarch';
const { compile } = (await import(`${folder}/monarchCompile.js`)) as {
  compile(name: string, language: languages.IMonarchLanguage): unknown;
};
const { MonarchTokenizer } = (await import(`${folder}/monarchLexer.js`)) as {
  MonarchTokenizer: new (
    ...parts: unknown[]
  ) => {
    getInitialState(): unknown;
    tokenize(
      line: string,
      hasEnd: boolean,
      state: unknown,
    ): { tokens: { offset: number; type: string }[]; endState: unknown };
  };
};

/** The parts of each line with their tokens, blanks left out. */
function tokens(name: keyof typeof OWN_LANGUAGES, ...lines: string[]): (readonly [string, string])[] {
  const service = { getValue: () => 20_000, onDidChangeConfiguration: () => ({ dispose() {} }) };
  const tokenizer = new MonarchTokenizer({}, {}, name, compile(name, OWN_LANGUAGES[name]), service);
  let state = tokenizer.getInitialState();
  return lines.flatMap(line => {
    const found = tokenizer.tokenize(line, true, state);
    state = found.endState;
    return found.tokens
      .map(({ offset, type }, i) => [line.slice(offset, found.tokens[i + 1]?.offset).trim(), type] as const)
      .filter(([text]) => text !== '');
  });
}

test('hex0: bytes, what they are said to be, remarks, heads, and what hex0 does not know', () => {
  assert.deepEqual(tokens('hex0', '    31DB           ; xor ebx, ebx    # none yet'), [
    ['31DB', 'hex'],
    [';', 'comment'],
    ['xor ebx, ebx', 'mnemonic'],
    ['# none yet', 'comment'],
  ]);
  assert.deepEqual(tokens('hex0', '## begin (0x400078)'), [['## begin (0x400078)', 'label']]);
  assert.deepEqual(tokens('hex0', 'EB :x'), [
    ['EB', 'hex'],
    [':x', 'invalid'],
  ]);
});

test('hex1 and hex2: labels and references are no bytes', () => {
  assert.deepEqual(tokens('hex1', ':a E8 %a # call'), [
    [':a', 'label'],
    ['E8', 'hex'],
    ['%a', 'label'],
    ['# call', 'comment'],
  ]);
  assert.deepEqual(tokens('hex2', ':ELF_base 7F &ELF_end %end>base !Add ^ ~x'), [
    [':ELF_base', 'label'],
    ['7F', 'hex'],
    ['&ELF_end', 'label'],
    ['%end>base', 'label'],
    ['!Add', 'label'],
    ['^', 'keyword'],
    ['~x', 'label'],
  ]);
});

test('M1: definitions, macros, numbers, strings', () => {
  assert.deepEqual(
    tokens('m1', 'DEFINE add_rax,rbx 4801D8', '\tadd_rax,rbx %label !5 &-0x10', `"te;xt" 'C3' ; end`),
    [
      ['DEFINE', 'keyword'],
      ['add_rax,rbx', 'mnemonic'],
      ['4801D8', 'hex'],
      ['add_rax,rbx', 'mnemonic'],
      ['%label', 'label'],
      ['!5', 'number'],
      ['&-0x10', 'number'],
      ['"te;xt"', 'string'],
      ["'C3'", 'hex'],
      ['; end', 'comment'],
    ],
  );
});

test('kaem: commands, variables, text over several lines', () => {
  assert.deepEqual(
    tokens('kaem', 'set -ex', 'TOOLS=../x', './hex2 --file "${TOOLS}/a" \\', '  -o b # out', 'cp a b'),
    [
      ['set', 'keyword'],
      ['-ex', ''],
      ['TOOLS', 'label'],
      ['=../x', ''],
      ['./hex2', 'mnemonic'],
      ['--file', ''],
      ['"', 'string'],
      ['${TOOLS}', 'label'],
      ['/a"', 'string'],
      ['\\', 'keyword'],
      ['-o b', ''],
      ['# out', 'comment'],
      ['cp', 'mnemonic'],
      ['a b', ''],
    ],
  );
});

test('a file is read as what its name says, then as its first line says', () => {
  const of = (path: string, first?: string) => languageOf(path, first);
  assert.deepEqual(
    [
      'a/x.hex0',
      'X.HEX2',
      'd.M1',
      'kaem.run',
      'x.kaem',
      'a.h',
      'Containerfile',
      'Dockerfile.base',
      'README',
      'x.constructor',
    ].map(path => of(path)),
    ['hex0', 'hex2', 'm1', 'kaem', 'kaem', 'c', 'dockerfile', 'dockerfile', 'plaintext', 'plaintext'],
  );
  assert.equal(of('configure', '#!/bin/sh -e'), 'shell');
  assert.equal(of('configure', '#!/usr/bin/env bash'), 'shell');
  assert.equal(of('run', 'sh'), 'plaintext');
});

test('what is no text, too long or too large is shown as bytes, and says so', () => {
  const text = (of: string) => unreadable({ encoding: 'utf-8', size: of.length, text: of });
  assert.equal(text('a\nb'), null);
  assert.match(text('x'.repeat(100_001)) ?? '', /100,000/);
  assert.match(unreadable({ encoding: 'binary', size: 3, text: '' }) ?? '', /UTF-8/);
  assert.match(unreadable({ encoding: 'too-large', size: 3 << 20, text: '' }) ?? '', /2 MiB/);
  assert.deepEqual(['a\nb', 'a\r\n', 'a\r', 'a\nb\r\n', 'a'].map(lineEnds), [
    'LF',
    'CRLF',
    'CR',
    'mixed',
    'none',
  ]);
  assert.deepEqual(['', 'a', 'a\n', 'a\nb', '\r\n\r\n'].map(lineCount), [0, 1, 1, 2, 2]);
});

test('characters that do not show get a code, those that the editor shows do not get another', () => {
  assert.deepEqual(hiddenCharacters('a\u200bb\n\u00e9 \ufeffx\u{e0041}\u00a0'), [
    { index: 1, code: 'U+200B' },
    { index: 6, code: 'U+FEFF' },
    { index: 8, code: 'U+E0041' },
    { index: 10, code: 'U+00A0' },
  ]);
  assert.deepEqual(hiddenCharacters('\u202ea\u001b[31m\r\n\tplain'), []);
});
