import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { preferences, setPreferences, useStored } from '../engine/index.ts';

/** Heights in CSS pixels; the pane is dragged in steps of 8. */
const STEP = 8;
const SMALLEST = 96;
const LARGEST = 1600;

interface TopPaneProps {
  /** Names the pane in the preferences: `chain.graph`. */
  readonly name: string;
  readonly label: string;
  /** Height until somebody drags it. */
  readonly height: number;
  readonly children: ReactNode;
}

/** The upper part of a pane, of its own height, dragged and remembered. What stands below it keeps some room. */
export function TopPane({ name, label, height, children }: TopPaneProps) {
  const kept = useStored(preferences, all => all?.panes[name]);
  const [dragged, setDragged] = useState<number | null>(null);
  const within = (value: number) => Math.max(SMALLEST, Math.min(LARGEST, Math.round(value / STEP) * STEP));
  const shown = within(dragged ?? kept ?? height);
  const keep = (value: number) => void setPreferences({ panes: { [name]: within(value) } });
  const drag = (event: PointerEvent<HTMLElement>) => {
    const from = { y: event.clientY, height: shown, value: shown };
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) => {
      from.value = within(from.height + at.clientY - from.y);
      setDragged(from.value);
    };
    const end = () => {
      bar.removeEventListener('pointermove', move);
      keep(from.value);
      setDragged(null);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', end, { once: true });
    bar.addEventListener('pointercancel', end, { once: true });
  };
  const press = (event: KeyboardEvent) => {
    const grow = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (grow === undefined) return;
    event.preventDefault();
    keep(shown + grow);
  };
  return (
    <>
      <div className="pane-top" style={{ height: shown }}>
        {children}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no rule */}
      <div
        className="split-bar"
        role="separator"
        aria-orientation="horizontal"
        aria-label={`Height of ${label}`}
        aria-valuenow={shown}
        aria-valuemin={SMALLEST}
        aria-valuemax={LARGEST}
        tabIndex={0}
        onPointerDown={drag}
        onKeyDown={press}
        onDoubleClick={() => keep(height)}
      />
    </>
  );
}
