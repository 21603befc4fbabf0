import type { Ref } from 'react';
import { useCase } from '../../case.ts';
import { AnnotationEditor, type EditorHandle } from './AnnotationEditor.tsx';
import { AnnotationList } from './AnnotationList.tsx';
import type { Annotations } from './use-annotations.ts';
import type { SeedSelection } from './use-seed-selection.ts';

interface AnnotationsPartProps {
  readonly seed: string;
  readonly selection: SeedSelection;
  readonly annotations: Annotations;
  readonly editor: Ref<EditorHandle>;
}

/** What is said of the bytes: all of it as a list, one of it in the editor. */
export function AnnotationsPart({ seed, selection, annotations, editor }: AnnotationsPartProps) {
  const by = useCase()?.by ?? '';
  const { all, shown, show } = annotations;
  return (
    <div className="seed-below">
      <AnnotationList
        annotations={all}
        selected={shown?.id ?? null}
        onSelect={row => {
          show(row.id);
          const [first] = row.ranges;
          if (first) selection.select(first.offset, first.offset + first.length);
        }}
      />
      <AnnotationEditor
        key={shown?.id ?? 'new'}
        ref={editor}
        seed={seed}
        range={selection.range}
        annotation={shown}
        by={by}
        onSaved={id => {
          show(id !== null && shown ? id : null);
          selection.panel.current?.focus();
        }}
      />
    </div>
  );
}
