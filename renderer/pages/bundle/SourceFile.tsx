import {
  lazy,
  type Ref,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import {
  LANGUAGE_NAMES,
  languageOf,
  lineCount,
  lineEnds,
  type SourceHandle,
  unreadable,
} from '../../viewers/source/index.ts';
import { CommentEditor } from './CommentEditor.tsx';
import { CommentThread } from './CommentThread.tsx';
import type { FileHandle } from './FilePane.tsx';
import { HexFile } from './HexFile.tsx';
import type { BundlePlace } from './selection.ts';
import { type FileComment, useComments } from './use-comments.ts';

/** The editor is large and is loaded when a source is first shown. */
const SourceView = lazy(async () => ({
  default: (await import('../../viewers/source/SourceView.tsx')).SourceView,
}));

interface SourceFileProps {
  readonly row: BundleRow;
  readonly place: BundlePlace;
  readonly onWords: (words: string) => void;
  readonly ref: Ref<FileHandle>;
}

/** A file of the bundle as text, with its comments under their lines. What is no text is shown as bytes. */
export function SourceFile({ row, place, onWords, ref }: SourceFileProps) {
  const { path } = row;
  const { value, problem } = useEngine('bundle.text', { path }, { once: true });
  const reason = value ? unreadable(value) : null;
  if (problem) return <ProblemPanel title="The file could not be read" problem={problem} />;
  if (!value) return null;
  if (reason !== null) return <HexFile row={row} place={place} onWords={onWords} note={reason} ref={ref} />;
  return <Text path={path} text={value.text} place={place} onWords={onWords} ref={ref} />;
}

interface TextProps {
  readonly path: string;
  readonly text: string;
  readonly place: BundlePlace;
  readonly onWords: (words: string) => void;
  readonly ref: Ref<FileHandle>;
}

function Text({ path, text, place, onWords, ref }: TextProps) {
  const comments = useComments(path);
  const [writing, setWriting] = useState<number | null>(null);
  const line = useRef(1);
  const view = useRef<SourceHandle | null>(null);
  const [ready, setReady] = useState(false);
  const lines = useMemo(() => lineCount(text), [text]);
  const language = useMemo(() => languageOf(path, text.slice(0, 200).split('\n', 1)[0]), [path, text]);
  useEffect(() => {
    const ends = lineEnds(text);
    const said = ends === 'CRLF' || ends === 'CR' || ends === 'mixed' ? `, ${ends} line ends` : '';
    onWords(`${LANGUAGE_NAMES[language]}, ${counted(lines, 'line')}${said}`);
  }, [language, lines, text, onWords]);
  useEffect(() => {
    if (ready && place.line !== null) view.current?.goToLine(Math.min(place.line, Math.max(1, lines)));
  }, [ready, place, lines]);
  /** Asked for before the editor was there. */
  const focusWanted = useRef(false);
  useEffect(() => {
    if (ready && focusWanted.current) view.current?.focus();
    if (ready) focusWanted.current = false;
  }, [ready]);
  useImperativeHandle(ref, () => ({
    path,
    focus: () => {
      focusWanted.current = !ready;
      view.current?.focus();
    },
    openFind: () => view.current?.openFind(),
    openGoTo: () => view.current?.openGoTo(),
    comment: () => setWriting(line.current),
  }));
  const takeView = useCallback((handle: SourceHandle | null) => {
    view.current = handle;
    setReady(handle !== null);
  }, []);
  const { marks, notes } = useMemo(() => threadsOf(comments, lines), [comments, lines]);
  const all = useMemo(() => {
    if (writing === null) return notes;
    const done = () => {
      setWriting(null);
      view.current?.focus();
    };
    return [
      ...notes,
      {
        key: `new ${writing}`,
        line: writing,
        content: <CommentEditor path={path} line={writing} onDone={done} />,
      },
    ];
  }, [notes, writing, path]);
  return (
    <Suspense fallback={<p className="bundle-note t2">Loading the editor…</p>}>
      <SourceView
        text={text}
        language={language}
        label="Source, read-only. Ctrl F finds, Ctrl G goes to a line."
        marks={marks}
        notes={all}
        onLine={at => {
          line.current = at;
        }}
        onMargin={setWriting}
        ref={takeView}
      />
    </Suspense>
  );
}

/** Comments by line, as marks and as what stands under the line. Those on the whole file stand above the first. */
function threadsOf(comments: readonly FileComment[], lines: number) {
  const byLine = new Map<number, FileComment[]>();
  for (const comment of comments) {
    const at = Math.min(comment.line ?? 0, lines);
    byLine.set(at, [...(byLine.get(at) ?? []), comment]);
  }
  const threads = [...byLine];
  return {
    marks: threads
      .filter(([at]) => at > 0)
      .map(([at, list]) => ({
        from: at,
        to: at,
        kind: list.every(comment => comment.resolution) ? ('settled' as const) : ('comment' as const),
        label: counted(list.length, 'comment'),
      })),
    notes: threads.map(([at, list]) => ({
      key: `thread ${at}`,
      line: at,
      content: <CommentThread comments={list} />,
    })),
  };
}
