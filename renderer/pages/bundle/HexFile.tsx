import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { counted } from '../../parts/format.ts';
import {
  fileSource,
  HexPanel,
  type HexPanelHandle,
  type HexSelection,
  selectedRange,
  selectionOf,
} from '../../viewers/hex/index.ts';
import type { FileHandle } from './FilePane.tsx';
import { FileStructure } from './FileStructure.tsx';
import type { BundlePlace } from './selection.ts';
import { kindWords } from './words.ts';

interface HexFileProps {
  readonly row: BundleRow;
  readonly place: BundlePlace;
  readonly onWords?: (words: string) => void;
  /** Why bytes are shown where text was asked for. */
  readonly note?: string;
  readonly ref?: Ref<FileHandle>;
}

/** A file of the bundle as bytes. */
export function HexFile({ row, place, onWords, note, ref }: HexFileProps) {
  const { path, size } = row;
  const source = useMemo(() => fileSource(path, size), [path, size]);
  const [selection, setSelection] = useState<HexSelection>({ anchor: 0, caret: 0 });
  const panel = useRef<HexPanelHandle>(null);
  useEffect(() => {
    if (place.offset === null) return;
    const at = Math.min(place.offset, Math.max(0, size - 1));
    setSelection({ anchor: at, caret: at });
  }, [place, size]);
  useEffect(() => onWords?.(`${kindWords(row.kind)}, ${counted(size, 'byte')}`), [onWords, row.kind, size]);
  useImperativeHandle(ref, () => ({
    path,
    focus: () => panel.current?.focus(),
    openFind: () => panel.current?.openBar('find'),
    openGoTo: () => panel.current?.openBar('go-to'),
  }));
  const select = (start: number, end: number) => {
    setSelection(selectionOf({ start, end }));
    panel.current?.show(start);
  };
  if (size === 0) return <p className="bundle-note t2">This file has no bytes.</p>;
  return (
    <>
      {note && (
        <p className="file-note" role="status">
          {note}
        </p>
      )}
      <HexPanel
        source={source}
        label={`Bytes of ${inertText(path)}`}
        selection={selection}
        onSelect={setSelection}
        ref={panel}
      />
      <FileStructure row={row} range={selectedRange(selection, size)} onSelect={select} />
    </>
  );
}
