import { Button, InputGroup, SegmentedControl, TextArea } from '@blueprintjs/core';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { ask, attempt } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { full } from '../../parts/time.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import { rangesText } from './AnnotationList.tsx';

type Kind = AnnotationRow['kind'];

/** What a page may ask of the editor. */
export interface EditorHandle {
  /** Puts the cursor into the label; with a kind, sets it first. */
  begin(kind?: Kind): void;
}

interface AnnotationEditorProps {
  readonly seed: string;
  /** The bytes that a new annotation would be about. */
  readonly range: ByteRange;
  /** The annotation that is shown; null to write a new one. */
  readonly annotation: AnnotationRow | null;
  /** Who works here. */
  readonly by: string;
  readonly onSaved: (id: string | null) => void;
  readonly ref?: Ref<EditorHandle>;
}

/** One annotation: written anew over the selection, changed by who wrote it, settled by anybody. */
export function AnnotationEditor({ seed, range, annotation, by, onSaved, ref }: AnnotationEditorProps) {
  const own = annotation === null || annotation.by === by;
  const [kind, setKind] = useState<Kind>(annotation?.kind ?? 'explained');
  const [label, setLabel] = useState(annotation?.label ?? '');
  const [note, setNote] = useState(annotation?.note ?? '');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({
    begin(wanted) {
      if (wanted) setKind(wanted);
      input.current?.focus();
    },
  }));
  const ranges = annotation?.ranges ?? [
    { offset: range.start, length: Math.max(1, range.end - range.start) },
  ];
  const content = { ranges, kind, label: label.trim(), note: note.trim() };
  const act = async (title: string, action: () => Promise<string | null>) => {
    setBusy(true);
    const id = await attempt(title, action);
    setBusy(false);
    if (id !== undefined) onSaved(id);
  };
  const save = () => {
    if (content.label === '' || busy || !own) return;
    void act('The annotation was not kept', async () => {
      const made = annotation
        ? await ask('seed.change', { id: annotation.id, content })
        : await ask('seed.annotate', { seed, content });
      return made.id;
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    save();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter saves from any field
    <div className="seed-editor" onKeyDown={press}>
      <div className="panehead">
        <h2>{annotation ? 'Annotation' : 'New annotation'}</h2>
        <span className="t2 mono cut grow">{rangesText({ ranges })}</span>
        {annotation && (
          <span className="t3 nowrap">
            <Inert text={annotation.by} prose />, {full(annotation.at)}
          </span>
        )}
      </div>
      <div className="seed-fields">
        <SegmentedControl
          size="small"
          disabled={!own}
          options={[
            { label: 'Explained', value: 'explained' },
            { label: 'Question', value: 'question' },
            { label: 'Concern', value: 'concern' },
          ]}
          value={kind}
          onValueChange={value => setKind(value as Kind)}
        />
        <InputGroup
          size="small"
          aria-label="Label"
          placeholder="What these bytes are"
          inputRef={input}
          readOnly={!own}
          maxLength={200}
          value={label}
          onValueChange={setLabel}
        />
        <TextArea
          className="seed-note"
          fill
          aria-label="Note"
          placeholder="Why you believe it"
          readOnly={!own}
          maxLength={20_000}
          value={note}
          onChange={event => setNote(event.currentTarget.value)}
        />
        {annotation?.resolution && (
          <p className="t2">
            Settled by <Inert text={annotation.resolution.by} prose />:{' '}
            <Inert text={annotation.resolution.reason} prose />
          </p>
        )}
        <div className="pane-acts">
          {annotation && own && (
            <Button
              size="small"
              variant="minimal"
              disabled={busy}
              onClick={() =>
                void act('The annotation stays', async () => {
                  await ask('seed.remove', { id: annotation.id });
                  return null;
                })
              }
            >
              Remove
            </Button>
          )}
          {annotation && annotation.kind !== 'explained' && !annotation.resolution && (
            <Settle annotation={annotation} onSettled={() => onSaved(annotation.id)} />
          )}
          {own && (
            <Button size="small" intent="primary" disabled={busy || content.label === ''} onClick={save}>
              Save <Kbd keys="Ctrl ↵" />
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function Settle({
  annotation,
  onSettled,
}: {
  readonly annotation: AnnotationRow;
  readonly onSettled: () => void;
}) {
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return (
      <Button size="small" onClick={() => setReason('')}>
        Settle
      </Button>
    );
  }
  const settle = async () => {
    const done = await attempt('It was not settled', async () => {
      await ask('seed.resolve', { id: annotation.id, reason: reason.trim() });
      return true;
    });
    if (done) {
      setReason(null);
      onSettled();
    }
  };
  return (
    <>
      <InputGroup
        size="small"
        fill
        autoFocus
        aria-label="What settles it"
        placeholder="What settles it"
        maxLength={2000}
        value={reason}
        onValueChange={setReason}
      />
      <Button size="small" disabled={reason.trim() === ''} onClick={() => void settle()}>
        Settle
      </Button>
    </>
  );
}
