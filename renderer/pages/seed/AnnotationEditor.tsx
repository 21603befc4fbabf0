import { type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { ask } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { clock, full } from '../../parts/time.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import { AnnotationActions } from './AnnotationActions.tsx';
import { AnnotationForm, Preview } from './AnnotationForm.tsx';
import { type Draft, holds, overlaps, rangesOfDraft, withoutRange, withRange } from './annotation-draft.ts';
import { KitLine } from './KitLine.tsx';
import { OverlapLine } from './OverlapLine.tsx';
import { RangeChips } from './RangeChips.tsx';
import { showRemoved } from './removed.ts';
import { SettleForm } from './SettleForm.tsx';
import { useAct } from './use-act.ts';
import { type DraftScope, useDraft } from './use-drafts.ts';
import type { KitClaim } from './use-kit-claim.ts';

/** What a page may ask of the editor. */
export interface EditorHandle {
  /** Puts the cursor into the label. */
  focus(): void;
  /** Adds the selected bytes to what is written. */
  addSelection(): void;
  /** Asks for what settles the question or concern that is shown. */
  settle(): void;
  save(): void;
}

interface AnnotationEditorProps {
  readonly scope: DraftScope;
  /** The bytes that a new annotation would be about. */
  readonly range: ByteRange;
  /** The annotation that is shown; null to write a new one. */
  readonly annotation: AnnotationRow | null;
  /** Its number in the list, from 1. */
  readonly number: number;
  readonly all: readonly AnnotationRow[];
  /** Who works here. */
  readonly by: string;
  /** What the kit says of the bytes that are selected. */
  readonly claim: KitClaim | null;
  readonly onShow: (start: number, end: number) => void;
  readonly onOpen: (id: string) => void;
  /** The focus came from elsewhere on the page. */
  readonly onEnter: (from: HTMLElement) => void;
  /** Saved, removed or left: `id` is what is still there. */
  readonly onDone: (id: string | null) => void;
  readonly ref?: Ref<EditorHandle>;
}

/** One annotation: written anew over the selection, changed by who wrote it, settled by anybody. Esc leaves it; what was typed stays. */
export function AnnotationEditor(props: AnnotationEditorProps) {
  const { scope, range, annotation, all, by, claim, onShow, onOpen, onEnter, onDone, ref } = props;
  const own = annotation === null || annotation.by === by;
  const drafting = useDraft(scope, annotation);
  const { draft, set, drop } = drafting;
  const acting = useAct();
  const [settling, setSettling] = useState(false);
  const labelField = useRef<HTMLInputElement>(null);
  const ranges = rangesOfDraft(draft, range);
  const shared = useMemo(() => overlaps(all, ranges, annotation?.id ?? null), [all, ranges, annotation]);
  const addable = own && (draft.ranges === null || !holds(draft.ranges, range));
  const addSelection = () => {
    if (addable) set({ ranges: withRange(draft.ranges ?? [], range) });
  };
  // Once there are words, they are about these bytes, whatever is looked at meanwhile.
  const write = (change: Partial<Draft>) => set(draft.ranges === null ? { ranges, ...change } : change);
  const open = annotation !== null && annotation.kind !== 'explained' && annotation.resolution === null;
  const ready = own && !acting.busy && draft.label.trim() !== '';
  const save = async () => {
    if (!ready) return;
    let id = annotation?.id ?? null;
    const done = await acting.act('The annotation was not saved', async () => {
      const { kind, label, note, group, colour } = draft;
      const content = { ranges: [...ranges], kind, label, note, group, colour };
      const saved =
        id === null
          ? await ask('seed.annotate', { seed: scope.seed, content })
          : await ask('seed.change', { id, content });
      id = saved.id;
    });
    if (!done) return;
    drop();
    onDone(id);
  };
  useImperativeHandle(ref, () => ({
    focus: () => labelField.current?.focus(),
    addSelection,
    settle: () => open && setSettling(true),
    save: () => void save(),
  }));
  const press = (event: KeyboardEvent<HTMLElement>) => {
    // Menus and dialogs of the editor lie elsewhere on the page; their keys are their own.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.defaultPrevented || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDone(null);
  };
  // Before a button takes Enter for a press.
  const saveByKeys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    if (!event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  const below = (
    <>
      {claim && annotation === null && !drafting.changed && <KitLine claim={claim} />}
      <OverlapLine overlaps={shared} onShow={onOpen} />
      {annotation?.resolution && (
        <p className="t2 cut" title={inertText(annotation.resolution.reason)}>
          Settled by <Inert text={annotation.resolution.by} prose />:{' '}
          <Inert text={annotation.resolution.reason} prose />
        </p>
      )}
      {acting.failure && (
        <ProblemPanel
          title={acting.failure.title}
          problem={acting.failure.problem}
          onDismiss={acting.forget}
        />
      )}
      {settling && annotation ? (
        <SettleForm id={annotation.id} onDone={() => setSettling(false)} />
      ) : (
        <AnnotationActions
          annotation={annotation}
          own={own}
          ready={ready}
          changed={drafting.changed}
          acting={acting}
          onSave={() => void save()}
          onDiscard={drop}
          onSettle={open ? () => setSettling(true) : null}
          onRemoved={() => {
            showRemoved();
            drop();
            onDone(null);
          }}
        />
      )}
    </>
  );
  return (
    <section
      className="seed-editor"
      aria-label={annotation ? 'Annotation' : 'New annotation'}
      onKeyDown={press}
      onKeyDownCapture={saveByKeys}
      onFocus={({ currentTarget, relatedTarget: from }) => {
        if (from instanceof HTMLElement && !currentTarget.contains(from)) onEnter(from);
      }}
    >
      <header className="panehead">
        <h2 className="nowrap">{annotation ? `Annotation ${props.number}` : 'New annotation'}</h2>
        {drafting.changed && <span className="t2 nowrap">not saved</span>}
        <span className="grow" />
        {annotation && (
          <span className="t3 cut" title={full(annotation.at)}>
            <Inert text={annotation.by} prose />, {clock(annotation.at)}
          </span>
        )}
      </header>
      <RangeChips
        ranges={ranges}
        addable={addable}
        following={draft.ranges === null}
        onAdd={addSelection}
        onRemove={
          own && draft.ranges !== null
            ? offset => {
                const rest = withoutRange(ranges, offset);
                set({ ranges: rest.length === 0 ? null : rest });
              }
            : null
        }
        removesLast={annotation === null}
        onShow={onShow}
      />
      {own ? (
        <AnnotationForm drafting={{ ...drafting, set: write }} all={all} labelField={labelField} />
      ) : (
        <AnnotationView annotation={annotation} />
      )}
      <div className="seed-foot">{below}</div>
    </section>
  );
}

/** Somebody else's annotation, to be read. */
function AnnotationView({ annotation }: { readonly annotation: AnnotationRow }) {
  return (
    <div className="seed-fields">
      <p className="strong">
        <span className={`mark-${annotation.kind}`}>{annotation.kind}</span>{' '}
        <Inert text={annotation.label} prose />
      </p>
      <Preview note={annotation.note} />
    </div>
  );
}
