import { Button, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FindBytes, FindDirection } from './find.ts';
import { goTo } from './go-to.ts';
import { offsetText } from './layout.ts';
import { hexPattern, textPattern } from './pattern.ts';
import { type HexSelection, selectionOf } from './selection.ts';

export type HexBarMode = 'find' | 'go-to';

interface HexBarProps {
  readonly mode: HexBarMode;
  readonly size: number;
  readonly selection: HexSelection;
  readonly find: FindBytes;
  readonly onSelect: (selection: HexSelection) => void;
  readonly onClose: () => void;
}

/** The line over the bytes in which one searches or says where to go. */
export function HexBar(props: HexBarProps) {
  return props.mode === 'find' ? <FindBar {...props} /> : <GoToBar {...props} />;
}

function GoToBar({ size, selection, onSelect, onClose }: HexBarProps) {
  const [typed, setTyped] = useState('');
  const target = goTo(typed, selection.caret, size);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return close(event, onClose);
    if (event.key !== 'Enter' || target === null) return undefined;
    onSelect({ anchor: target, caret: target });
    return close(event, onClose);
  };
  const words =
    typed.trim() === ''
      ? 'Hex; # decimal, + and - from here, % of the file'
      : target === null
        ? 'No offset in this file'
        : `Enter goes to ${offsetText(target)}`;
  return (
    <search className="hex-bar" aria-label="Go to an offset">
      <InputGroup
        size="small"
        autoFocus
        className="hex-bar-field"
        aria-label="Offset"
        placeholder="Offset"
        spellCheck={false}
        value={typed}
        onValueChange={setTyped}
        onKeyDown={press}
      />
      <span className="t2 grow" role="status">
        {words}
      </span>
      <Button size="small" variant="minimal" icon="cross" aria-label="Close" onClick={onClose} />
    </search>
  );
}

function FindBar({ size, selection, find, onSelect, onClose }: HexBarProps) {
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<'hex' | 'text'>('hex');
  const [words, setWords] = useState('');
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const pattern = kind === 'hex' ? hexPattern(typed) : textPattern(typed);
  const hint =
    typed !== '' && !pattern ? (kind === 'hex' ? 'Whole bytes in hex; ? is any digit' : 'Too long') : words;

  const run = async (direction: FindDirection) => {
    if (!pattern) return;
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setWords('Searching…');
    const start = Math.min(selection.anchor, selection.caret);
    const ends = direction === 'next' ? [start + 1, 0] : [start - 1, size];
    try {
      for (const [turn, from] of ends.entries()) {
        const found = await find(pattern, from, direction, stop.signal);
        if (found === null) continue;
        onSelect(selectionOf({ start: found, end: found + pattern.bytes.length }));
        return setWords(
          turn === 0 ? `At ${offsetText(found)}` : `At ${offsetText(found)}, from the other end`,
        );
      }
      setWords('Not in this file');
    } catch (error) {
      if (!stop.signal.aborted) setWords(`The search failed: ${messageOf(error)}`);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return close(event, onClose);
    if (event.key !== 'Enter') return undefined;
    event.preventDefault();
    return void run(event.shiftKey ? 'previous' : 'next');
  };
  return (
    <search className="hex-bar" aria-label="Find bytes">
      <InputGroup
        size="small"
        autoFocus
        className="hex-bar-field"
        aria-label={kind === 'hex' ? 'Bytes in hex' : 'Text'}
        placeholder={kind === 'hex' ? '48 ?? E? FF' : 'Text, as UTF-8'}
        spellCheck={false}
        intent={typed !== '' && !pattern ? 'warning' : 'none'}
        value={typed}
        onValueChange={value => {
          setTyped(value);
          setWords('');
        }}
        onKeyDown={press}
      />
      <SegmentedControl
        size="small"
        options={[
          { label: 'Hex', value: 'hex' },
          { label: 'Text', value: 'text' },
        ]}
        value={kind}
        onValueChange={value => setKind(value === 'text' ? 'text' : 'hex')}
      />
      <Button
        size="small"
        icon="arrow-up"
        aria-label="Previous"
        disabled={!pattern}
        onClick={() => run('previous')}
      />
      <Button
        size="small"
        icon="arrow-down"
        aria-label="Next"
        disabled={!pattern}
        onClick={() => run('next')}
      />
      <span className="t2 grow cut" role="status">
        {hint}
      </span>
      <Button size="small" variant="minimal" icon="cross" aria-label="Close" onClick={onClose} />
    </search>
  );
}

function close(event: KeyboardEvent, onClose: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  onClose();
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
