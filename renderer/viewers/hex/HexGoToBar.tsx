import { Button, InputGroup } from '@blueprintjs/core';
import { type KeyboardEvent, useState } from 'react';
import { goTo, type Place } from './go-to.ts';
import { offsetText } from './layout.ts';

interface HexGoToBarProps {
  readonly place: Place;
  readonly onGo: (offset: number) => void;
  readonly onClose: () => void;
}

/** The line over the bytes in which one says where to go. */
export function HexGoToBar({ place, onGo, onClose }: HexGoToBarProps) {
  const [typed, setTyped] = useState('');
  const target = goTo(typed, place);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter' && target === null) return;
    if (event.key === 'Enter' && target !== null) onGo(target);
    onClose();
  };
  return (
    <search className="hex-bar" aria-label="Go to an offset">
      <InputGroup
        size="small"
        autoFocus
        className="hex-bar-field"
        aria-label="Offset"
        placeholder="0x89, 137, +16, end-0x10"
        spellCheck={false}
        value={typed}
        onValueChange={setTyped}
        onKeyDown={press}
      />
      <span className="t2 grow cut" role="status">
        {hint(typed, target, place)}
      </span>
      <Button size="small" variant="minimal" icon="cross" aria-label="Close" onClick={onClose} />
    </search>
  );
}

function hint(typed: string, target: number | null, { addresses }: Place): string {
  if (typed.trim() === '') {
    return `0x or 0089 is hex, 137 decimal, + and - from here, end, 50%${addresses ? ', @ an address' : ''}`;
  }
  if (target === null) return 'No byte of this file';
  return `Enter goes to ${offsetText(target)}, byte ${target.toLocaleString('en-US')}`;
}
