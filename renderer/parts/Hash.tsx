import type { ClipboardEvent } from 'react';

interface HashProps {
  /** All 64 digits. */
  readonly value: string;
  /** 12 in tables, 24 in inspectors, 64 where somebody compares. */
  readonly digits?: 12 | 24 | 64;
}

/** A hash, cut at its end. Copying any part of it gives all of it. */
export function Hash({ value, digits = 12 }: HashProps) {
  const copy = (event: ClipboardEvent) => {
    event.clipboardData.setData('text/plain', value);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className="mono selectable" title={digits < value.length ? value : undefined} onCopy={copy}>
      {value.slice(0, digits)}
    </span>
  );
}
