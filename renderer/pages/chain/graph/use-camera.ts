import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  type Box,
  type Camera,
  drawnPart,
  fitScale,
  MARGIN,
  nextScale,
  type Size,
  sameBox,
  showing,
  zoomed,
} from './camera.ts';

export interface GraphCamera {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly scale: number;
  /** The part of the figure that is drawn. */
  readonly part: Box;
  readonly view: Size;
  readonly now: () => Camera;
  readonly zoom: (step: 1 | -1 | 'fit' | 'actual') => void;
  readonly zoomAt: (step: 1 | -1, point: { readonly x: number; readonly y: number }) => void;
  readonly show: (box: Box) => void;
  readonly scrollTo: (left: number, top: number) => void;
}

/** The camera of a figure over an element that scrolls, while that is there. The element scrolls by itself; only what is drawn follows. */
export function useCamera(figure: Size, there: boolean): GraphCamera {
  const scroller = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const [view, setView] = useState<Size>({ width: 0, height: 0 });
  const [part, setPart] = useState<Box>({ x: 0, y: 0, width: 0, height: 0 });
  const wanted = useRef<Camera | null>(null);
  const now = useCallback((): Camera => {
    const { scrollLeft = 0, scrollTop = 0 } = scroller.current ?? {};
    return { scale, left: scrollLeft, top: scrollTop };
  }, [scale]);
  const look = useCallback(() => {
    const { clientWidth = 0, clientHeight = 0 } = scroller.current ?? {};
    const next = drawnPart(now(), { width: clientWidth, height: clientHeight });
    setPart(old => (sameBox(old, next) ? old : next));
  }, [now]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element comes and goes with `there`
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      setView({ width: element.clientWidth, height: element.clientHeight });
      look();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [look, there]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the figure has its new size, the place that was wanted is there
  useLayoutEffect(() => {
    const { current: element } = scroller;
    if (element && wanted.current) {
      element.scrollLeft = wanted.current.left;
      element.scrollTop = wanted.current.top;
      wanted.current = null;
    }
    look();
  }, [scale, figure.width, figure.height, look]);
  const move = (camera: Camera) => {
    if (camera.scale !== scale) {
      wanted.current = camera;
      setScale(camera.scale);
    } else scroller.current?.scrollTo({ left: camera.left, top: camera.top, behavior: 'instant' });
  };
  const zoomAt: GraphCamera['zoomAt'] = (step, point) => move(zoomed(now(), nextScale(scale, step), point));
  const zoom: GraphCamera['zoom'] = step => {
    const middle = { x: view.width / 2, y: view.height / 2 };
    if (step === 'fit') move({ scale: fitScale(figure, view), left: 0, top: 0 });
    else if (step === 'actual') move(zoomed(now(), 1, middle));
    else zoomAt(step, middle);
  };
  return {
    ...{ scroller, scale, part, view, now, zoom, zoomAt },
    show: box => move(showing(now(), box, view)),
    scrollTo: (left, top) => move({ scale, left, top }),
  };
}

/** The size of what scrolls, in pixels. */
export function scrolledSize(figure: Size, scale: number): Size {
  return {
    width: Math.ceil(figure.width * scale + 2 * MARGIN),
    height: Math.ceil(figure.height * scale + 2 * MARGIN),
  };
}
