import { useMemo } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';

type Answer = Output<'bundle.comments'>;

/** A comment on a file; `line` is null for one on the whole file. */
export type FileComment = Answer['comments'][number] & { readonly line: number | null };

const NONE: readonly FileComment[] = [];

/** The comments on a file, oldest first. */
export function useComments(path: string): readonly FileComment[] {
  const { value } = useEngine('bundle.comments', { path });
  return useMemo(
    () =>
      value?.comments.map(comment => ({ ...comment, line: 'line' in comment.on ? comment.on.line : null })) ??
      NONE,
    [value],
  );
}
