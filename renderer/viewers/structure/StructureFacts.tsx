import { Button } from '@blueprintjs/core';
import type { StructureNodeRow } from '../../../main/contract/requests/index.ts';
import { bytes, offset as offsetText, sentenceOf } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { NOTICES } from './notice-words.ts';

interface StructureFactsProps {
  readonly node: StructureNodeRow;
  /** Begins an annotation of it; null where it has no bytes. */
  readonly onAnnotate: (() => void) | null;
}

/** What one part is, and what is said of it. */
export function StructureFacts({ node, onAnnotate }: StructureFactsProps) {
  const { label, value, meaning, offset, length, notices } = node;
  return (
    <section className="structure-facts" aria-label="The selected part">
      <p className="strong">
        <Inert text={label} prose />
        {value !== null && (
          <>
            {' = '}
            <Inert text={value} />
          </>
        )}
      </p>
      {meaning !== null && (
        <p>
          <Inert text={sentenceOf(meaning)} prose />
        </p>
      )}
      <ul>
        {notices.map(({ code, severity, message }) => (
          <li key={code} title={code}>
            <Verdict name={NOTICES[severity].mark}>{NOTICES[severity].word}</Verdict>{' '}
            <Inert text={sentenceOf(message)} prose />
          </li>
        ))}
      </ul>
      <p className="structure-place">
        <span className="t2 mono" title={bytes(length)}>
          {length === 0 ? 'no bytes' : placeText(offset, length)}
        </span>
        {onAnnotate && (
          <Button size="small" variant="minimal" onClick={onAnnotate}>
            Annotate <Kbd keys="F" />
          </Button>
        )}
      </p>
    </section>
  );
}

/** `0x18–0x1F`; one offset where it is one byte. */
function placeText(from: number, length: number): string {
  return length === 1 ? offsetText(from) : `${offsetText(from)}–${offsetText(from + length - 1)}`;
}
