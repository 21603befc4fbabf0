import { Button, InputGroup, TextArea } from '@blueprintjs/core';
import { type RefObject, useDeferredValue, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { NoteText } from '../../parts/NoteText.tsx';
import { ColourField } from './ColourField.tsx';
import { GroupField } from './GroupField.tsx';
import { KindChoice } from './KindChoice.tsx';
import type { Drafting } from './use-drafts.ts';

interface AnnotationFormProps {
  readonly drafting: Drafting;
  readonly all: readonly AnnotationRow[];
  readonly labelField: RefObject<HTMLInputElement | null>;
}

/** The fields of one's own annotation. */
export function AnnotationForm({ drafting, all, labelField }: AnnotationFormProps) {
  const { draft, set } = drafting;
  const [preview, setPreview] = useState(false);
  return (
    <div className="seed-fields">
      <KindChoice kind={draft.kind} onKind={kind => set({ kind })} />
      <InputGroup
        size="small"
        className="seed-field"
        aria-label="Label"
        placeholder="What these bytes are"
        inputRef={labelField}
        maxLength={200}
        value={draft.label}
        onValueChange={label => set({ label })}
      />
      <div className="seed-note-head">
        <GroupField all={all} group={draft.group} onGroup={group => set({ group })} />
        <ColourField colour={draft.colour} onColour={colour => set({ colour })} />
        <span className="grow" />
        <Button size="small" variant="minimal" active={preview} onClick={() => setPreview(!preview)}>
          {preview ? 'Write' : 'Preview'}
        </Button>
      </div>
      {preview ? (
        <Preview note={draft.note} />
      ) : (
        <TextArea
          className="seed-note"
          fill
          aria-label="Note"
          placeholder="Why you believe it (Markdown)"
          maxLength={20_000}
          value={draft.note}
          onChange={event => set({ note: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

/** The note as the report prints it. */
export function Preview({ note }: { readonly note: string }) {
  const shown = useDeferredValue(note);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section className="seed-note seed-preview" aria-label="Note as printed" tabIndex={0}>
      {shown.trim() === '' ? <p className="t3">No note.</p> : <NoteText note={shown} />}
    </section>
  );
}
