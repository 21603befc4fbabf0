import type { languages } from 'monaco-editor';

/**
 * The languages in which stage0's first programs are written. What follows `;` on a line is by custom the instruction that the
 * bytes are said to be, so it is shown as one; what follows `#` is a remark. Two `#` head a part.
 */

type Rules = languages.IMonarchLanguageRule[];

const REMARKS: Rules = [
  [/##.*$/, 'label'],
  [/#.*$/, 'comment'],
];
const NOTES: Rules = [...REMARKS, [/(;)([^#]*)/, ['comment', 'mnemonic']]];

function language(rules: Rules): languages.IMonarchLanguage {
  return { defaultToken: '', tokenPostfix: '', tokenizer: { root: rules } };
}

const BYTES: Rules = [[/[0-9A-Fa-f]+/, 'hex']];

/** hex0: pairs of hex digits and nothing else. */
export const hex0 = language([...NOTES, ...BYTES, [/[^\s]/, 'invalid']]);

/** hex1: labels of one character, and 32-bit references to them. */
export const hex1 = language([...NOTES, [/:./, 'label'], [/%./, 'label'], ...BYTES]);

/** hex2: labels of any name, references of every width, distances between two labels, alignment. */
export const hex2 = language([
  ...NOTES,
  [/:[^\s#;]+/, 'label'],
  [/[!@$~%&][^\s#;>]+(?:>[^\s#;]+)?/, 'label'],
  [/[<^]/, 'keyword'],
  ...BYTES,
]);

/** M1: macros for instructions, defined as bytes. */
export const m1 = language([
  ...REMARKS,
  [/;.*$/, 'comment'],
  [/(DEFINE)(\s+)(\S+)(\s+)(\S+)/, ['keyword', '', 'mnemonic', '', 'hex']],
  [/"[^"]*"?/, 'string'],
  [/'[^']*'?/, 'hex'],
  [/:[^\s#;]+/, 'label'],
  [/[!@$~%&]-?(?:0x[0-9A-Fa-f]+|\d+)(?=\s|$)/, 'number'],
  [/[!@$~%&][^\s#;]+/, 'label'],
  [/[<^](?=\s|$)/, 'keyword'],
  [/[^\s#;"':]+/, 'mnemonic'],
]);
