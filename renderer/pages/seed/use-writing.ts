import { type RefObject, useMemo } from 'react';
import { flushSync } from 'react-dom';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import type { EditorHandle } from './AnnotationEditor.tsx';
import { bytesOf, type Draft, overlaps } from './annotation-draft.ts';
import type { Annotations } from './use-annotations.ts';
import { hasWords, setDraft } from './use-drafts.ts';
import type { Writing } from './use-seed-commands.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** What the page's keys do to the annotation in the editor; `onWrite` makes room for it. */
export function useWriting(
  { range, select }: SeedSelection,
  { all, shown, own, show, by, scope }: Annotations,
  editor: RefObject<EditorHandle | null>,
  onWrite: () => void,
): Writing {
  // biome-ignore lint/correctness/useExhaustiveDependencies: selecting is the same whenever it is asked for
  return useMemo(() => {
    // At once, so that what is typed next is typed into the label.
    const write = (change: () => void) => {
      flushSync(() => {
        onWrite();
        change();
      });
      editor.current?.focus();
    };
    /** Begins a new one with words; words that are there and not saved stay instead. */
    const writeNew = (draft: Pick<Draft, 'ranges' | 'label' | 'group'>) =>
      write(() => {
        show(null);
        if (!hasWords(scope)) setDraft(scope, null, { ...draft, kind: 'explained', note: '' });
      });
    const selected = [{ offset: range.start, length: Math.max(1, range.end - range.start) }];
    const theirs =
      own || !shown
        ? overlaps(all, selected, null).find(({ annotation }) => annotation.by !== by)?.annotation
        : shown;
    return {
      begin: () => write(() => show(null)),
      setKind(kind) {
        const about = own && (!shown || shown.ranges.some(each => isSelected(each, range)));
        write(() => {
          if (!about) show(null);
          setDraft(scope, about ? shown : null, { kind });
        });
      },
      about(bytes, label) {
        const ranges = [{ offset: bytes.start, length: bytes.end - bytes.start }];
        writeNew({ ranges, label, group: null });
      },
      addSelection: () => editor.current?.addSelection(),
      settle: () => editor.current?.settle(),
      save: () => editor.current?.save(),
      agree: theirs
        ? () => {
            const { ranges, label, group } = theirs;
            const [first] = ranges.map(bytesOf);
            if (first) select(first.start, first.end);
            writeNew({ ranges, label, group });
          }
        : null,
    };
  }, [scope, range.start, range.end, all, shown, own, by, show, editor]);
}

/** Whether exactly these bytes are selected: then nobody has gone on to others since. */
function isSelected({ offset, length }: AnnotationRow['ranges'][number], { start, end }: ByteRange): boolean {
  return offset === start && offset + length === end;
}
