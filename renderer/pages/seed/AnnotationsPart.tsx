import { SegmentedControl } from '@blueprintjs/core';
import { type RefObject, useRef, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../../commands/index.ts';
import { number } from '../../parts/format.ts';
import { AnnotationEditor, type EditorHandle } from './AnnotationEditor.tsx';
import type { ListHandle } from './AnnotationList.tsx';
import { ALL, isOpen, type ListOptions } from './annotation-rows.ts';
import { DisagreementList, DisagreementView } from './DisagreementsPart.tsx';
import { ListedAnnotations } from './ListedAnnotations.tsx';
import type { Annotations } from './use-annotations.ts';
import type { Disagreements } from './use-disagreements.ts';
import type { KitClaim } from './use-kit-claim.ts';
import type { SeedSelection } from './use-seed-selection.ts';

interface AnnotationsPartProps {
  readonly selection: SeedSelection;
  readonly annotations: Annotations;
  readonly disagreements: Disagreements;
  /** What the kit says of the selected bytes. */
  readonly claim: KitClaim | null;
  readonly editor: RefObject<EditorHandle | null>;
}

/** What is said of the bytes: all of it as a list, one of it in the editor; or where people do not say the same, side by side. */
export function AnnotationsPart(props: AnnotationsPartProps) {
  const { selection, annotations, disagreements, claim, editor } = props;
  const { all, shown, show, by, scope } = annotations;
  const list = useRef<ListHandle>(null);
  const [recent, setRecent] = useState<string | null>(null);
  const [options, setOptions] = useState<ListOptions>(ALL);
  const listOpen = (kind: 'question' | 'concern') => {
    disagreements.setOpen(false);
    setOptions(old => ({ ...ALL, order: old.order, grouped: old.grouped, kind, open: true }));
    requestAnimationFrame(() => list.current?.focus());
  };
  useOpenCommands(all, listOpen);
  // Whoever began to write in a list or a grid goes on there.
  const cameFrom = useRef<HTMLElement | null>(null);
  const goBack = () => {
    const from = cameFrom.current;
    if (from?.isConnected && from.matches('[role="grid"], [role="treegrid"]')) from.focus();
    else selection.panel.current?.focus();
  };
  const open = (annotation: AnnotationRow) => {
    disagreements.setOpen(false);
    show(annotation.id);
    const [first] = annotation.ranges;
    if (first) selection.select(first.offset, first.offset + first.length);
  };
  const title = <Title disagreements={disagreements} annotations={all.length} />;
  if (disagreements.open) {
    return (
      <div className="seed-below">
        <div className="seed-halves">
          <section className="seed-list" aria-label="Disagreements">
            <header className="panehead">{title}</header>
            <DisagreementList disagreements={disagreements} />
          </section>
          <DisagreementView disagreements={disagreements} annotations={all} onOpen={open} />
        </div>
      </div>
    );
  }
  return (
    <div className="seed-below">
      <div className="seed-halves">
        <ListedAnnotations
          seed={scope.seed}
          title={title}
          all={all}
          by={by}
          selected={shown?.id ?? null}
          range={selection.range}
          recent={recent}
          list={list}
          options={options}
          onOptions={setOptions}
          onSelect={open}
          onEdit={annotation => {
            open(annotation);
            requestAnimationFrame(() => editor.current?.focus());
          }}
        />
        <AnnotationEditor
          key={shown?.id ?? 'new'}
          ref={editor}
          scope={scope}
          range={selection.range}
          annotation={shown}
          number={all.findIndex(each => each.id === shown?.id) + 1}
          all={all}
          by={by}
          claim={claim}
          onShow={selection.select}
          onOpen={id => {
            const wanted = all.find(each => each.id === id);
            if (wanted) open(wanted);
          }}
          onEnter={from => {
            cameFrom.current = from;
          }}
          onDone={id => {
            setRecent(id);
            show(id !== null && shown ? id : null);
            goBack();
          }}
        />
      </div>
    </div>
  );
}

/** Lists what waits for an answer; the figures of coverage lead here too. */
function useOpenCommands(all: readonly AnnotationRow[], list: (kind: 'question' | 'concern') => void): void {
  useCommands(() => {
    const command = (kind: 'question' | 'concern'): Command => ({
      id: `seed.open-${kind}s`,
      title: `List open ${kind}s`,
      group: 'On this page',
      enabled: all.some(each => each.kind === kind && isOpen(each)),
      run: () => list(kind),
    });
    return [command('question'), command('concern')];
  }, [all]);
}

interface TitleProps {
  readonly disagreements: Disagreements;
  readonly annotations: number;
}

/** Names the list; a choice of two once people disagree. */
function Title({ disagreements, annotations }: TitleProps) {
  const { all, open, setOpen } = disagreements;
  if (all.length === 0) {
    return (
      <>
        <h2>Annotations</h2>
        <span className="t2">{number(annotations)}</span>
      </>
    );
  }
  return (
    <SegmentedControl
      size="small"
      aria-label="What is listed"
      options={[
        { label: `Annotations ${number(annotations)}`, value: 'annotations' },
        { label: `Differ ${number(all.length)}`, value: 'disagreements' },
      ]}
      value={open ? 'disagreements' : 'annotations'}
      onValueChange={value => setOpen(value === 'disagreements')}
    />
  );
}
