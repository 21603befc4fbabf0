import { type ReactNode, useState } from 'react';
import { counted } from '../../parts/format.ts';

interface FoldedProps<T> {
  readonly all: readonly T[];
  /** How many stand there until somebody asks for all. */
  readonly shown: number;
  readonly what: string;
  /** `li` where the items are those of a list. */
  readonly of?: 'li';
  readonly children: (item: T, i: number) => ReactNode;
}

/** The first of a long list, and a button for the others. */
export function Folded<T>({ all, shown, what, of, children }: FoldedProps<T>) {
  const [open, setOpen] = useState(false);
  const others = all.length - shown;
  const button = (
    <button type="button" className="as-link" aria-expanded={open} onClick={() => setOpen(!open)}>
      {open ? `Only the first ${shown}` : `${counted(others, what)} more`}
    </button>
  );
  return (
    <>
      {(open ? all : all.slice(0, shown)).map(children)}
      {others > 0 && (of === 'li' ? <li>{button}</li> : button)}
    </>
  );
}
