import { listed } from '../words.ts';
import { bindsNow, DT, type ElfDynamic } from './dynamic.ts';
import type { ElfFile } from './file.ts';
import { PF_W, PF_X, PT_LOAD } from './read.ts';
import { SHT_SYMTAB } from './sections.ts';

const PT_INTERP = 3n;
const [PT_GNU_STACK, PT_GNU_RELRO] = [0x6474e551n, 0x6474e552n];
const [ET_EXEC, ET_DYN] = [2n, 3n];
/** Shared objects that are listed. */
const LISTED = 12;

/** Adds how a program or shared object is linked and what protects it while it runs: no bytes of its own, said from its headers. */
export function addLinking(file: ElfFile, dynamic: ElfDynamic | null): void {
  const type = file.elf.header.value('e_type');
  if (type !== ET_EXEC && type !== ET_DYN) return;
  const { tree } = file;
  const nowhere = { offset: 0, length: 0 };
  const about = 'from its headers and its dynamic section';
  const parent = tree.add({ key: 'linking', label: 'Linking and protection', meaning: about, ...nowhere });
  const add = (key: string, label: string, [value, meaning]: Words) =>
    tree.add({ parent, key, label, value, meaning, ...nowhere });
  add('linked', 'Linked', linkedWords(file, dynamic));
  if (dynamic) add('needs', 'Needs', needsWords(dynamic));
  add(
    'address',
    'Address',
    type === ET_EXEC
      ? ['fixed', 'it always lies at the same addresses']
      : ['any', 'the kernel or the dynamic linker chooses where it lies'],
  );
  add('stack', 'Stack', stackWords(file));
  add('writable-code', 'Writable code', writableWords(file));
  add('relro', 'RELRO', relroWords(file, dynamic));
  add('symbols', 'Symbols', symbolWords(file));
}

type Words = readonly [value: string, meaning: string];

function programsOf({ elf }: ElfFile, type: bigint) {
  return elf.programs.filter(program => program.value('p_type') === type);
}

function linkedWords(file: ElfFile, dynamic: ElfDynamic | null): Words {
  if (programsOf(file, PT_INTERP).length > 0)
    return ['dynamically', 'Linux starts its interpreter, which loads it'];
  if (!dynamic) return ['statically', 'it needs no other file to run'];
  const needs = dynamic.entries.some(({ tag }) => tag === DT.NEEDED);
  if (needs) return ['as a shared object', 'it names no interpreter, and needs other shared objects'];
  return [
    'by itself',
    'it names no interpreter and needs nothing: a shared object, or a program that relocates itself',
  ];
}

function needsWords({ entries, texts }: ElfDynamic): Words {
  const names = entries.filter(({ tag }) => tag === DT.NEEDED).map(({ value }) => texts.at(value));
  if (names.length === 0) return ['nothing', 'no shared object'];
  const more = names.length > LISTED ? [`${names.length - LISTED} more`] : [];
  return [String(names.length), listed([...names.slice(0, LISTED), ...more])];
}

function stackWords(file: ElfFile): Words {
  const [stack] = programsOf(file, PT_GNU_STACK);
  if (!stack) return ['not said', 'no GNU_STACK header: the kernel decides whether it is executable'];
  const executable = (stack.value('p_flags') & PF_X) !== 0n;
  return executable ? ['executable', 'GNU_STACK says so'] : ['not executable', 'GNU_STACK says so'];
}

function writableWords(file: ElfFile): Words {
  const both = PF_W | PF_X;
  const found = programsOf(file, PT_LOAD).filter(program => (program.value('p_flags') & both) === both);
  if (found.length === 0) return ['none', 'no segment is both writable and executable'];
  return [String(found.length), 'segments that are both writable and executable'];
}

function relroWords(file: ElfFile, dynamic: ElfDynamic | null): Words {
  if (programsOf(file, PT_GNU_RELRO).length === 0)
    return ['none', 'nothing is made read-only after it was relocated'];
  if (dynamic && bindsNow(dynamic))
    return ['full', 'all symbols are bound at the start, and what was relocated is read-only then'];
  if (!dynamic) return ['yes', 'what was relocated is read-only then'];
  return ['partial', 'the table that functions are called through stays writable'];
}

function symbolWords({ sections }: ElfFile): Words {
  if (sections.length === 0)
    return ['stripped', 'no section headers, so neither symbols nor names of sections'];
  const symbols = sections.some(({ header }) => header.value('sh_type') === SHT_SYMTAB);
  const debugging = sections.some(({ name }) => name.startsWith('.debug_') || name.startsWith('.zdebug_'));
  if (!symbols) return ['stripped', 'no table of symbols but what the dynamic linker needs'];
  return debugging
    ? ['there, with debugging facts', 'a table of symbols, and sections for debuggers']
    : ['there', 'a table of symbols'];
}
