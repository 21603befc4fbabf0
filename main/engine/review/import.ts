import { inputError } from '../base/index.ts';
import type { AnnotationOrigin, Case, EventOf, NewEvent } from '../case/index.ts';
import type { AnnotationFile, FileAnnotation } from './annotation-file.ts';
import { refuseWhileBlind } from './blind.ts';
import { type Merge, type MergeItem, mergeAnnotations } from './merge.ts';
import { reviewIn } from './of-log.ts';
import type { Review } from './review.ts';
import { act, freshIds, reviewerIn } from './write.ts';

/** Annotations that come from elsewhere. */
export interface ForeignAnnotations {
  readonly file: AnnotationFile;
  /** The bytes of the seed that they speak of, null where they are not known. */
  readonly seed: Uint8Array | null;
  /** Where the words of an annotation come from, by its place in the file, from 1. */
  readonly originOf: (theirs: FileAnnotation, number: number) => AnnotationOrigin;
  /** The file as the case keeps it; null for what is no file. */
  readonly kept: KeptFile | null;
}

/** A file of annotations as it lay there, with its good signature, if it has one. */
export interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly signature: { readonly key: string; readonly sshsig: Uint8Array } | null;
}

/** What is to be done with one annotation: nothing, add it, or put it in the place of one's own that it is in conflict with. */
export type Decision = 'leave' | 'add' | 'replace';

/** What an import did. */
export interface Imported extends Merge {
  /** Ids of the annotations that were added. */
  readonly added: readonly string[];
  /** Ids of one's own that were taken away for them. */
  readonly replaced: readonly string[];
}

/** What would come of annotations from elsewhere for a seed of this case. Throws `blind.goes-on`. */
export function lookAtAnnotations(
  theCase: Case,
  { seed }: EventOf<'seed-checked'>,
  foreign: ForeignAnnotations,
  by?: string,
): Merge {
  refuseWhileBlind(theCase, 'what others wrote', seed.sha256, by);
  const own = { sha256: seed.sha256, bytes: theCase.objects.read(seed.sha256) };
  return mergeAnnotations(reviewIn(theCase), own, foreign.file, foreign.seed);
}

/**
 * Takes over what is wanted of annotations from elsewhere: the person who imports them agrees to them, and they count as theirs; who wrote
 * them stays beside it. What was found changed becomes a question, since nobody has explained these bytes yet. One action. Throws
 * `import.nothing-to-add` and `import.not-yours` for decisions that cannot be, besides what {@link lookAtAnnotations} does.
 */
export function importAnnotations(
  theCase: Case,
  checked: EventOf<'seed-checked'>,
  foreign: ForeignAnnotations,
  decide: (item: MergeItem, number: number) => Decision,
  by?: string,
): Imported {
  const name = reviewerIn(theCase, by);
  const merge = lookAtAnnotations(theCase, checked, foreign, name);
  const wanted = merge.items.flatMap((item, i) => {
    const decision = decide(item, i + 1);
    if (decision !== 'leave') mustBePossible(item, i + 1, decision, name);
    return decision === 'leave' ? [] : [{ item, number: i + 1, decision }];
  });
  const replaced = wanted.flatMap(({ item, decision }) =>
    decision === 'replace' && item.ours ? [item.ours.id] : [],
  );
  const removals = [...new Set(replaced)].map((id): NewEvent => ({ type: 'annotation-removed', id }));
  const fresh = freshIds(theCase, wanted.length);
  const made = annotationsFor(reviewIn(theCase), wanted, {
    seed: checked.seed.sha256,
    fresh,
    originOf: foreign.originOf,
  });
  const kept = made.length > 0 && foreign.kept ? [importOf(theCase, checked, foreign.kept)] : [];
  act(theCase, [...kept, ...removals, ...made], name);
  return { ...merge, added: made.map(({ id }) => id), replaced: [...new Set(replaced)] };
}

/** Keeps a file as an object, with its signature. The event names both, so that whoever checks the report reads them again. */
function importOf(
  theCase: Case,
  { seed }: EventOf<'seed-checked'>,
  { name, bytes, signature }: KeptFile,
): NewEvent {
  const file = theCase.objects.put(bytes);
  const signed = signature && { key: signature.key, sshsig: theCase.objects.put(signature.sshsig) };
  return { type: 'annotations-imported', seed: seed.sha256, name, file, signature: signed };
}

function mustBePossible({ state, ours }: MergeItem, number: number, decision: Decision, by: string): void {
  if (state === 'same' || state === 'elsewhere') {
    const why = state === 'same' ? 'is here already' : 'has no bytes in this seed';
    throw inputError('import.nothing-to-add', `annotation ${number} ${why}`);
  }
  if (decision === 'replace' && ours !== null && ours.by !== by) {
    throw inputError(
      'import.not-yours',
      `annotation ${number} is in conflict with one by ${ours.by}`,
      undefined,
      'Add it beside that one, or leave it.',
    );
  }
}

interface Making {
  readonly seed: string;
  readonly fresh: readonly string[];
  readonly originOf: ForeignAnnotations['originOf'];
}

function annotationsFor(
  review: Review,
  wanted: readonly { readonly item: MergeItem; readonly number: number }[],
  { seed, fresh, originOf }: Making,
) {
  const given = new Set(fresh);
  return wanted.map(({ item: { theirs, taken }, number }, i) => {
    const { id: wish } = theirs;
    const id = review.knowsId(wish) || given.has(wish) ? (fresh[i] ?? '') : wish;
    given.add(id);
    if (taken === null) throw new Error('an annotation without bytes was taken over');
    return { type: 'seed-annotated', id, seed, ...taken, origin: originOf(theirs, number) } as const;
  });
}
