import { inputError } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { bytesIn, rangeSet } from '../seed/index.ts';
import { changeAnnotations } from './annotate.ts';
import { seenIn } from './blind.ts';
import type { Annotation } from './model.ts';
import { reviewerIn } from './write.ts';

/** Annotations of a seed that people put under one name. */
export interface AnnotationGroup {
  readonly name: string;
  readonly annotations: number;
  /** Bytes that they speak of, each counted once. */
  readonly bytes: number;
  /** Whose annotations are in it, in the order in which they came. */
  readonly by: readonly string[];
}

/** The groups among some annotations, in the order in which they were first named. */
export function groupsOf(annotations: readonly Annotation[]): AnnotationGroup[] {
  const groups = new Map<string, Annotation[]>();
  for (const annotation of annotations) {
    if (annotation.group === null) continue;
    const known = groups.get(annotation.group);
    if (known) known.push(annotation);
    else groups.set(annotation.group, [annotation]);
  }
  return [...groups].map(([name, members]) => ({
    name,
    annotations: members.length,
    bytes: bytesIn(rangeSet(members.flatMap(({ ranges }) => ranges))),
    by: [...new Set(members.map(({ by }) => by))],
  }));
}

/**
 * Gives a group another name, as one action: one's own annotations in it; those of others keep theirs. Gives how many of each
 * there were. Throws `group.none`.
 */
export function renameGroup(
  theCase: Case,
  seed: string,
  names: { readonly from: string; readonly to: string },
  by?: string,
): { readonly changed: number; readonly others: number } {
  const name = reviewerIn(theCase, by);
  const members = seenIn(theCase, name)
    .annotations(seed)
    .filter(({ group }) => group === names.from);
  const own = members.filter(annotation => annotation.by === name).map(({ id }) => id);
  if (own.length === 0) {
    throw inputError('group.none', `${name} has no annotation in a group '${names.from}' of this seed`);
  }
  if (names.from !== names.to) changeAnnotations(theCase, own, { group: names.to }, name);
  return { changed: own.length, others: members.length - own.length };
}
