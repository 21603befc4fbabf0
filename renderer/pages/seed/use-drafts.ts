import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { Store, useStored } from '../../engine/index.ts';
import { type Draft, draftOf, isChanged } from './annotation-draft.ts';

/** Whose words about what: one person in one case on one seed. */
export interface DraftScope {
  readonly case: string;
  readonly by: string;
  readonly seed: string;
}

interface Kept extends DraftScope {
  /** The annotation that is being changed; null for a new one. */
  readonly id: string | null;
  readonly draft: Draft;
}

/** Words that are not saved yet, the newest last; they outlast a look at another annotation, seed or page. */
const drafts = new Store<readonly Kept[]>([]);

/** One annotation as it is being written. */
export interface Drafting {
  readonly draft: Draft;
  /** Whether it says anything that is not saved. */
  readonly changed: boolean;
  readonly set: (change: Partial<Draft>) => void;
  /** Forgets what is not saved. */
  readonly drop: () => void;
}

/** The draft of an annotation, or of a new one. */
export function useDraft(scope: DraftScope, annotation: AnnotationRow | null): Drafting {
  const id = annotation?.id ?? null;
  const kept = useStored(drafts, all => find(all, scope, id)?.draft);
  const draft = kept ?? draftOf(annotation);
  return {
    draft,
    changed: isChanged(draft, annotation),
    set: change => setDraft(scope, annotation, change),
    drop: () => drafts.set(all => without(all, scope, id)),
  };
}

/** Changes what is written of an annotation, or of a new one. */
export function setDraft(scope: DraftScope, annotation: AnnotationRow | null, change: Partial<Draft>): void {
  const id = annotation?.id ?? null;
  const old = find(drafts.get(), scope, id)?.draft ?? draftOf(annotation);
  keepDraft(scope, id, { ...old, ...change });
}

/** Whether a new annotation has words that are not saved. */
export function hasWords(scope: DraftScope): boolean {
  const draft = find(drafts.get(), scope, null)?.draft;
  return draft !== undefined && `${draft.label}${draft.note}`.trim() !== '';
}

/** Takes a whole draft, as one that was kept elsewhere. */
export function keepDraft({ case: of, by, seed }: DraftScope, id: string | null, draft: Draft): void {
  drafts.set(all => [...without(all, { case: of, by, seed }, id), { case: of, by, seed, id, draft }]);
}

/** What a person wrote last of a seed and did not save. */
export function useNewestDraft(scope: DraftScope): Pick<Kept, 'id' | 'draft'> | null {
  return useStored(drafts, all => all.findLast(each => isIn(each, scope)) ?? null);
}

function find(all: readonly Kept[], scope: DraftScope, id: string | null): Kept | undefined {
  return all.find(each => each.id === id && isIn(each, scope));
}

function without(all: readonly Kept[], scope: DraftScope, id: string | null): readonly Kept[] {
  return all.filter(each => each.id !== id || !isIn(each, scope));
}

function isIn(kept: Kept, scope: DraftScope): boolean {
  return kept.seed === scope.seed && kept.by === scope.by && kept.case === scope.case;
}
