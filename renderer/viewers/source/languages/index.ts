import type { languages } from 'monaco-editor';
import { hex0, hex1, hex2, m1 } from './assembly.ts';
import { kaem } from './kaem.ts';

/** What a file is read as. `c`, `shell` and `dockerfile` are Monaco's own. */
export type SourceLanguage =
  | 'plaintext'
  | 'hex0'
  | 'hex1'
  | 'hex2'
  | 'm1'
  | 'kaem'
  | 'c'
  | 'shell'
  | 'dockerfile';

/** Tokenizers of ours. */
export const OWN_LANGUAGES: Readonly<
  Record<'hex0' | 'hex1' | 'hex2' | 'm1' | 'kaem', languages.IMonarchLanguage>
> = {
  hex0,
  hex1,
  hex2,
  m1,
  kaem,
};

/** How people call them. */
export const LANGUAGE_NAMES: Readonly<Record<SourceLanguage, string>> = {
  plaintext: 'text',
  hex0: 'hex0',
  hex1: 'hex1',
  hex2: 'hex2',
  m1: 'M1',
  kaem: 'kaem',
  c: 'C',
  shell: 'shell',
  dockerfile: 'Containerfile',
};

const BY_ENDING: Readonly<Record<string, SourceLanguage>> = {
  hex0: 'hex0',
  hex1: 'hex1',
  hex2: 'hex2',
  m1: 'm1',
  kaem: 'kaem',
  c: 'c',
  h: 'c',
  sh: 'shell',
  bash: 'shell',
  containerfile: 'dockerfile',
  dockerfile: 'dockerfile',
};

/** What a file is read as by its name; by its first line where the name says nothing. */
export function languageOf(path: string, firstLine = ''): SourceLanguage {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const known = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  if (known) return known;
  if (/^(container|docker)file\b/.test(name)) return 'dockerfile';
  if (/^kaem\.|^kaem$/.test(name)) return 'kaem';
  if (/^#!.*\b(ba|da|a)?sh\b/.test(firstLine)) return 'shell';
  if (/^#!.*\bkaem\b/.test(firstLine)) return 'kaem';
  return 'plaintext';
}
