import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { DifferencePart } from '../../../main/contract/documents/difference.ts';
import { Inert } from '../../parts/Inert.tsx';

interface ExplanationTreeProps {
  readonly explanation: DifferencePart;
  /** Goes to the bytes of a part; parts within what was compressed have none in the files. */
  readonly onShow: (part: DifferencePart) => void;
  readonly selected: DifferencePart | null;
  readonly onSelect: (part: DifferencePart) => void;
}

interface Row {
  readonly part: DifferencePart;
  readonly depth: number;
  readonly key: string;
}

/** What a difference is about, part by part: one tab stop, arrows within, Enter shows the bytes. */
export function ExplanationTree({ explanation, onShow, selected, onSelect }: ExplanationTreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const name = useId();
  const rows = useMemo(() => rowsOf(explanation, closed), [explanation, closed]);
  const at = Math.max(
    0,
    rows.findIndex(row => row.part === selected),
  );
  const open = (key: string, wanted: boolean) =>
    setClosed(old => {
      const next = new Set(old);
      if (wanted) next.delete(key);
      else next.add(key);
      return next;
    });
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row) return;
    const isOpen = row.part.parts.length > 0 && !closed.has(row.key);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    const target = to === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (target) onSelect(target.part);
    else if (event.key === 'ArrowRight' && !isOpen) open(row.key, true);
    else if (event.key === 'ArrowLeft' && isOpen) open(row.key, false);
    else if (event.key === 'Enter' || event.key === ' ') onShow(row.part);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="diff-tree"
      role="tree"
      tabIndex={0}
      aria-label="What the difference is about"
      aria-activedescendant={`${name}-${at}`}
      onKeyDown={press}
    >
      {rows.map(({ part, depth, key }, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree is the one tab stop and takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={key}
          id={`${name}-${i}`}
          role="treeitem"
          aria-level={depth + 1}
          aria-expanded={part.parts.length > 0 ? !closed.has(key) : undefined}
          aria-selected={i === at}
          className={`diff-part${i === at ? ' diff-part-selected' : ''}`}
          style={{ paddingLeft: 8 + depth * 16 }}
          onClick={() => onSelect(part)}
          onDoubleClick={() => onShow(part)}
        >
          <PartText part={part} open={part.parts.length > 0 && !closed.has(key)} />
        </div>
      ))}
    </div>
  );
}

/** What open parts look like is told by the parts within them. */
function PartText({ part, open }: { readonly part: DifferencePart; readonly open: boolean }) {
  return (
    <>
      <span className="strong">
        <Inert text={part.title} prose />
      </span>
      <span className="t2">
        {': '}
        <Inert text={part.says} prose />
      </span>
      {(open ? [] : part.looks).map((look, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the looks of one part have no other name
        <div key={i} className="diff-look">
          {look.words}
          {(look.a || look.b) && (
            <>
              {': '}
              <Inert text={look.a || 'nothing'} /> <span className="t2">beside</span>{' '}
              <Inert text={look.b || 'nothing'} />
            </>
          )}
        </div>
      ))}
      {part.fields.map(field => (
        <div key={field.name} className="diff-look">
          <Inert text={field.name} />: <Inert text={field.a || 'nothing'} />{' '}
          <span className="t2">beside</span> <Inert text={field.b || 'nothing'} />
        </div>
      ))}
      {part.notAnalysed !== null && (
        <div className="diff-look">
          Not analysed further: <Inert text={part.notAnalysed} prose />
        </div>
      )}
    </>
  );
}

function rowsOf(part: DifferencePart, closed: ReadonlySet<string>, depth = 0, key = '0'): Row[] {
  const own = { part, depth, key };
  if (closed.has(key)) return [own];
  return [own, ...part.parts.flatMap((each, i) => rowsOf(each, closed, depth + 1, `${key}.${i}`))];
}

/** The first part with lines of a text: the one to show beside the tree. */
export function linesOf(part: DifferencePart): DifferencePart | null {
  if (part.lines.length > 0) return part;
  for (const each of part.parts) {
    const found = linesOf(each);
    if (found) return found;
  }
  return null;
}
