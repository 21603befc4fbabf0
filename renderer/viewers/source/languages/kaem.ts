import type { languages } from 'monaco-editor';

/** kaem: a command a line, variables, a few built-in commands, `if`. */
export const kaem: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '',
  includeLF: true,
  tokenizer: {
    root: [
      [/^\s*(?:cd|set|pwd|echo|unset|exec|alias|unalias|env|exit|true|false)(?=\s|$)/, 'keyword'],
      [/^\s*(?:if|else|fi|then)\b/, 'keyword'],
      [/(^\s*)([A-Za-z_]\w*)(=)/, ['', 'label', '']],
      [/(^|\s)(#.*)/, ['', 'comment']],
      [/^\s*[^\s"'$=#\\]+(?=\s|$)/, 'mnemonic'],
      { include: '@words' },
    ],
    words: [
      [/\$(?:\{[^}]*\}?|@|\w+)/, 'label'],
      [/\\\n/, 'keyword', '@more'],
      [/\\./, ''],
      [/"/, 'string', '@double'],
      [/'/, 'string', '@single'],
    ],
    /** The line after one that ends in a backslash begins with no command. */
    more: [[/\\\n/, 'keyword'], [/\n/, '', '@pop'], [/(^|\s)(#.*)/, ['', 'comment']], { include: '@words' }],
    double: [
      [/\$(?:\{[^}]*\}?|\w+)/, 'label'],
      [/\\./, 'string'],
      [/"/, 'string', '@pop'],
      [/[^"\\$]+/, 'string'],
      [/./, 'string'],
    ],
    single: [
      [/'/, 'string', '@pop'],
      [/[^']+/, 'string'],
    ],
  },
};
