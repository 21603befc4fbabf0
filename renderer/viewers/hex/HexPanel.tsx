import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { attempt } from '../../engine/index.ts';
import { writeClipboard } from '../clipboard.ts';
import { COPY_LIMIT, type CopyForm, copyAs } from './copy-as.ts';
import { type FindBytes, findIn } from './find.ts';
import { HexBar, type HexBarMode } from './HexBar.tsx';
import { HexInspector } from './HexInspector.tsx';
import { openHexMenu } from './HexMenu.tsx';
import { type HexHandle, HexView, type HexViewProps } from './HexView.tsx';
import { offsetText } from './layout.ts';
import { selectedRange } from './selection.ts';
import './hex-panel.css';

/** What a page may ask of a hex panel, for its commands Find and Go to. */
export interface HexPanelHandle extends HexHandle {
  openBar(mode: HexBarMode): void;
}

export interface HexPanelProps extends Omit<HexViewProps, 'ref' | 'onMenu'> {
  /** Searches by other means than reading everything. */
  readonly find?: FindBytes;
  /** Where the bytes lie in memory when they run. */
  readonly address?: number;
  readonly ref?: Ref<HexPanelHandle>;
}

/** A hex view with what is used on it: find, go to, copying, the data inspector. */
export function HexPanel({ find, address, ref, onKey, ...view }: HexPanelProps) {
  const { source, selection, onSelect } = view;
  const [bar, setBar] = useState<HexBarMode | null>(null);
  const [open, setOpen] = useState(false);
  const grid = useRef<HexHandle>(null);
  const { start, end } = selectedRange(selection, source.size);
  const closeBar = () => {
    setBar(null);
    grid.current?.focus();
  };
  useImperativeHandle(ref, () => ({
    focus: () => grid.current?.focus(),
    show: offset => grid.current?.show(offset),
    openBar: setBar,
  }));

  const copy = (form: CopyForm) =>
    attempt('Copy failed', async () => {
      if (end - start > COPY_LIMIT) throw new Error('At most 1 MiB is copied at once: select less');
      await writeClipboard(copyAs(await source.read(start, end - start), form));
    });
  const press = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const ctrl = event.ctrlKey || event.metaKey;
    const acts: Record<string, () => void> = {
      c: () => void copy('hex'),
      f: () => setBar('find'),
      g: () => setBar('go-to'),
    };
    const act = ctrl && !event.shiftKey && !event.altKey ? acts[key] : undefined;
    if (!act) return onKey?.(event);
    event.preventDefault();
    act();
    return undefined;
  };
  return (
    <div className="hex-panel">
      {bar && (
        <HexBar
          key={bar}
          mode={bar}
          size={source.size}
          selection={selection}
          find={find ?? findIn(source)}
          onSelect={onSelect}
          onClose={closeBar}
        />
      )}
      <HexView
        {...view}
        ref={grid}
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
      <HexInspector
        source={source}
        selection={selection}
        open={open}
        onOpen={setOpen}
        {...(address !== undefined && { address })}
      />
    </div>
  );
}
