import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef } from 'react';
import type { SeedCodeAnswer } from '../../../../main/contract/requests/index.ts';
import { attempt } from '../../../engine/index.ts';
import { Inert } from '../../../parts/Inert.tsx';
import { writeClipboard } from '../../../viewers/clipboard.ts';
import { DecorationIndex, type HexDecoration } from '../../../viewers/hex/index.ts';
import { arrowsOf } from './arrows.ts';
import { ARROWS_WIDTH, CodeArrows } from './CodeArrows.tsx';
import { CODE_BYTES, CODE_ROW, CodeRow } from './CodeRow.tsx';
import { type CodeLine, rowAfter, spoken } from './code-lines.ts';
import type { CodeMoves } from './use-code-moves.ts';
import './code.css';

/** What the pane may ask of its grid. */
export interface CodeGridHandle {
  focus(): void;
}

interface CodeGridProps {
  readonly code: SeedCodeAnswer;
  readonly lines: readonly CodeLine[];
  readonly moves: CodeMoves;
  readonly decorations: readonly HexDecoration[];
  /** The lines of the source; null without one. */
  readonly source: readonly string[] | null;
  readonly comments: boolean;
  readonly onPart: (offset: number) => void;
  readonly ref?: Ref<CodeGridHandle>;
}

/**
 * Instructions, only those in view drawn. One stop of the Tab key: arrows, Page, Home and End move, with Shift they extend, Enter goes
 * where a jump leads and Backspace goes back, Ctrl C copies the selected instructions.
 */
export function CodeGrid(props: CodeGridProps) {
  const { code, lines, moves, decorations, source, comments, onPart } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const index = useMemo(() => new DecorationIndex(decorations), [decorations]);
  const arrows = useMemo(() => arrowsOf(lines), [lines]);
  const labels = useMemo(() => new Map(code.labels.map(({ offset, name }) => [offset, name])), [code]);
  const places = useMemo(() => lines.flatMap((line, i) => (line.kind === 'row' ? [i] : [])), [lines]);
  const widths = useMemo(() => widthsOf(code, source), [code, source]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CODE_ROW,
    overscan: 8,
    useFlushSync: false,
  });
  const at = places[moves.caret];
  useEffect(() => {
    if (at !== undefined) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }));
  const items = virtual.getVirtualItems();
  const caretRow = code.rows[moves.caret];
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey && event.key.toLowerCase() === 'c' && caretRow) {
      event.preventDefault();
      const text = textOf(code.rows.slice(moves.selected.from, moves.selected.to));
      void attempt('Nothing was copied', () => writeClipboard(text));
      return;
    }
    if (event.ctrlKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / CODE_ROW) - 2);
    const to = rowAfter(event.key, moves.caret, code.rows.length, page);
    if (to !== null) moves.moveTo(to, event.shiftKey);
    else if (event.key === 'Enter') moves.follow(caretRow);
    else if (event.key === 'Backspace') moves.back();
    else return;
    event.preventDefault();
  };
  const draw = (line: CodeLine, place: number) => {
    const top = place * CODE_ROW;
    if (line.kind !== 'row') return <Between key={line.key} line={line} top={top} onPart={onPart} />;
    const { row } = line;
    const said = index.underlines(row.offset, row.length);
    const kind = (['concern', 'question', 'explained'] as const).find(each =>
      said.some(one => one.kind === each),
    );
    const label = labels.get(row.offset);
    return (
      <CodeRow
        key={line.key}
        row={row}
        id={`${id}-${place}`}
        number={line.index + 1}
        top={top}
        selected={line.index >= moves.selected.from && line.index < moves.selected.to}
        caret={line.index === moves.caret}
        said={kind ?? null}
        spoken={spoken(
          row,
          label,
          index.at(row.offset).map(each => each.label),
        )}
        to={row.target === null ? null : (labels.get(row.target) ?? `0x${row.target.toString(16)}`)}
        source={source && row.line !== null ? sourceOf(source[row.line - 1] ?? '', comments) : null}
        onPress={event => moves.moveTo(line.index, event.shiftKey)}
        onFollow={() => moves.follow(row)}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say
    <div
      ref={scroller}
      className="code-scroll"
      role="grid"
      aria-label="Instructions"
      aria-multiselectable="true"
      aria-readonly="true"
      aria-rowcount={code.rows.length}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <div
        role="presentation"
        className={`code-sheet${source ? ' code-with-source' : ''}${comments ? ' code-with-comments' : ''}`}
        style={{ ...widths, height: virtual.getTotalSize() }}
      >
        <CodeArrows
          arrows={arrows}
          first={items[0]?.index ?? 0}
          last={items.at(-1)?.index ?? 0}
          height={virtual.getTotalSize()}
          selected={caretRow?.offset ?? null}
        />
        {items.map(({ index: place }) => {
          const line = lines[place];
          return line ? draw(line, place) : null;
        })}
      </div>
    </div>
  );
}

function Between({
  line,
  top,
  onPart,
}: {
  readonly line: Exclude<CodeLine, { kind: 'row' }>;
  readonly top: number;
  readonly onPart: (offset: number) => void;
}) {
  const style = { transform: `translateY(${top}px)` };
  if (line.kind === 'label') {
    return (
      <div role="presentation" className="code-line code-label" style={style}>
        <Inert text={line.name} cut />:
      </div>
    );
  }
  if (line.kind === 'call') {
    return (
      <div role="presentation" className="code-line code-call cut" style={style} title={line.words}>
        {line.words}
      </div>
    );
  }
  return (
    <div role="presentation" className="code-line code-note" style={style}>
      {line.words}
      {line.kind === 'part' && (
        <button type="button" className="as-link" tabIndex={-1} onClick={() => onPart(line.offset)}>
          Show
        </button>
      )}
    </div>
  );
}

/** Most bytes of an instruction that are shown where there is room. */
const WHOLE_BYTES = 10;
/** Widest source beside an instruction while comments are hidden, in characters. */
const SOURCE_WIDTH = 14;

/** Columns as wide as what stands in them, within limits, so that instructions have the rest. */
function widthsOf(code: SeedCodeAnswer, source: readonly string[] | null): Record<`--${string}`, string> {
  const most = Math.max(1, ...code.rows.map(row => row.length));
  const longest = most > CODE_BYTES ? 3 * CODE_BYTES : 3 * most - 1;
  const texts = source
    ? code.rows.map(row => sourceOf(source[(row.line ?? 0) - 1] ?? '', false).code.length)
    : [];
  return {
    '--code-arrows': `${ARROWS_WIDTH}px`,
    '--code-bytes': `calc(${longest}ch + 1px)`,
    '--code-bytes-whole': `${3 * Math.min(WHOLE_BYTES, most)}ch`,
    '--code-number': `${String(source?.length ?? 0).length}ch`,
    '--code-source': `${Math.min(SOURCE_WIDTH, Math.max(2, ...texts))}ch`,
  };
}

/** A line of the source as it stands beside its instruction; its comment is a claim, and hidden unless asked for. */
export function sourceOf(line: string, comments: boolean): { code: string; comment: string } {
  const whole = line.replaceAll('\t', ' ').trim();
  const at = whole.search(/[#;]/);
  if (at < 0) return { code: whole, comment: '' };
  return { code: whole.slice(0, at).trim(), comment: comments ? whole.slice(at) : '' };
}

function textOf(rows: SeedCodeAnswer['rows']): string {
  return rows
    .map(({ offset, bytes, mnemonic, operands }) =>
      `${offset.toString(16).padStart(4, '0')}\t${bytes}\t${mnemonic || 'data'} ${operands}`.trimEnd(),
    )
    .join('\n');
}
