import type { MouseEvent } from 'react';
import type { CodeRowAnswer } from '../../../../main/contract/requests/index.ts';
import { Inert } from '../../../parts/Inert.tsx';
import type { DecorationKind } from '../../../viewers/hex/index.ts';

/** CSS pixels. */
export const CODE_ROW = 18;
/** Bytes of an instruction that are shown where there is little room; the grid has all. */
export const CODE_BYTES = 4;

interface CodeRowProps {
  readonly row: CodeRowAnswer;
  readonly id: string;
  readonly number: number;
  readonly top: number;
  readonly selected: boolean;
  readonly caret: boolean;
  /** What is said of its bytes, the gravest. */
  readonly said: DecorationKind | null;
  readonly spoken: string;
  /** The name of the place that it leads to. */
  readonly to: string | null;
  /** The line of the source, without its comment or with it; null without a source. */
  readonly source: { readonly code: string; readonly comment: string } | null;
  readonly onPress: (event: MouseEvent) => void;
  readonly onFollow: () => void;
}

/** One instruction: what is said of it, where, bytes, what it does, and the line of the source that gives it. */
export function CodeRow(props: CodeRowProps) {
  const { row, selected, caret, said, source } = props;
  const digits = (row.bytes.match(/../g) ?? []).map(pair => pair.toUpperCase());
  const state = `${selected ? ' code-selected' : ''}${caret ? ' code-caret' : ''}`;
  const apart = row.reached === false && row.readBy === null ? ' code-apart' : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.number}
      aria-selected={selected}
      className={`code-line code-row${state}${apart}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onPress}
      onDoubleClick={props.onFollow}
    >
      <span className={`code-said${said ? ` code-said-${said}` : ''}`} aria-hidden="true" />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop */}
      <div role="gridcell" className="code-cell">
        <span className="unseen">{props.spoken}</span>
        <div className="code-instruction" aria-hidden="true">
          <span className="code-offset">{row.offset.toString(16).toUpperCase().padStart(4, '0')}</span>
          <span className="code-bytes cut" title={digits.join(' ')}>
            {digits.join(' ')}
          </span>
          <Instruction row={row} to={props.to} onFollow={props.onFollow} />
        </div>
      </div>
      {source && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
        <div role="gridcell" className="code-source">
          <span className="code-number">{row.line}</span>
          <Inert text={source.code} cut />
          {source.comment !== '' && (
            <span className="code-comment cut">
              <Inert text={source.comment} cut />
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function Instruction({ row, to, onFollow }: Pick<CodeRowProps, 'row' | 'to' | 'onFollow'>) {
  if (row.kind === 'data') {
    return (
      <span className="code-text cut">
        <span className="t3">data</span> {row.operands}
      </span>
    );
  }
  return (
    <span className="code-text cut" title={`${row.mnemonic} ${row.operands}`}>
      <span className="code-mnemonic">{row.mnemonic}</span> {to === null ? row.operands : null}
      {to !== null && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the instruction does the same
        // biome-ignore lint/a11y/noStaticElementInteractions: a part of the row, which the grid stands for
        <span
          className="code-to"
          title={row.operands}
          onClick={event => {
            event.stopPropagation();
            onFollow();
          }}
        >
          <Inert text={to} />
        </span>
      )}
    </span>
  );
}
