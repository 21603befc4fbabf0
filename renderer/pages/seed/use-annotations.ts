import { useMemo, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import type { HexDecoration } from '../../viewers/hex/index.ts';
import { decorationsOf } from './seed-model.ts';

const NONE: readonly AnnotationRow[] = [];

/** What people said of a seed's bytes, and which of it is shown. */
export interface Annotations {
  readonly all: readonly AnnotationRow[];
  /** As the grid draws them. */
  readonly decorations: readonly HexDecoration[];
  /** The annotation in the editor; null while a new one is written. */
  readonly shown: AnnotationRow | null;
  readonly show: (id: string | null) => void;
}

export function useAnnotations(seed: string): Annotations {
  const { value } = useEngine('seed.annotations', { seed });
  const all = value?.annotations ?? NONE;
  const [id, show] = useState<string | null>(null);
  const decorations = useMemo(() => decorationsOf(all), [all]);
  return { all, decorations, shown: all.find(each => each.id === id) ?? null, show };
}
