import { useMemo, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useEngine } from '../../engine/index.ts';
import type { HexDecoration } from '../../viewers/hex/index.ts';
import { decorationsOf } from './seed-model.ts';
import { useDraft } from './use-drafts.ts';

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
}

export function useAnnotations(seed: string): Annotations {
  const { value } = useEngine('seed.annotations', { seed });
  const by = useCase()?.by ?? '';
  const all = value?.annotations ?? NONE;
  const [id, show] = useState<string | null>(null);
  const shown = all.find(each => each.id === id) ?? null;
  const { draft } = useDraft(seed, shown);
  const decorations = useMemo(
    () =>
      decorationsOf(all, {
        id: shown?.id ?? null,
        kind: draft.kind,
        label: draft.label,
        ranges: draft.ranges,
      }),
    [all, shown?.id, draft.kind, draft.label, draft.ranges],
  );
  return { all, decorations, shown, own: shown === null || shown.by === by, show, by };
}
