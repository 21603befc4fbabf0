import { Button } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import type { ByteMeasureRow } from '../../../main/contract/requests/index.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import type { ByteRange, ByteSource } from './byte-source.ts';

/** Selections up to this size are measured at once, in bytes. */
const AT_ONCE = 16 << 20;
/** How long a selection rests before it is measured, in milliseconds. */
const REST = 200;

interface HexMeasureProps {
  readonly measure: NonNullable<ByteSource['measure']>;
  readonly range: ByteRange;
}

type Measured = { readonly of: ByteRange; readonly row: ByteMeasureRow | null; readonly words: string };

/** What the selected bytes are like together: length, sha256, zeros, entropy; measured by the engine. */
export function HexMeasure({ measure, range: { start, end } }: HexMeasureProps) {
  const [measured, setMeasured] = useState<Measured | null>(null);
  const work = useRef<AbortController | null>(null);
  const run = async () => {
    work.current?.abort();
    const own = new AbortController();
    work.current = own;
    const of = { start, end };
    setMeasured({ of, row: null, words: 'Measuring…' });
    try {
      setMeasured({ of, row: await measure(of, own.signal), words: '' });
    } catch (error) {
      if (work.current === own) setMeasured({ of, row: null, words: wordsOf(error) });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection is measured anew
  useEffect(() => {
    const timer = end - start <= AT_ONCE ? setTimeout(() => void run(), REST) : undefined;
    return () => {
      clearTimeout(timer);
      work.current?.abort();
    };
  }, [start, end, measure]);
  const current = measured?.of.start === start && measured.of.end === end ? measured : null;
  const { row, words } = current ?? { row: null, words: '' };
  return (
    <div className="hex-measure">
      {row && (
        <dl>
          <div>
            <dt>sha256</dt>
            <dd>
              <span className="selectable">{row.sha256}</span>
              <CopyButton text={row.sha256} what="sha256 of the selection" />
            </dd>
          </div>
          <div>
            <dt>Zeros</dt>
            <dd>{`${row.zeros.toLocaleString('en-US')}, ${share(row.zeros, row.length)}`}</dd>
          </div>
          <div>
            <dt>Values</dt>
            <dd>{`${row.distinct} of 256`}</dd>
          </div>
          <div>
            <dt>Entropy</dt>
            <dd>{`${row.entropy.toFixed(2)} bits a byte`}</dd>
          </div>
        </dl>
      )}
      {words !== '' && <span className="t2">{words}</span>}
      {!row && words === '' && end - start > AT_ONCE && (
        <Button size="small" text="Measure the selection" onClick={() => void run()} />
      )}
    </div>
  );
}

function share(part: number, all: number): string {
  return all === 0 ? '0 %' : `${((part / all) * 100).toFixed(1)} %`;
}

function wordsOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return `Not measured: ${message}`;
}
