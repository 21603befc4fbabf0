import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ROW_HEIGHT } from './layout.ts';
import { clampTop, scrollHeight, scrollMap, scrollOfTop, topOfScroll, topToShow } from './scroll-map.ts';

/** Height of the column heads, in pixels. */
export const HEAD_HEIGHT = 24;
/** Lines of a wheel that counts in lines; pixels each. */
const WHEEL_LINE = 20;

export interface HexScroll {
  /** Pixels of rows above the view. */
  readonly top: number;
  /** Height of the view without the heads, in pixels; 0 until it was measured. */
  readonly view: number;
  /** Height of the scroll area, heads included. */
  readonly height: number;
  readonly onScroll: () => void;
  /** Moves a row into view, as {@link topToShow} does. */
  readonly show: (row: number) => void;
}

/** Scrolling over any number of rows; see {@link ./scroll-map.ts}. */
export function useHexScroll(scroller: RefObject<HTMLElement | null>, rows: number): HexScroll {
  const map = useMemo(() => scrollMap(rows), [rows]);
  const [top, setTop] = useState(0);
  const view = useViewHeight(scroller);
  const now = useRef({ top, view, map, expected: -1 });
  now.current.view = view;
  now.current.map = map;

  const moveTo = useCallback(
    (wanted: number) => {
      const at = now.current;
      at.top = clampTop(at.map, at.view, wanted);
      setTop(at.top);
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = scrollOfTop(at.map, at.view, at.top);
      at.expected = element.scrollTop;
    },
    [scroller],
  );

  const onScroll = useCallback(() => {
    const at = now.current;
    const scroll = scroller.current?.scrollTop ?? 0;
    if (Math.abs(scroll - at.expected) < 1) return;
    at.expected = -1;
    at.top = topOfScroll(at.map, at.view, scroll);
    flushSync(() => setTop(at.top));
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !map.scaled) return undefined;
    let [turned, frame] = [0, 0];
    const move = () => {
      const by = turned;
      [turned, frame] = [0, 0];
      flushSync(() => moveTo(now.current.top + by));
    };
    const turn = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      turned += event.deltaY * ([1, WHEEL_LINE, now.current.view][event.deltaMode] ?? 1);
      // A wheel may turn many times between two frames; the rows are drawn once.
      frame ||= requestAnimationFrame(move);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => {
      element.removeEventListener('wheel', turn);
      cancelAnimationFrame(frame);
    };
  }, [scroller, map, moveTo]);

  const show = useCallback(
    (row: number) => {
      const { map: over, view: height, top: old } = now.current;
      const near = topToShow(over, height, old, row);
      if (near !== old)
        moveTo(Math.abs(near - old) > height ? topToShow(over, height, old, row, true) : near);
    },
    [moveTo],
  );

  const height = scrollHeight(map, view) + HEAD_HEIGHT;
  return { top: clampTop(map, view, top), view, height, onScroll, show };
}

/** Keeps a row that is in view there when the view becomes smaller, as by a bar above it or readings below. */
export function useKeptInView({ top, view, show }: HexScroll, row: number): void {
  const before = useRef(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another height of the view moves it
  useLayoutEffect(() => {
    const at = row * ROW_HEIGHT;
    if (view < before.current && at >= top && at < top + before.current) show(row);
    before.current = view;
  }, [view]);
}

function useViewHeight(scroller: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setHeight(Math.max(0, element.clientHeight - HEAD_HEIGHT));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}
