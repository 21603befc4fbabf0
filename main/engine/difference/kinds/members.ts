import type { DifferencePart } from '../../../contract/documents/difference.ts';
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

/** One file within an archive. */
export interface Member {
  readonly name: string;
  /** Of its header. */
  readonly offset: number;
  /** Its header and its content, padding left out. */
  readonly length: number;
  readonly content: { readonly offset: number; readonly length: number };
  /** Fields of its header, in words. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Explains two archives by their members: which are only in one, in what order, which fields of headers differ, and what is inside. */
export async function explainMembers(
  what: string,
  kind: 'member' | 'entry',
  pair: Pair,
  members: { readonly a: readonly Member[]; readonly b: readonly Member[] },
  work: Explaining,
): Promise<DifferencePart> {
  const list = new PartList(work);
  const [a, b] = [named(members.a), named(members.b)];
  if (differentOrder([...a.keys()], [...b.keys()])) await list.add(() => otherOrder(kind, pair));
  for (const [key, member] of a) {
    const other = b.get(key);
    if (other) await explainMember(kind, pair, member, other, { work, list });
    else
      await list.add(() =>
        part(kind, member.name, `${size(member)} only in the first`, placed(pair, member, null)),
      );
  }
  for (const [key, member] of b) {
    if (a.has(key)) continue;
    await list.add(() =>
      part(kind, member.name, `${size(member)} only in the second`, placed(pair, null, member)),
    );
  }
  const says =
    list.count === 0
      ? `its ${kind === 'member' ? 'members' : 'entries'} are the same; what differs is around them`
      : `${counted(list.count, 'part')} ${list.count === 1 ? 'differs' : 'differ'}`;
  return part('file', what, says, {
    ...wholePlace(pair),
    looks: distinctLooks(list.parts.flatMap(each => each.looks)),
    parts: list.parts,
  });
}

function otherOrder(kind: 'member' | 'entry', pair: Pair): DifferencePart {
  const all = kind === 'member' ? 'members' : 'entries';
  return part('order', 'Order', `the ${all} that both have stand in another order`, {
    ...wholePlace(pair),
    looks: [{ cause: 'order', words: 'depends on the order in which names were listed', a: '', b: '' }],
  });
}

async function explainMember(
  kind: 'member' | 'entry',
  pair: Pair,
  a: Member,
  b: Member,
  { work, list }: { work: Explaining; list: PartList },
): Promise<void> {
  const fields = differentFields(a, b);
  const inner = contentsOf(pair, a, b);
  const same = isSame(inner.a, inner.b);
  if (same && fields.length === 0) return;
  await list.add(async () => {
    const content = same ? null : await work.inside(inner);
    const time = fields.find(({ name }) => name === 'time');
    const looks = time
      ? [{ cause: 'time' as const, words: 'is a time of the archive', a: time.a, b: time.b }]
      : [];
    return part(kind, a.name, saysOf(fields, content), {
      ...placed(pair, a, b),
      fields,
      looks: distinctLooks([...looks, ...(content?.looks ?? [])]),
      parts: content ? [content] : [],
    });
  });
}

function saysOf(fields: readonly { name: string }[], content: DifferencePart | null): string {
  const names = fields.map(({ name }) => name).join(', ');
  if (!content) return `only its header differs: ${names}; the content is the same`;
  return fields.length === 0
    ? `its content differs: ${content.says}`
    : `its content and its header differ: ${names}`;
}

function contentsOf(pair: Pair, a: Member, b: Member): Pair {
  const inside = (bytes: Bytes, { content }: Member) => partOf(bytes, content.offset, content.length);
  return {
    a: inside(pair.a, a),
    b: inside(pair.b, b),
    at: pair.at && { a: pair.at.a + a.content.offset, b: pair.at.b + b.content.offset },
    depth: pair.depth + 1,
  };
}

function differentFields(a: Member, b: Member): DifferencePart['fields'] {
  const others = new Map(b.fields);
  const names = new Set([...a.fields.map(([name]) => name), ...others.keys()]);
  const own = new Map(a.fields);
  return [...names]
    .map(name => ({ name, a: own.get(name) ?? '', b: others.get(name) ?? '' }))
    .filter(field => field.a !== field.b);
}

/** Members by a name that is unique: the second of one name is another one. */
function named(members: readonly Member[]): Map<string, Member> {
  const counts = new Map<string, number>();
  return new Map(
    members.map(member => {
      const count = (counts.get(member.name) ?? 0) + 1;
      counts.set(member.name, count);
      return [`${count}\0${member.name}`, member];
    }),
  );
}

function differentOrder(a: readonly string[], b: readonly string[]): boolean {
  const [inA, inB] = [new Set(a), new Set(b)];
  const [p, q] = [a.filter(key => inB.has(key)), b.filter(key => inA.has(key))];
  return p.some((key, i) => key !== q[i]);
}

function size({ content }: Member): string {
  return counted(content.length, 'byte');
}
