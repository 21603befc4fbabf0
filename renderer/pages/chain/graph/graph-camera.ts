import { Store } from '../../../engine/index.ts';
import {
  type Box,
  type Camera,
  fitScale,
  nextScale,
  partInView,
  type Size,
  scrolledSize,
  showing,
  zoomed,
} from './camera.ts';

/** What was in view when the figure last came to rest. */
export interface Sight {
  readonly scale: number;
  readonly view: Size;
  readonly part: Box;
}

/** The elements that a camera moves. */
export interface CameraElements {
  readonly scroller: HTMLElement;
  /** As large as the figure at its scale. */
  readonly ground: HTMLElement;
  /** Holds elements in the figure's own units. */
  readonly layer: HTMLElement;
}

/** How long nothing has to move until it is at rest, in milliseconds. */
const REST = 120;
const NOTHING: Size = { width: 0, height: 0 };

/**
 * The camera over an element that scrolls. It stands outside of React: while the figure is moved it is only painted, once a frame;
 * components follow what changes seldom.
 */
export class GraphCamera {
  readonly scale = new Store(1);
  readonly sight = new Store<Sight>({ scale: 1, view: NOTHING, part: { x: 0, y: 0, ...NOTHING } });
  #elements: CameraElements | null = null;
  #figure = NOTHING;
  #view = NOTHING;
  /** Where it goes with the next frame. */
  #wanted: Camera | null = null;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #painters = new Set<() => void>();

  /** Takes elements, until the function that it gives is called. */
  attach(elements: CameraElements): () => void {
    this.#elements = elements;
    const moved = () => this.#ask();
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = elements.scroller;
      this.#view = { width, height };
      this.#ask();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(elements.scroller);
    elements.scroller.addEventListener('scroll', moved, { passive: true });
    this.#resize();
    measure();
    this.#settle();
    return () => {
      observer.disconnect();
      elements.scroller.removeEventListener('scroll', moved);
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#rest);
      [this.#frame, this.#elements, this.#wanted] = [0, null, null];
    };
  }

  /** Takes the size of another figure. */
  setFigure(figure: Size): void {
    this.#figure = figure;
    this.#resize();
    this.#ask();
  }

  /** Calls with every frame in which something moved. Gives a function that ends it. */
  onFrame(paint: () => void): () => void {
    this.#painters.add(paint);
    return () => this.#painters.delete(paint);
  }

  /** Paints with the next frame. */
  repaint(): void {
    this.#ask();
  }

  get view(): Size {
    return this.#view;
  }

  now(): Camera {
    const { scrollLeft: left = 0, scrollTop: top = 0 } = this.#elements?.scroller ?? {};
    return this.#wanted ?? { scale: this.scale.get(), left, top };
  }

  zoom(step: 1 | -1 | 'fit' | 'actual'): void {
    const middle = { x: this.view.width / 2, y: this.view.height / 2 };
    if (step === 'fit') this.#move({ scale: fitScale(this.#figure, this.view), left: 0, top: 0 });
    else if (step === 'actual') this.#move(zoomed(this.now(), 1, middle));
    else this.zoomAt(step, middle);
  }

  zoomAt(step: 1 | -1, point: { readonly x: number; readonly y: number }): void {
    const now = this.now();
    this.#move(zoomed(now, nextScale(now.scale, step), point));
  }

  /** Moves as little as needed so that a box is in view. */
  show(box: Box): void {
    this.#move(showing(this.now(), box, this.view));
  }

  scrollTo(left: number, top: number): void {
    this.#move({ scale: this.now().scale, left, top });
  }

  #move(camera: Camera): void {
    this.#wanted = camera;
    this.#ask();
  }

  #ask(): void {
    if (this.#frame === 0 && this.#elements) this.#frame = requestAnimationFrame(() => this.#show());
  }

  #show(): void {
    this.#frame = 0;
    const { scroller } = this.#elements ?? {};
    if (scroller && this.#wanted) {
      const { scale, left, top } = this.#wanted;
      this.#wanted = null;
      if (scale !== this.scale.get()) {
        this.scale.set(scale);
        this.#resize();
      }
      scroller.scrollTo({ left, top, behavior: 'instant' });
    }
    for (const paint of this.#painters) paint();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), REST);
  }

  #resize(): void {
    if (!this.#elements) return;
    const { ground, layer } = this.#elements;
    const { width, height } = scrolledSize(this.#figure, this.scale.get());
    ground.style.width = `${width}px`;
    ground.style.height = `${height}px`;
    layer.style.transform = `scale(${this.scale.get()})`;
  }

  #settle(): void {
    const { view } = this;
    this.sight.set({ scale: this.scale.get(), view, part: partInView(this.now(), view) });
  }
}
