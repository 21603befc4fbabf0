import { bytesOf, flagsText, hex } from '../words.ts';
import type { DynamicEntry, ElfDynamic } from './dynamic.ts';
import { DYNAMIC_FLAGS, DYNAMIC_FLAGS_1, dynamicTag } from './dynamic-names.ts';
import type { ElfFile } from './file.ts';

/** Adds the entries of the dynamic section as parts of it, and gives their ids in their order. */
export function addDynamicEntries(file: ElfFile, parent: string, dynamic: ElfDynamic): string[] {
  return dynamic.entries.map(entry => {
    const [name, , meaning] = dynamicTag(entry.tag, file.machine) ?? [];
    return file.tree.add({
      parent,
      key: `entry-${entry.number}`,
      label: name ?? `Tag ${hex(entry.tag)}`,
      value: valueText(entry, dynamic, file),
      meaning: name === undefined ? 'a tag that is not known' : `${hex(entry.tag)}: ${meaning}`,
      offset: entry.offset,
      length: dynamic.entrySize,
    });
  });
}

function valueText({ tag, value }: DynamicEntry, { texts }: ElfDynamic, { machine }: ElfFile): string | null {
  const [, kind] = dynamicTag(tag, machine) ?? [];
  switch (kind) {
    case 'none':
      return null;
    case 'text':
      return texts.at(value);
    case 'bytes':
      return bytesOf(value);
    case 'number':
      return value.toLocaleString('en-US');
    case 'flags':
      return flagsText(value, DYNAMIC_FLAGS);
    case 'flags-1':
      return flagsText(value, DYNAMIC_FLAGS_1);
    case 'kind':
      return dynamicTag(value, null)?.[0] ?? hex(value);
    default:
      return hex(value);
  }
}
