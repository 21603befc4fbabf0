import { Button } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { ByteSource } from './byte-source.ts';
import { INSPECTED_BYTES, inspect } from './inspect.ts';
import { offsetText, rangeText } from './layout.ts';
import { type HexSelection, selectedRange } from './selection.ts';

interface HexInspectorProps {
  readonly source: ByteSource;
  readonly selection: HexSelection;
  /** Where the bytes lie in memory when they run, added to the offset; left out where nobody knows. */
  readonly address?: number;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** What the selected bytes are as numbers: four readings in a strip, all of them when opened. */
export function HexInspector({ source, selection, address, open, onOpen }: HexInspectorProps) {
  const { start, end } = selectedRange(selection, source.size);
  const bytes = useBytes(source, start);
  const all = inspect(bytes);
  const reading = (name: string) => all.find(each => each.name === name)?.little ?? 'end of file';
  if (source.size === 0) return null;
  return (
    <section className="hex-inspector" aria-label="Data inspector">
      <div className="hex-strip">
        <dl>
          <div>
            <dt>Selection</dt>
            <dd>{`${rangeText(start, end)}, ${(end - start).toLocaleString('en-US')} B`}</dd>
          </div>
          <div>
            <dt>u8 / i8</dt>
            <dd>{`${reading('u8')} / ${reading('i8')}`}</dd>
          </div>
          <div>
            <dt>u16 little-endian</dt>
            <dd>{reading('u16')}</dd>
          </div>
          <div>
            <dt>{address === undefined ? 'u32 little-endian' : 'Address'}</dt>
            <dd>{address === undefined ? reading('u32') : offsetText(address + start)}</dd>
          </div>
        </dl>
        <Button
          size="small"
          variant="minimal"
          active={open}
          aria-expanded={open}
          text={open ? 'Fewer' : 'All readings'}
          onClick={() => onOpen(!open)}
        />
      </div>
      {open && (
        <table className="hex-readings">
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Little-endian</th>
              <th scope="col">Big-endian</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ name, little, big }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{little ?? '–'}</td>
                <td>{big ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const NONE = new Uint8Array(0);

function useBytes(source: ByteSource, start: number): Uint8Array {
  const [bytes, setBytes] = useState<Uint8Array>(NONE);
  useEffect(() => {
    let current = true;
    source.read(start, Math.min(INSPECTED_BYTES, source.size - start)).then(
      read => current && setBytes(read),
      () => current && setBytes(NONE),
    );
    return () => {
      current = false;
    };
  }, [source, start]);
  return bytes;
}
