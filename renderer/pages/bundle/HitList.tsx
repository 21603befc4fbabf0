import { Button } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { Inert } from '../../parts/Inert.tsx';
import { ROW_HEIGHT } from '../../viewers/rows.ts';
import { folderOf, nameOf, openPath } from './selection.ts';
import type { Hit } from './use-search.ts';

export interface HitListHandle {
  focus(): void;
  openFirst(): void;
}

interface HitListProps {
  readonly title: string;
  readonly hits: readonly Hit[];
  readonly problem: string | null;
  readonly selected: string | null;
  readonly onClose: () => void;
  readonly onOpen: () => void;
  readonly ref?: Ref<HitListHandle>;
}

/** A row: a file, or a place in the file above it. */
interface HitRow {
  readonly hit: Hit;
  readonly head: boolean;
}

/** What was found, by file, each place with its line. */
export function HitList({ title, hits, problem, selected, onClose, onOpen, ref }: HitListProps) {
  const rows = useMemo(() => rowsOf(hits), [hits]);
  const [active, setActive] = useState(0);
  const name = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const at = Math.min(active, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    useFlushSync: false,
  });
  const open = (index: number) => {
    const hit = rows[index]?.hit;
    if (!hit) return;
    setActive(index);
    openPath(hit.path, {
      ...(hit.line !== null && { line: hit.line }),
      ...(hit.offset !== null && { offset: hit.offset }),
    });
  };
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus(),
    openFirst: () => {
      open(0);
      onOpen();
    },
  }));
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const move = moves[event.key];
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') {
      open(at);
      onOpen();
    } else if (move !== undefined) {
      const next = Math.max(0, Math.min(rows.length - 1, move));
      virtual.scrollToIndex(next);
      open(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="hits-head">
        <span className="grow cut" role="status">
          {problem ?? title}
        </span>
        <Button
          size="small"
          variant="minimal"
          icon={<CrossIcon />}
          aria-label="Back to the tree"
          onClick={onClose}
        />
      </div>
      <div className="tree-frame">
        <div
          className="tree"
          ref={scroller}
          role="listbox"
          tabIndex={0}
          aria-label="Places found"
          aria-activedescendant={at >= 0 ? `${name}-${at}` : undefined}
          onKeyDown={press}
        >
          <div className="tree-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return (
                row && (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, which is the one tab stop
                  // biome-ignore lint/a11y/useFocusableInteractive: as above
                  <div
                    key={index}
                    id={`${name}-${index}`}
                    role="option"
                    aria-selected={index === at}
                    className={`tree-row hit${index === at && row.hit.path === selected ? ' tree-selected' : ''}`}
                    style={{ transform: `translateY(${start}px)` }}
                    onClick={() => open(index)}
                    onDoubleClick={onOpen}
                  >
                    {row.head ? <HitFile path={row.hit.path} /> : <HitPlace hit={row.hit} />}
                  </div>
                )
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}

/** A file, then its places; a line with several of them once. */
function rowsOf(hits: readonly Hit[]): HitRow[] {
  let before: Hit | null = null;
  return hits.flatMap(hit => {
    const head = hit.path !== before?.path;
    const again = !head && hit.line !== null && hit.line === before?.line;
    before = hit;
    const place = hit.excerpt === null || again ? [] : [{ hit, head: false }];
    return head ? [{ hit, head: true }, ...place] : place;
  });
}

function HitFile({ path }: { readonly path: string }) {
  return (
    <span className="hit-file">
      <Inert text={nameOf(path)} prose cut />
      {folderOf(path) !== '' && (
        <span className="t3 cut">
          <Inert text={folderOf(path)} prose cut />
        </span>
      )}
    </span>
  );
}

function HitPlace({ hit }: { readonly hit: Hit }) {
  const where = hit.line !== null ? String(hit.line) : `0x${(hit.offset ?? 0).toString(16).toUpperCase()}`;
  return (
    <span className="hit-place cut">
      <span className="t3 mono hit-where">{where}</span> <Inert text={(hit.excerpt ?? '').trim()} />
    </span>
  );
}
