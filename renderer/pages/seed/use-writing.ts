import { type RefObject, useMemo } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import type { EditorHandle } from './AnnotationEditor.tsx';
import { bytesOf, overlaps } from './annotation-draft.ts';
import type { Annotations } from './use-annotations.ts';
import { setDraft } from './use-drafts.ts';
import type { Writing } from './use-seed-commands.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** What the page's keys do to the annotation in the editor. */
export function useWriting(
  { range, select }: SeedSelection,
  { all, shown, own, show, by, scope }: Annotations,
  editor: RefObject<EditorHandle | null>,
): Writing {
  // biome-ignore lint/correctness/useExhaustiveDependencies: selecting is the same whenever it is asked for
  return useMemo(() => {
    const focus = () => requestAnimationFrame(() => editor.current?.focus());
    const selected = [{ offset: range.start, length: Math.max(1, range.end - range.start) }];
    const theirs =
      own || !shown
        ? overlaps(all, selected, null).find(({ annotation }) => annotation.by !== by)?.annotation
        : shown;
    return {
      begin() {
        show(null);
        focus();
      },
      setKind(kind) {
        const about = own && (!shown || shown.ranges.some(each => isSelected(each, range)));
        if (!about) show(null);
        setDraft(scope, about ? shown : null, { kind });
        focus();
      },
      about(bytes, label) {
        show(null);
        const ranges = [{ offset: bytes.start, length: bytes.end - bytes.start }];
        setDraft(scope, null, { kind: 'explained', ranges, label });
        focus();
      },
      addSelection: () => editor.current?.addSelection(),
      settle: () => editor.current?.settle(),
      save: () => editor.current?.save(),
      agree: theirs
        ? () => {
            const { ranges, label, group } = theirs;
            show(null);
            setDraft(scope, null, { kind: 'explained', ranges, label, group, note: '' });
            const [first] = ranges.map(bytesOf);
            if (first) select(first.start, first.end);
            focus();
          }
        : null,
    };
  }, [scope, range.start, range.end, all, shown, own, by, show, editor]);
}

/** Whether exactly these bytes are selected: then nobody has gone on to others since. */
function isSelected({ offset, length }: AnnotationRow['ranges'][number], { start, end }: ByteRange): boolean {
  return offset === start && offset + length === end;
}
