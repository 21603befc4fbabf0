import type { BundleRow } from '../../../main/contract/requests/index.ts';

/** What import noticed, in words; the grave ones deceive a reader. */
export const FLAG_WORDS: Readonly<Record<string, { readonly words: string; readonly grave: boolean }>> = {
  'control-name': { words: 'Name holds a control character', grave: true },
  'bidi-name': { words: 'Name holds a direction control', grave: true },
  'invisible-name': { words: 'Name holds characters that do not show', grave: true },
  'lookalike-name': { words: 'Name holds characters that look like others', grave: true },
  'mixed-script-name': { words: 'Name mixes scripts', grave: true },
  'case-collision': { words: 'Differs from another name only in case', grave: false },
  'setuid-dropped': { words: 'Asked to run as its owner; that bit is dropped', grave: false },
  'setgid-dropped': { words: 'Asked to run as its group; that bit is dropped', grave: false },
  'sticky-dropped': { words: 'Sticky bit is dropped', grave: false },
};

/** A flag in words; one that this page does not know stands as it is. */
export function flagWords(flag: string): { readonly words: string; readonly grave: boolean } {
  return FLAG_WORDS[flag] ?? { words: flag, grave: true };
}

const KIND_WORDS: Readonly<Record<BundleRow['kind'], string>> = {
  directory: 'folder',
  link: 'link',
  empty: 'empty file',
  text: 'text',
  script: 'script',
  elf: 'ELF program',
  archive: 'archive',
  image: 'image',
  binary: 'binary',
};

/** Kinds that a search can be narrowed to. */
export const KINDS = Object.keys(KIND_WORDS) as BundleRow['kind'][];

export function kindWords(kind: BundleRow['kind']): string {
  return KIND_WORDS[kind];
}

/** Permission bits as four octal digits. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** `steps 3, 4 and 17`, `steps 3, 4, 5 and 12 more`. */
export function stepsText(steps: readonly number[]): string {
  if (steps.length === 0) return 'no step';
  if (steps.length === 1) return `step ${steps[0]}`;
  const [shown, rest] = steps.length > 4 ? [steps.slice(0, 3), steps.length - 3] : [steps.slice(0, -1), 0];
  return `steps ${shown.join(', ')} and ${rest > 0 ? `${rest} more` : steps.at(-1)}`;
}
