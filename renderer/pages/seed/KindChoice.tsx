import { Button } from '@blueprintjs/core';
import type { KeyboardEvent } from 'react';
import { Kbd } from '../../parts/Kbd.tsx';
import type { AnnotationKind } from './annotation-draft.ts';

/** The kinds in the order of their keys. */
export const KINDS = [
  { kind: 'explained', title: 'Explained', keys: 'E' },
  { kind: 'question', title: 'Question', keys: 'Q' },
  { kind: 'concern', title: 'Concern', keys: 'C' },
] as const;

interface KindChoiceProps {
  readonly kind: AnnotationKind;
  readonly onKind: (kind: AnnotationKind) => void;
}

/** The kind of an annotation: one of three, by its word and its key. */
export function KindChoice({ kind, onKind }: KindChoiceProps) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = KINDS.findIndex(each => each.kind === kind);
    const next = KINDS[(at + step + KINDS.length) % KINDS.length];
    if (!next) return;
    onKind(next.kind);
    event.currentTarget.querySelectorAll('button')[KINDS.indexOf(next)]?.focus();
  };
  return (
    <div className="bp6-segmented-control seed-kinds" role="radiogroup" aria-label="Kind" onKeyDown={press}>
      {KINDS.map(each => (
        <Button
          key={each.kind}
          size="small"
          variant={each.kind === kind ? 'solid' : 'minimal'}
          role="radio"
          aria-checked={each.kind === kind}
          tabIndex={each.kind === kind ? 0 : -1}
          onClick={() => onKind(each.kind)}
        >
          {each.title} <Kbd keys={each.keys} />
        </Button>
      ))}
    </div>
  );
}
