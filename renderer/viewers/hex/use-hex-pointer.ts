import { type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { COLUMNS, ROW_HEIGHT } from './layout.ts';
import type { HexSelection } from './selection.ts';

interface Place {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly size: number;
  readonly top: number;
  readonly selection: HexSelection;
  readonly onSelect: (selection: HexSelection) => void;
}

/** Selecting with the mouse: press, drag (the rows follow beyond the edge), Shift and press, double press for a row. */
export function useHexPointer(place: Place) {
  const now = useRef(place);
  now.current = place;
  const drag = useRef<{ x: number; y: number; frame: number } | null>(null);

  const extend = useCallback(() => {
    const at = drag.current;
    if (!at) return;
    const { selection, onSelect } = now.current;
    const caret = offsetAt(now.current, at.x, at.y);
    if (caret !== null && caret !== selection.caret) onSelect({ anchor: selection.anchor, caret });
    at.frame = requestAnimationFrame(extend);
  }, []);

  const stop = useCallback(() => {
    if (drag.current) cancelAnimationFrame(drag.current.frame);
    drag.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const offset = offsetAt(now.current, event.clientX, event.clientY, event.target);
      if (offset === null) return;
      const { selection, onSelect, size } = now.current;
      if (event.detail === 2) {
        const start = offset - (offset % COLUMNS);
        onSelect({ anchor: Math.min(size, start + COLUMNS) - 1, caret: start });
        return;
      }
      onSelect({ anchor: event.shiftKey ? selection.anchor : offset, caret: offset });
      event.currentTarget.setPointerCapture(event.pointerId);
      stop();
      drag.current = { x: event.clientX, y: event.clientY, frame: requestAnimationFrame(extend) };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag.current) Object.assign(drag.current, { x: event.clientX, y: event.clientY });
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    /** The byte at a place of the screen, or null beside the bytes. */
    offsetAt: (x: number, y: number, target: EventTarget | null) => offsetAt(now.current, x, y, target),
  };
}

/** With a target (a press), only what was hit counts; without (a drag), the nearest byte does. */
function offsetAt(
  { scroller, size, top }: Place,
  x: number,
  y: number,
  target?: EventTarget | null,
): number | null {
  const element = scroller.current;
  const sheet = element?.querySelector('.hex-sheet')?.getBoundingClientRect();
  const head = element?.querySelector('.hex-head');
  const [figures, text] = [head?.querySelector('.hex-bytes'), head?.querySelector('.hex-text')];
  if (!sheet || !figures || !text || size === 0) return null;
  if (target && !(target instanceof Element && target.closest('.hex-bytes, .hex-text'))) return null;
  const inText = x >= text.getBoundingClientRect().left - 4;
  const column = inText ? textColumn(text, x) : figureColumn(figures, x);
  const within = Math.max(-ROW_HEIGHT, Math.min(sheet.height + ROW_HEIGHT, y - sheet.top));
  const row = Math.max(0, Math.floor((top + within) / ROW_HEIGHT));
  return Math.min(size - 1, row * COLUMNS + column);
}

function textColumn(text: Element, x: number): number {
  const box = text.getBoundingClientRect();
  const style = getComputedStyle(text);
  const left = box.left + Number.parseFloat(style.paddingLeft);
  const width = box.width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  return within16(Math.floor(((x - left) / width) * COLUMNS));
}

function figureColumn(figures: Element, x: number): number {
  const cells = [...figures.querySelectorAll('.hex-cell')];
  const found = cells.findIndex(cell => x < cell.getBoundingClientRect().right);
  return found === -1 ? COLUMNS - 1 : found;
}

function within16(column: number): number {
  return Math.max(0, Math.min(COLUMNS - 1, column));
}
