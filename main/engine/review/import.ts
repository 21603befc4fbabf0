import { inputError } from '../base/index.ts';
import type { AnnotationOrigin, Case, EventOf, NewEvent } from '../case/index.ts';
import type { AnnotationFile } from './annotation-file.ts';
import { refuseWhileBlind } from './blind.ts';
import { type Merge, type MergeItem, mergeAnnotations } from './merge.ts';
import { type Review, reviewIn } from './review.ts';
import { act, freshIds, reviewerIn } from './write.ts';

/** Annotations that come from elsewhere. */
export interface ForeignAnnotations {
  readonly file: AnnotationFile;
  /** The bytes of the seed that they speak of, null where they are not known. */
  readonly seed: Uint8Array | null;
  /** Where the words of an author come from. */
  readonly originOf: (author: string) => AnnotationOrigin;
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
    return decision === 'leave' ? [] : [{ item, decision }];
  });
  const replaced = wanted.flatMap(({ item, decision }) =>
    decision === 'replace' && item.ours ? [item.ours.id] : [],
  );
  const removals = [...new Set(replaced)].map((id): NewEvent => ({ type: 'annotation-removed', id }));
  const fresh = freshIds(theCase, wanted.length);
  const made = annotationsFor(
    reviewIn(theCase),
    wanted.map(({ item }) => item),
    { seed: checked.seed.sha256, fresh, originOf: foreign.originOf },
  );
  act(theCase, [...removals, ...made], name);
  return { ...merge, added: made.map(({ id }) => id), replaced: [...new Set(replaced)] };
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

function annotationsFor(review: Review, items: readonly MergeItem[], { seed, fresh, originOf }: Making) {
  const given = new Set(fresh);
  return items.map(({ theirs, ranges, state }, i) => {
    const { id: wish, label, note, group, colour, by: author } = theirs;
    const id = review.knowsId(wish) || given.has(wish) ? (fresh[i] ?? '') : wish;
    given.add(id);
    const kind = state === 'changed' ? 'question' : theirs.kind;
    const content = { ranges: [...(ranges ?? [])], kind, label, note, group, colour };
    return { type: 'seed-annotated', id, seed, ...content, origin: originOf(author) } as const;
  });
}
