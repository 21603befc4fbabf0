import type { DifferencePart, Lookalike } from '../../../contract/documents/difference.ts';
import { isElf } from '../../seed/index.ts';
import { type Bytes, partOf } from '../bytes.ts';
import {
  counted,
  distinctLooks,
  type Explaining,
  isSame,
  type Pair,
  PartList,
  part,
  placed,
  wholePlace,
} from '../explanation.ts';
import type { Run } from '../runs.ts';
import { differentEntries, ElfNames } from './elf-names.ts';
import { type Fields, type Region, regionsOf } from './elf-regions.ts';
import { rawAccount } from './raw.ts';

/** Whether a content begins as an ELF file does. */
export function looksElf(start: Buffer): boolean {
  return isElf(start);
}

/** What names the bytes of both files. */
interface BothNames {
  readonly a: ElfNames;
  readonly b: ElfNames;
}

/** Explains two ELF files, region by region: headers by their fields, sections and segments by their names. */
export async function explainElf(pair: Pair, work: Explaining): Promise<DifferencePart> {
  const [a, b] = [regionsOf(pair.a), regionsOf(pair.b)];
  const others = new Map(b.map(region => [region.key, region]));
  const names = { a: new ElfNames(pair.a), b: new ElfNames(pair.b) };
  const list = new PartList(work);
  for (const region of a) {
    const other = others.get(region.key) ?? null;
    others.delete(region.key);
    const contents = other && {
      a: partOf(pair.a, region.offset, region.length),
      b: partOf(pair.b, other.offset, other.length),
    };
    if (contents && isSame(contents.a, contents.b)) continue;
    await list.add(() =>
      other && contents
        ? explainRegion({ pair, work, names }, contents, region, other)
        : oneSided(pair, region, 'a'),
    );
  }
  for (const region of others.values()) await list.add(() => oneSided(pair, region, 'b'));
  const says = `${counted(list.count, 'part')} ${list.count === 1 ? 'differs' : 'differ'}`;
  return part('file', 'ELF file', says, {
    ...wholePlace(pair),
    looks: distinctLooks(list.parts.flatMap(each => each.looks)),
    parts: list.parts,
  });
}

function oneSided(pair: Pair, region: Region, side: 'a' | 'b'): DifferencePart {
  const says = `${counted(region.length, 'byte')} only in the ${side === 'a' ? 'first' : 'second'}`;
  const place = side === 'a' ? placed(pair, region, null) : placed(pair, null, region);
  return part(region.kind, region.title, says, place);
}

interface Files {
  readonly pair: Pair;
  readonly work: Explaining;
  readonly names: BothNames;
}

async function explainRegion(
  { pair, work, names }: Files,
  contents: { readonly a: Bytes; readonly b: Bytes },
  region: Region,
  other: Region,
): Promise<DifferencePart> {
  const place = placed(pair, region, other);
  if (region.record && other.record) {
    const fields = differentFields(region.record, other.record);
    if (fields.length > 0)
      return part('header', region.title, differ(fields, fields.length, 'field'), { ...place, fields });
  }
  const inner: Pair = {
    ...contents,
    at: pair.at && { a: pair.at.a + region.offset, b: pair.at.b + other.offset },
    depth: pair.depth + 1,
  };
  const symbols = new Set<string>();
  const nameOf = (run: Run): string | null => {
    if (region.kind !== 'section' || region.table !== null) return null;
    const found = names.a.symbolAt(region.offset + run.a) ?? names.b.symbolAt(other.offset + run.b);
    if (found) symbols.add(found.name);
    return found?.text ?? null;
  };
  const origin = region.offset - region.origin;
  const { says, looks, parts } = await rawAccount(inner, work, origin, nameOf);
  const own = region.title.includes('build-id') ? [BUILD_ID] : looks;
  const entries = entriesThatDiffer(names, region, other);
  if (!entries)
    return part(region.kind, region.title, `${says}${within(symbols)}`, { ...place, looks: own, parts });
  // What bytes look like is a guess, and here their format says what they are.
  const bare = parts.map(each => ({ ...each, looks: [] }));
  return part(region.kind, region.title, entries.says, {
    ...place,
    looks: own === looks ? [] : own,
    fields: entries.fields,
    parts: bare,
  });
}

const BUILD_ID: Lookalike = { cause: 'build-id', words: 'is the build id, a hash of the rest', a: '', b: '' };

/** The entries of two tables that differ, with a sentence; null where the sections are no tables, or no entry that is read differs. */
function entriesThatDiffer(
  names: BothNames,
  region: Region,
  other: Region,
): Pick<DifferencePart, 'fields' | 'says'> | null {
  if (region.table === null || other.table === null) return null;
  const { fields, count } = differentEntries(names.a.entriesOf(region.table), names.b.entriesOf(other.table));
  return count === 0 ? null : { fields, says: differ(fields, count, 'entry') };
}

/** Names that a sentence lists. */
const LISTED = 4;

/** `e_entry and e_shoff differ`, `412 entries differ, among them main and exit`. */
function differ(fields: DifferencePart['fields'], count: number, noun: 'field' | 'entry'): string {
  const names = fields.slice(0, LISTED).map(({ name }) => name);
  if (count <= LISTED) return `${listed(names)} ${count === 1 ? 'differs' : 'differ'}`;
  const all = noun === 'field' ? 'fields' : 'entries';
  return `${count.toLocaleString('en-GB')} ${all} differ, among them ${listed(names)}`;
}

/** `, in function main and 2 more`: the symbols that the places listed lie in. */
function within(symbols: ReadonlySet<string>): string {
  if (symbols.size === 0) return '';
  const names = [...symbols].slice(0, LISTED);
  const more = symbols.size > LISTED ? [`${symbols.size - LISTED} more`] : [];
  return `, in ${listed([...names, ...more])}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function differentFields(a: Fields, b: Fields): DifferencePart['fields'] {
  return a.fields.flatMap((field, i) => {
    const other = b.fields[i];
    if (!other || field.value === null || other.value === null || field.value === other.value) return [];
    return [{ name: field.name, a: hex(field.value), b: hex(other.value) }];
  });
}

function hex(value: bigint): string {
  return `0x${value.toString(16).toUpperCase()}`;
}
