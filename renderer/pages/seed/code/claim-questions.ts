import type { AnnotationRow } from '../../../../main/contract/requests/index.ts';

/** The question after or before the one that is shown, around the end; the first when none is. Null when there is none. */
export function nextQuestion(count: number, shown: number | null, step: 1 | -1): number | null {
  if (count === 0) return null;
  return shown === null ? 0 : (shown + step + count) % count;
}

/** Whether somebody's own question is about exactly these bytes already. */
export function isAsked(
  { offset, length }: { readonly offset: number; readonly length: number },
  annotations: readonly AnnotationRow[],
  by: string,
): boolean {
  return annotations.some(
    each =>
      each.kind === 'question' &&
      each.by === by &&
      each.ranges.some(range => range.offset === offset && range.length === length),
  );
}
