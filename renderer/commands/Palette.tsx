import { Overlay2 } from '@blueprintjs/core';
import { SearchIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useStore } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { finders } from './finders.ts';
import { type PaletteItem, usePaletteItems } from './palette-items.ts';

interface PaletteProps {
  /** What is typed already. */
  readonly start: string;
  readonly onClose: () => void;
}

/** Every action, with its keys, and everything that can be found by name: one field for all of it. */
export function Palette({ start, onClose }: PaletteProps) {
  const [typed, setTyped] = useState(start);
  const [active, setActive] = useState(0);
  const items = usePaletteItems(typed);
  const list = useId();
  const kinds = useStore(finders);
  const field = useRef<HTMLInputElement>(null);
  useKeptFocus(field);
  const at = Math.min(active, items.length - 1);
  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const press = (event: KeyboardEvent) => {
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const last = items.length - 1;
      const step = Math.abs(move - at);
      setActive(step > 1 ? Math.max(0, Math.min(last, move)) : move < 0 ? last : move > last ? 0 : move);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(items[at]);
    }
  };
  return (
    <Overlay2 isOpen hasBackdrop onClose={onClose} transitionDuration={0} className="palette-overlay">
      <div className="palette" role="dialog" aria-modal="true" aria-label="Command palette">
        <div className="palette-field">
          <SearchIcon />
          <input
            // biome-ignore lint/a11y/noAutofocus: the palette is opened to be typed into
            autoFocus
            ref={field}
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={items.length > 0 ? `${list}-${at}` : undefined}
            aria-label="Action, file, address or finding"
            placeholder="Type an action, a file, an address or a finding"
            spellCheck={false}
            value={typed}
            onChange={event => {
              setTyped(event.target.value);
              setActive(0);
            }}
            onKeyDown={press}
          />
          <span className="palette-kinds t3">
            <span>&gt; actions</span>
            {kinds.map(kind => (
              <span key={kind.name}>
                {kind.prefix} {kind.name}
              </span>
            ))}
          </span>
        </div>
        <Results id={list} items={items} active={at} onChoose={run} onPoint={setActive} />
        <div className="palette-foot t3">
          <span>
            <Kbd keys="↑" /> <Kbd keys="↓" /> choose
          </span>
          <span>
            <Kbd keys="Enter" /> run
          </span>
          <span>
            <Kbd keys="Esc" /> close
          </span>
          <span className="grow num" role="status">
            {items.length === 1 ? '1 match' : `${items.length} matches`}
          </span>
        </div>
      </div>
    </Overlay2>
  );
}

/** Keeps the focus in a field while it is there, whoever asks for it: a page that has just come, or what the focus goes back to. */
function useKeptFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const keep = () => {
      if (document.activeElement !== field.current) field.current?.focus();
    };
    const later = () => requestAnimationFrame(keep);
    document.addEventListener('focusin', keep);
    document.addEventListener('focusout', later);
    return () => {
      document.removeEventListener('focusin', keep);
      document.removeEventListener('focusout', later);
    };
  }, [field]);
}

interface ResultsProps {
  readonly id: string;
  readonly items: readonly PaletteItem[];
  readonly active: number;
  readonly onChoose: (item: PaletteItem) => void;
  readonly onPoint: (index: number) => void;
}

function Results({ id, items, active, onChoose, onPoint }: ResultsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  if (items.length === 0) return <p className="palette-none t2">Nothing here is called that.</p>;
  return (
    <div className="palette-list" role="listbox" id={id} aria-label="Matches" ref={box}>
      {items.map((item, index) => (
        <div key={`${item.group} ${item.id}`} role="presentation">
          {items[index - 1]?.group !== item.group && (
            <div className="palette-group" role="presentation">
              {item.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus */}
          <div
            className="palette-item"
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === active}
            onClick={() => onChoose(item)}
            onMouseMove={() => onPoint(index)}
          >
            <Inert text={item.title} prose={!item.mono} cut />
            <span className="grow" />
            {item.detail && <span className="t2 cut">{item.detail}</span>}
            {item.keys && <Kbd keys={item.keys} />}
          </div>
        </div>
      ))}
    </div>
  );
}
