import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { Store, useStored } from '../../engine/index.ts';
import { type Draft, draftOf, isChanged } from './annotation-draft.ts';

/** Words that are not saved yet, by seed and annotation; they outlast a look at another annotation, seed or page. */
const drafts = new Store<ReadonlyMap<string, Draft>>(new Map());

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
export function useDraft(seed: string, annotation: AnnotationRow | null): Drafting {
  const key = keyOf(seed, annotation?.id ?? null);
  const kept = useStored(drafts, all => all.get(key));
  const draft = kept ?? draftOf(annotation);
  return {
    draft,
    changed: isChanged(draft, annotation),
    set: change => setDraft(seed, annotation, change),
    drop: () => keep(key, null),
  };
}

/** Changes what is written of an annotation, or of a new one. */
export function setDraft(seed: string, annotation: AnnotationRow | null, change: Partial<Draft>): void {
  const key = keyOf(seed, annotation?.id ?? null);
  const draft = { ...(drafts.get().get(key) ?? draftOf(annotation)), ...change };
  keep(key, draft);
}

function keep(key: string, draft: Draft | null): void {
  const next = new Map(drafts.get());
  if (draft) next.set(key, draft);
  else next.delete(key);
  drafts.set(next);
}

function keyOf(seed: string, id: string | null): string {
  return `${seed} ${id ?? ''}`;
}
