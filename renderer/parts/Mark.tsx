import type { ReactNode } from 'react';

/** Every mark of the window and of the report. */
export type MarkName =
  | 'reproduced'
  | 'differs'
  | 'waived'
  | 'missing'
  | 'unexpected'
  | 'notrun'
  | 'none'
  | 'running'
  | 'failed'
  | 'done'
  | 'blocks'
  | 'explained'
  | 'question'
  | 'concern';

const EQUAL = <path d="M4.3 5.5h5.4M4.3 8.5h5.4" />;
const NOT_EQUAL = <path d="M4.3 5.5h5.4M4.3 8.5h5.4M8.6 3.6l-3.2 6.8" />;

/** Shapes on a grid of 14. What is drawn on a filled shape takes the ground's colour. */
const SHAPES: Record<MarkName, ReactNode> = {
  reproduced: (
    <>
      <circle cx="7" cy="7" r="6" className="fill" />
      <g className="on">{EQUAL}</g>
    </>
  ),
  differs: (
    <>
      <path d="M1.5 1.5h11v11h-11z" className="fill" />
      <g className="on">{NOT_EQUAL}</g>
    </>
  ),
  waived: (
    <>
      <path d="M1.75 1.75h10.5v10.5H1.75z" className="line" />
      <g className="line">{NOT_EQUAL}</g>
    </>
  ),
  missing: (
    <>
      <circle cx="7" cy="7" r="5.25" className="line" strokeDasharray="2.4 1.7" />
      <path d="M10.6 3.4L3.4 10.6" className="line" />
    </>
  ),
  unexpected: (
    <>
      <path d="M7 .9L13.6 12.6H.4z" className="fill" />
      <path d="M7 5.4v5M4.5 7.9h5" className="on" />
    </>
  ),
  notrun: <circle cx="7" cy="7" r="5.4" className="line" strokeWidth="1.2" />,
  none: <circle cx="7" cy="7" r="1.6" className="fill" />,
  running: (
    <>
      <circle cx="7" cy="7" r="5.4" className="line" strokeWidth="1.2" />
      <path d="M7 1.6A5.4 5.4 0 0 1 12.4 7H7z" className="fill" />
    </>
  ),
  failed: (
    <>
      <circle cx="7" cy="7" r="6" className="fill" />
      <path d="M7 3.4v4.2M7 9.4v1.4" className="on" />
    </>
  ),
  done: <path d="M2.4 7.4l3 3 6.2-6.6" className="line" strokeWidth="1.9" />,
  blocks: <path d="M7 1.2L12.8 7 7 12.8 1.2 7z" className="line" strokeWidth="1.4" />,
  explained: <path d="M1 5.5h12v3H1z" className="fill" />,
  question: <path d="M1 5.5h3v3H1zM5.5 5.5h3v3h-3zM10 5.5h3v3h-3z" className="fill" />,
  concern: <path d="M1 3.6h12v2.4H1zM1 8h12v2.4H1z" className="fill" />,
};

/** A mark: a silhouette and a glyph. The word beside it is its name, so readers of the screen do not hear it. */
export function Mark({ name, size = 14 }: { readonly name: MarkName; readonly size?: number }) {
  return (
    <svg className={`mark mark-${name}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
