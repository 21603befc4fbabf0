import { inertText } from '../../../main/contract/inert.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import type { Overlap } from './annotation-draft.ts';

interface OverlapLineProps {
  readonly overlaps: readonly Overlap[];
  readonly onShow: (id: string) => void;
}

/** Which other annotations speak of the same bytes: the one with most of them by name, the others by number. */
export function OverlapLine({ overlaps, onShow }: OverlapLineProps) {
  const [first, ...others] = overlaps;
  if (!first) return null;
  const { annotation, bytes } = first;
  return (
    <p className="seed-overlap t2">
      Overlaps{' '}
      <button type="button" className="as-link" onClick={() => onShow(annotation.id)}>
        “<Inert text={annotation.label} prose />”
      </button>
      , {number(bytes)} B
      {others.length > 0 && (
        <span
          title={others
            .map(each => `${inertText(each.annotation.label)}, ${number(each.bytes)} B`)
            .join('\n')}
        >
          {' '}
          and {counted(others.length, 'other')}
        </span>
      )}
    </p>
  );
}
