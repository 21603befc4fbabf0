import { useMemo, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useEngine } from '../../engine/index.ts';
import type { HexDecoration } from '../../viewers/hex/index.ts';
import { decorationsOf } from './seed-model.ts';
import { type DraftScope, useDraft } from './use-drafts.ts';
import { useKeptDraft } from './use-kept-draft.ts';

const NONE: readonly AnnotationRow[] = [];

/** What people said of a seed's bytes, and which of it is shown. */
export interface Annotations {
  readonly all: readonly AnnotationRow[];
  /** As the grid draws them, the one in the editor as it is being written. */
  readonly decorations: readonly HexDecoration[];
  /** The annotation in the editor; null while a new one is written. */
  readonly shown: AnnotationRow | null;
  /** Whether the one in the editor is one's own, or new. */
  readonly own: boolean;
  readonly show: (id: string | null) => void;
  /** Who works here. */
  readonly by: string;
  /** Whose drafts are shown. */
  readonly scope: DraftScope;
}

export function useAnnotations(seed: string): Annotations {
  const { value } = useEngine('seed.annotations', { seed });
  const summary = useCase();
  const [of, by] = [summary?.id ?? '', summary?.by ?? ''];
  const scope = useMemo(() => ({ case: of, by, seed }), [of, by, seed]);
  const all = value?.annotations ?? NONE;
  const [id, show] = useState<string | null>(null);
  const shown = all.find(each => each.id === id) ?? null;
  const { draft } = useDraft(scope, shown);
  useKeptDraft(scope, show);
  const decorations = useMemo(
    () =>
      decorationsOf(all, {
        id: shown?.id ?? null,
        kind: draft.kind,
        label: draft.label,
        ranges: draft.ranges,
        colour: draft.colour,
      }),
    [all, shown?.id, draft.kind, draft.label, draft.ranges, draft.colour],
  );
  return { all, decorations, shown, own: shown === null || shown.by === by, show, by, scope };
}
