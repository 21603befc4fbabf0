import { Button } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import { attempt } from '../../engine/index.ts';
import { writeClipboard } from '../clipboard.ts';
import { type ByteSource, mustBeChecked } from './byte-source.ts';
import { type AddressRange, addressAt } from './go-to.ts';
import { HexMeasure } from './HexMeasure.tsx';
import { INSPECTED_BYTES, type Inspected, inspect } from './inspect.ts';
import { offsetText, rangeText } from './layout.ts';
import { type HexSelection, selectedRange } from './selection.ts';
import { useCheckFailed } from './use-check-failed.ts';

interface HexInspectorProps {
  readonly source: ByteSource;
  readonly selection: HexSelection;
  /** Where bytes lie in memory when they run; left out where nobody knows. */
  readonly addresses?: readonly AddressRange[];
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

type Order = 'little' | 'big';

const ORDERS: Record<Order, string> = { little: 'little-endian', big: 'big-endian' };

/** What the selected bytes are as numbers: four readings in a strip; all of them, and measures of the selection, when opened. */
export function HexInspector({ source, selection, addresses, open, onOpen }: HexInspectorProps) {
  const range = selectedRange(selection, source.size);
  const { start, end } = range;
  const [order, setOrder] = useState<Order>('little');
  const all = inspect(useBytes(source, start));
  const reading = (name: string) => all.find(each => each.name === name)?.[order] ?? 'end of file';
  const address = addressAt(start, addresses);
  const other = order === 'little' ? 'big' : 'little';
  if (source.size === 0) return null;
  const selected = `${rangeText(start, end)}, ${(end - start).toLocaleString('en-US')} B`;
  return (
    <section className="hex-inspector" aria-label="Data inspector">
      <div className="hex-strip">
        <dl>
          <div>
            <dt>Selection</dt>
            <dd title={selected}>{selected}</dd>
          </div>
          <div>
            <dt>u8 / i8</dt>
            <dd>{`${reading('u8')} / ${reading('i8')}`}</dd>
          </div>
          <div>
            <dt>{`u16 ${ORDERS[order]}`}</dt>
            <dd>{reading('u16')}</dd>
          </div>
          <div>
            <dt>{address === undefined ? `u32 ${ORDERS[order]}` : 'Address'}</dt>
            <dd>{address === undefined ? reading('u32') : offsetText(address)}</dd>
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
        <>
          {source.measure && <HexMeasure measure={source.measure} range={range} />}
          <Readings source={source} all={all} orders={[order, other]} onTurn={() => setOrder(other)} />
        </>
      )}
    </section>
  );
}

interface ReadingsProps {
  readonly source: ByteSource;
  readonly all: readonly Inspected[];
  readonly orders: readonly Order[];
  readonly onTurn: () => void;
}

interface ReadingProps {
  readonly source: ByteSource;
  readonly name: string;
  readonly text: string | null;
}

/** Every reading in both byte orders; pressing one copies it. */
function Readings({ source, all, orders, onTurn }: ReadingsProps) {
  return (
    <table className="hex-readings">
      <thead>
        <tr>
          <th scope="col">Type</th>
          {orders.map(order => (
            <th scope="col" key={order}>
              {order === 'little' ? 'Little-endian' : 'Big-endian'}
            </th>
          ))}
          <td>
            <Button size="small" variant="minimal" text="Turn byte order" onClick={onTurn} />
          </td>
        </tr>
      </thead>
      <tbody>
        {all.map(reading => (
          <tr key={reading.name}>
            <th scope="row">{reading.name}</th>
            {orders.map(order => (
              <td key={order}>
                <Reading source={source} name={reading.name} text={reading[order]} />
              </td>
            ))}
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reading({ source, name, text }: ReadingProps) {
  if (text === null) return '–';
  return (
    <button
      type="button"
      className="hex-reading"
      title="Copy"
      aria-label={`Copy ${name}: ${text}`}
      onClick={() =>
        void attempt('Copy failed', async () => {
          mustBeChecked(source);
          await writeClipboard(text);
        })
      }
    >
      {text}
    </button>
  );
}

const NONE = new Uint8Array(0);

function useBytes(source: ByteSource, start: number): Uint8Array {
  const [bytes, setBytes] = useState<Uint8Array>(NONE);
  const failed = useCheckFailed(source);
  useEffect(() => {
    if (failed) return setBytes(NONE);
    let current = true;
    source.read(start, Math.min(INSPECTED_BYTES, source.size - start)).then(
      read => current && setBytes(read),
      () => current && setBytes(NONE),
    );
    return () => {
      current = false;
    };
  }, [source, start, failed]);
  return bytes;
}
