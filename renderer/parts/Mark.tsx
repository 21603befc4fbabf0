import { MARK_SHAPES, type MarkName, type MarkShape } from './mark-shapes.ts';

export type { MarkName } from './mark-shapes.ts';

/** A mark: a silhouette and a glyph. The word beside it is its name, so readers of the screen do not hear it. */
export function Mark({ name, size = 14 }: { readonly name: MarkName; readonly size?: number }) {
  return (
    <svg className={`mark mark-${name}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {MARK_SHAPES[name].map(shape => (
        <Shape key={shape.d} shape={shape} />
      ))}
    </svg>
  );
}

function Shape({ shape: { as, d, dash } }: { readonly shape: MarkShape }) {
  return <path d={d} className={as} strokeDasharray={dash?.join(' ')} />;
}
