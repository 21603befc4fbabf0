import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { attempt } from '../../engine/index.ts';
import { writeClipboard } from '../clipboard.ts';
import { mustBeChecked } from './byte-source.ts';
import { COPY_LIMIT, type CopyForm, copyAs } from './copy-as.ts';
import type { AddressRange } from './go-to.ts';
import { HexCheck } from './HexCheck.tsx';
import { HexFindBar } from './HexFindBar.tsx';
import { HexGoToBar } from './HexGoToBar.tsx';
import { HexInspector } from './HexInspector.tsx';
import { openHexMenu } from './HexMenu.tsx';
import { HexPlaces } from './HexPlaces.tsx';
import { type HexHandle, HexView, type HexViewProps } from './HexView.tsx';
import { offsetText } from './layout.ts';
import { selectedRange, selectionOf } from './selection.ts';
import { useByteSearch } from './use-byte-search.ts';
import { useHexCommands } from './use-hex-commands.ts';
import './hex-panel.css';

export type HexBarMode = 'find' | 'go-to';

/** What a page may ask of a hex panel, for its commands Find and Go to. */
export interface HexPanelHandle extends HexHandle {
  openBar(mode: HexBarMode): void;
}

export interface HexPanelProps extends Omit<HexViewProps, 'ref' | 'onMenu' | 'places'> {
  /** Where bytes lie in memory when they run. */
  readonly addresses?: readonly AddressRange[];
  readonly ref?: Ref<HexPanelHandle>;
}

/** A hex view with what is used on it: find, go to, copying, the data inspector. */
export function HexPanel({ addresses, ref, onKey, ...view }: HexPanelProps) {
  const { source, selection, onSelect } = view;
  const [bar, setBar] = useState<HexBarMode | null>(null);
  const [asked, setAsked] = useState(0);
  const [listed, setListed] = useState(false);
  const [open, setOpen] = useState(false);
  const grid = useRef<HexHandle>(null);
  const range = selectedRange(selection, source.size);
  const { start, end } = range;
  const search = useByteSearch(source, range, found => onSelect(selectionOf(found)));
  const places = bar === 'find' ? search.places : null;
  const openBar = (mode: HexBarMode) => {
    setBar(mode);
    setAsked(times => times + 1);
  };
  const closeBar = () => {
    setBar(null);
    search.stop();
    grid.current?.focus();
  };
  useImperativeHandle(ref, () => ({
    focus: () => grid.current?.focus(),
    show: offset => grid.current?.show(offset),
    openBar,
  }));
  const copy = (form: CopyForm) =>
    attempt('Copy failed', async () => {
      mustBeChecked(source);
      if (end - start > COPY_LIMIT) throw new Error('At most 1 MiB is copied at once: select less');
      await writeClipboard(copyAs(await source.read(start, end - start), form, start));
    });
  useHexCommands({
    search,
    selected: end - start,
    open,
    onFind: () => openBar('find'),
    onCopy: form => void copy(form),
    onReadings: setOpen,
  });
  const press = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const ctrl = event.ctrlKey || event.metaKey;
    const acts: Record<string, () => void> = {
      c: () => void copy('hex'),
      f: () => openBar('find'),
      g: () => openBar('go-to'),
    };
    const act = ctrl && !event.shiftKey && !event.altKey ? acts[key] : undefined;
    if (!act) return onKey?.(event);
    event.preventDefault();
    act();
    return undefined;
  };
  return (
    <div className="hex-panel">
      {bar === 'find' && (
        <HexFindBar search={search} asked={asked} listed={listed} onListed={setListed} onClose={closeBar} />
      )}
      {places && listed && places.total > 0 && (
        <HexPlaces
          source={source}
          places={places}
          selected={range}
          onSelect={found => onSelect(selectionOf(found))}
        />
      )}
      {bar === 'go-to' && (
        <HexGoToBar
          key={asked}
          place={{ caret: selection.caret, size: source.size, ...(addresses && { addresses }) }}
          onGo={offset => onSelect({ anchor: offset, caret: offset })}
          onClose={closeBar}
        />
      )}
      <HexView
        {...view}
        ref={grid}
        places={places}
        onKey={press}
        onMenu={place =>
          openHexMenu(
            place,
            document.body.classList.contains('bp6-dark'),
            {
              length: end - start,
              offset: start,
              onCopy: form => void copy(form),
              onCopyOffset: () => void attempt('Copy failed', () => writeClipboard(offsetText(start))),
            },
            () => grid.current?.focus(),
          )
        }
      />
      {source.check && <HexCheck check={source.check} />}
      <HexInspector
        source={source}
        selection={selection}
        open={open}
        onOpen={setOpen}
        {...(addresses && { addresses })}
      />
    </div>
  );
}
