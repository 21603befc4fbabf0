import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { preferences, setPreferences, useStored } from '../engine/index.ts';

/** Sizes are in CSS pixels; a pane is dragged in steps of 8. */
const STEP = 8;

/** A pane whose size is dragged and remembered. */
export interface DraggedPane {
  /** Names the pane in the preferences: `bundle.tree`. */
  readonly name: string;
  /** What readers of the screen call its bar. */
  readonly barLabel: string;
  /** Its size until somebody drags it. */
  readonly size: number;
  readonly smallest: number;
  readonly largest: number;
  /** Whether dragging right, or down, makes it larger: where its bar stands behind it. */
  readonly forwards: boolean;
  readonly direction: 'width' | 'height';
}

const KEYS = {
  width: { ArrowLeft: -STEP, ArrowRight: STEP },
  height: { ArrowUp: -STEP, ArrowDown: STEP },
} as const;

/** The size of a pane, and what its bar needs: dragging, arrows, and a double click that gives back the first size. */
export function useDraggedSize(pane: DraggedPane) {
  const { name, barLabel, size, smallest, largest, forwards, direction } = pane;
  const kept = useStored(preferences, all => all?.panes[name]);
  const [dragged, setDragged] = useState<number | null>(null);
  const sign = forwards ? 1 : -1;
  const within = (value: number) => Math.max(smallest, Math.min(largest, Math.round(value / STEP) * STEP));
  const shown = within(dragged ?? kept ?? size);
  const keep = (value: number) => void setPreferences({ panes: { [name]: within(value) } });
  const placeOf = (at: { readonly clientX: number; readonly clientY: number }) =>
    direction === 'width' ? at.clientX : at.clientY;
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const from = placeOf(event);
    let value: number = shown;
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) => {
      value = within(shown + (placeOf(at) - from) * sign);
      setDragged(value);
    };
    const end = () => {
      bar.removeEventListener('pointermove', move);
      keep(value);
      setDragged(null);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', end, { once: true });
    bar.addEventListener('pointercancel', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const grow = (KEYS[direction] as Readonly<Record<string, number>>)[event.key];
    if (grow === undefined) return;
    event.preventDefault();
    keep(shown + sign * grow);
  };
  const bar = {
    role: 'separator',
    'aria-label': barLabel,
    'aria-orientation': direction === 'width' ? 'vertical' : 'horizontal',
    'aria-valuenow': shown,
    'aria-valuemin': smallest,
    'aria-valuemax': largest,
    tabIndex: 0,
    onPointerDown,
    onKeyDown,
    onDoubleClick: () => keep(size),
  } as const;
  return { shown, bar };
}
