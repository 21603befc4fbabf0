import { Button, HTMLSelect, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { BytePatternInput } from '../../../main/contract/requests/index.ts';
import type { ByteSearch } from './use-byte-search.ts';

interface HexFindBarProps {
  readonly search: ByteSearch;
  /** Grows whenever somebody asks for the bar: its field then has the focus. */
  readonly asked: number;
  readonly listed: boolean;
  readonly onListed: (listed: boolean) => void;
  readonly onClose: () => void;
}

/** The line over the bytes in which one searches. */
export function HexFindBar({ search, asked, listed, onListed, onClose }: HexFindBarProps) {
  const { wanted, setWanted, valid, places, running, words, go, stop } = search;
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => field.current?.select(), [asked]);
  const isHex = wanted.as === 'hex';
  const wrong = wanted.text !== '' && !valid;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else go(event.shiftKey ? 'previous' : 'next');
  };
  return (
    <search className="hex-bar" aria-label="Find bytes">
      <InputGroup
        size="small"
        autoFocus
        className="hex-bar-field"
        inputRef={field}
        aria-label={isHex ? 'Bytes in hex' : 'Text'}
        placeholder={isHex ? '48 8? ?? C3' : 'Text'}
        spellCheck={false}
        intent={wrong ? 'warning' : 'none'}
        value={wanted.text}
        onValueChange={text => setWanted({ ...wanted, text })}
        onKeyDown={press}
      />
      <Forms wanted={wanted} onWanted={setWanted} />
      <Button
        size="small"
        icon="arrow-up"
        aria-label="Previous place"
        title="Previous place (Shift F3)"
        disabled={!valid}
        onClick={() => go('previous')}
      />
      <Button
        size="small"
        icon="arrow-down"
        aria-label="Next place"
        title="Next place (F3)"
        disabled={!valid}
        onClick={() => go('next')}
      />
      <span className="t2 grow cut" role="status">
        {wrong ? (isHex ? 'Whole bytes in hex; ? is any digit' : 'Too long') : words}
      </span>
      {running && <Button size="small" text="Stop" onClick={stop} />}
      {places && places.total > 0 && (
        <Button
          size="small"
          variant="minimal"
          text="List"
          active={listed}
          aria-expanded={listed}
          onClick={() => onListed(!listed)}
        />
      )}
      <Button size="small" variant="minimal" icon="cross" aria-label="Close" onClick={onClose} />
    </search>
  );
}

interface FormsProps {
  readonly wanted: BytePatternInput;
  readonly onWanted: (wanted: BytePatternInput) => void;
}

/** Hex or text; for a text how it is written, and whether case counts. */
function Forms({ wanted, onWanted }: FormsProps) {
  const { text } = wanted;
  const exact = wanted.as === 'hex' || wanted.exact !== false;
  return (
    <>
      <SegmentedControl
        size="small"
        options={[
          { label: 'Hex', value: 'hex' },
          { label: 'Text', value: 'text' },
        ]}
        value={wanted.as === 'hex' ? 'hex' : 'text'}
        onValueChange={value => onWanted(value === 'hex' ? { as: 'hex', text } : { as: 'utf-8', text })}
      />
      {wanted.as !== 'hex' && (
        <>
          <HTMLSelect
            minimal
            aria-label="Encoding"
            options={[
              { label: 'UTF-8', value: 'utf-8' },
              { label: 'UTF-16 LE', value: 'utf-16le' },
            ]}
            value={wanted.as}
            onChange={event =>
              onWanted({ as: event.target.value === 'utf-8' ? 'utf-8' : 'utf-16le', text, exact })
            }
          />
          <Button
            size="small"
            text="Aa"
            aria-label="Case counts"
            title="Capital and small letters of ASCII differ"
            aria-pressed={exact}
            active={exact}
            onClick={() => onWanted({ ...wanted, exact: !exact })}
          />
        </>
      )}
    </>
  );
}
