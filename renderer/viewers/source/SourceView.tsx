import type { editor } from 'monaco-editor';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useDark } from '../../shell/theme.ts';
import { hiddenCharacters } from './hidden.ts';
import type { SourceLanguage } from './languages/index.ts';
import { monaco } from './monaco.ts';
import { THEMES } from './themes.ts';
import { Zones } from './zones.ts';
import './source.css';

/** Lines, from 1, both included, that look other than the rest. */
export interface LineMark {
  readonly from: number;
  readonly to: number;
  readonly kind: 'comment' | 'explained' | 'question' | 'concern' | 'settled';
  /** Words for the mark in the margin. */
  readonly label: string;
}

/** Something that stands under a line. */
export interface LineNote {
  readonly key: string;
  readonly line: number;
  readonly content: ReactNode;
}

/** What a page may ask of a source view. */
export interface SourceHandle {
  focus(): void;
  /** Moves a line into the middle and puts the cursor on it. */
  goToLine(line: number): void;
  openFind(): void;
  openGoTo(): void;
}

export interface SourceViewProps {
  readonly text: string;
  readonly language: SourceLanguage;
  /** What this file is, for a reader of the screen. */
  readonly label: string;
  readonly marks?: readonly LineMark[];
  readonly notes?: readonly LineNote[];
  /** Hears which line the cursor is on. */
  readonly onLine?: (line: number) => void;
  /** The margin of a line was pressed. */
  readonly onMargin?: (line: number) => void;
  /** Null until the editor is there. */
  readonly ref?: Ref<SourceHandle | null>;
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  readOnly: true,
  domReadOnly: true,
  automaticLayout: true,
  contextmenu: false,
  cursorBlinking: 'solid',
  fixedOverflowWidgets: true,
  folding: false,
  fontFamily: '"JetBrains Mono", monospace',
  fontLigatures: false,
  fontSize: 12,
  glyphMargin: true,
  guides: { indentation: false },
  hideCursorInOverviewRuler: true,
  lineDecorationsWidth: 8,
  lineHeight: 20,
  lineNumbersMinChars: 4,
  links: false,
  matchBrackets: 'never',
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerBorder: false,
  padding: { top: 4, bottom: 4 },
  renderControlCharacters: true,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: false,
  renderWhitespace: 'selection',
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  selectionHighlight: false,
  smoothScrolling: false,
  stickyScroll: { enabled: false },
  tabFocusMode: true,
  unicodeHighlight: {
    ambiguousCharacters: true,
    invisibleCharacters: true,
    nonBasicASCII: false,
    includeComments: true,
    includeStrings: true,
    allowedLocales: {},
    allowedCharacters: {},
  },
  unusualLineTerminators: 'off',
  wordWrap: 'off',
};

/** Text, read-only, with its language's colours. Characters that could act or deceive are always visible. */
export function SourceView(props: SourceViewProps) {
  const { text, language, label } = props;
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<editor.IStandaloneCodeEditor | null>(null);
  const dark = useDark();
  const heard = useRef(props);
  heard.current = props;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = monaco.editor.create(element, { ...OPTIONS, model: null });
    const listeners = [
      made.onDidChangeCursorPosition(event => heard.current.onLine?.(event.position.lineNumber)),
      made.onMouseDown(event => {
        const { type, position } = event.target;
        const margins = monaco.editor.MouseTargetType;
        if (position && (type === margins.GUTTER_GLYPH_MARGIN || type === margins.GUTTER_LINE_NUMBERS)) {
          heard.current.onMargin?.(position.lineNumber);
        }
      }),
    ];
    setShown(made);
    return () => {
      for (const listener of listeners) listener.dispose();
      setShown(null);
      made.dispose();
    };
  }, []);

  useEffect(() => monaco.editor.setTheme(dark ? THEMES.dark : THEMES.light), [dark]);
  useEffect(() => shown?.updateOptions({ ariaLabel: label }), [shown, label]);
  useEffect(() => {
    if (!shown) return undefined;
    const model = monaco.editor.createModel(text, language);
    model.updateOptions({
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    shown.setModel(model);
    return () => model.dispose();
  }, [shown, text, language]);
  useMarks(shown, props.marks, text);
  useBoxes(shown, text);
  useImperativeHandle<SourceHandle | null, SourceHandle | null>(
    props.ref,
    () =>
      shown && {
        focus: () => shown.focus(),
        goToLine: line => {
          shown.setPosition({ lineNumber: line, column: 1 });
          shown.revealLineInCenterIfOutsideViewport(line);
        },
        openFind: () => void act(shown, 'actions.find'),
        openGoTo: () => void act(shown, 'editor.action.gotoLine'),
      },
    [shown],
  );
  const nodes = useZones(shown, props.notes, text);

  return (
    <div className="source">
      <div className="source-place" ref={place} />
      {props.notes?.map(({ key, content }) => {
        const node = nodes.get(key);
        return node ? createPortal(content, node, key) : null;
      })}
    </div>
  );
}

async function act(shown: editor.ICodeEditor, name: string): Promise<void> {
  shown.focus();
  await shown.getAction(name)?.run();
}

const NO_MARKS: readonly LineMark[] = [];

function useMarks(shown: editor.ICodeEditor | null, marks = NO_MARKS, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another model, which has no marks yet
  useEffect(() => {
    const collection = shown?.createDecorationsCollection(
      marks.map(({ from, to, kind, label }) => ({
        range: new monaco.Range(from, 1, to, 1),
        options: {
          isWholeLine: true,
          className: `source-line source-${kind}`,
          glyphMarginClassName: `source-glyph source-glyph-${kind}`,
          glyphMarginHoverMessage: { value: label.replaceAll(/[^\p{L}\p{N} .,:]/gu, ' ') },
        },
      })),
    );
    return () => collection?.clear();
  }, [shown, marks, text]);
}

/** Boxed codes before characters that show nothing or act, where the editor itself shows none. */
function useBoxes(shown: editor.ICodeEditor | null, text: string): void {
  useEffect(() => {
    const model = shown?.getModel();
    if (!shown || !model) return undefined;
    const boxes = hiddenCharacters(text).map(({ index, code }) => {
      const at = model.getPositionAt(index);
      return {
        range: new monaco.Range(at.lineNumber, at.column, at.lineNumber, at.column),
        options: {
          before: { content: code, inlineClassName: 'source-boxed' },
          showIfCollapsed: true,
        },
      };
    });
    const collection = shown.createDecorationsCollection(boxes);
    return () => collection.clear();
  }, [shown, text]);
}

const NO_NOTES: readonly LineNote[] = [];
const NO_NODES: ReadonlyMap<string, HTMLElement> = new Map();

function useZones(
  shown: editor.ICodeEditor | null,
  notes = NO_NOTES,
  text: string,
): ReadonlyMap<string, HTMLElement> {
  const [nodes, setNodes] = useState(NO_NODES);
  const zones = useRef<Zones | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another model, which has no zones yet
  useEffect(() => {
    if (!shown) return undefined;
    zones.current = new Zones(shown);
    return () => {
      zones.current?.set([]);
      zones.current?.dispose();
      zones.current = null;
    };
  }, [shown, text]);
  const wanted = JSON.stringify(notes.map(({ key, line }) => ({ key, line })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    setNodes(zones.current?.set(JSON.parse(wanted)) ?? NO_NODES);
  }, [shown, text, wanted]);
  return nodes;
}
