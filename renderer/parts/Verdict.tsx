import type { ReactNode } from 'react';
import { Mark, type MarkName } from './Mark.tsx';

const WORDS: Record<MarkName, string> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  notrun: 'not run',
  none: 'no expectation',
  running: 'running',
  failed: 'failed',
  done: 'done',
  blocks: 'blocks',
  explained: 'explained',
  question: 'question',
  concern: 'concern',
};

interface VerdictProps {
  readonly name: MarkName;
  /** Other words than the mark's own: `19 reproduced`. */
  readonly children?: ReactNode;
  /** Grey words beside the mark, where only exceptions are to be read. */
  readonly calm?: boolean;
  readonly title?: string | undefined;
}

/** A mark with its word. */
export function Verdict({ name, children, calm = false, title }: VerdictProps) {
  return (
    <span className={`verdict mark-${name}`} title={title}>
      <Mark name={name} />
      <span className={calm ? 't2' : undefined}>{children ?? WORDS[name]}</span>
    </span>
  );
}
