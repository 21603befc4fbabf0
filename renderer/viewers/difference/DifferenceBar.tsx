import { Button, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, useState } from 'react';
import { number } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { typedOffset } from './places.ts';
import type { AlignedFiles } from './use-difference.ts';
import { amountWords } from './words.ts';

interface DifferenceBarProps {
  readonly aligned: AlignedFiles;
  /** Which of the places is looked at, from 1; 0 before one is. */
  readonly place: number;
  /** Whether there are lines of a text to show instead of bytes. */
  readonly lines: boolean;
  readonly view: 'bytes' | 'lines';
  /** Whether the keys are in the difference. */
  readonly focused: boolean;
  readonly side: 'a' | 'b';
  readonly onView: (view: 'bytes' | 'lines') => void;
  readonly onGo: (side: 'a' | 'b', offset: number) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** The line over two files: how much differs, where one is, the ways to go on. */
export function DifferenceBar(props: DifferenceBarProps) {
  const { aligned, place, lines, view, focused, side, onView, onGo, onStep } = props;
  const { summary, a, b } = aligned;
  const differs = summary.places > 0;
  return (
    <div className="diff-bar">
      <span className="strong" role="status">
        {differs ? amountWords(summary) : 'The two files are the same'}
      </span>
      {differs && place > 0 && (
        <span className="t2">
          place {number(place)} of {number(summary.places)}
        </span>
      )}
      {!summary.exact && (
        <span className="t3 cut" title="Places that belong together were found by samples">
          a shorter account may exist
        </span>
      )}
      <span className="grow" />
      {lines && (
        <SegmentedControl
          size="small"
          options={[
            { label: 'Bytes', value: 'bytes' },
            { label: 'Lines', value: 'lines' },
          ]}
          value={view}
          onValueChange={value => onView(value === 'lines' ? 'lines' : 'bytes')}
        />
      )}
      <GoTo size={Math.max(a.size, b.size)} side={side} onGo={onGo} />
      <Button
        size="small"
        variant="minimal"
        icon={<ArrowUpIcon />}
        aria-label="Previous differing bytes"
        disabled={!differs}
        onClick={() => onStep(-1)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ArrowDownIcon />}
        disabled={!differs}
        onClick={() => onStep(1)}
      >
        Next bytes {focused && <Kbd keys="N" />}
      </Button>
    </div>
  );
}

interface GoToProps {
  readonly size: number;
  readonly side: 'a' | 'b';
  readonly onGo: (side: 'a' | 'b', offset: number) => void;
}

function GoTo({ size, side, onGo }: GoToProps) {
  const [typed, setTyped] = useState('');
  const offset = typedOffset(typed);
  const isWrong = typed !== '' && (offset === null || offset >= size);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || offset === null || isWrong) return;
    event.preventDefault();
    onGo(side, offset);
  };
  return (
    <InputGroup
      size="small"
      className="diff-goto"
      aria-label={`Offset in the ${side === 'a' ? 'first' : 'second'} file`}
      placeholder="Offset, 0x or #"
      spellCheck={false}
      intent={isWrong ? 'warning' : 'none'}
      value={typed}
      onValueChange={setTyped}
      onKeyDown={press}
    />
  );
}
