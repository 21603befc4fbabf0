import type { CoverageRow, Output } from '../../../main/contract/requests/index.ts';

export type KitTemplate = Output<'seed.templates'>[number];

/**
 * What the kit says of the byte at an offset, the shortest of its ranges there. Null when it says nothing, when the bytes are others,
 * when this person agreed already or explained all of these bytes otherwise.
 */
export function claimAt(
  templates: readonly KitTemplate[],
  at: number,
  by: string,
  coverage: CoverageRow | undefined,
): KitTemplate | null {
  const own = coverage?.reviewers.find(each => each.name === by)?.ranges ?? [];
  const holds = (
    range: { readonly offset: number; readonly length: number },
    offset: number,
    length: number,
  ) => range.offset <= offset && offset + length <= range.offset + range.length;
  const open = templates.filter(
    each =>
      each.fits &&
      holds(each, at, 1) &&
      !each.accepted.includes(by) &&
      !own.some(range => holds(range, each.offset, each.length)),
  );
  return open.sort((a, b) => a.length - b.length)[0] ?? null;
}
