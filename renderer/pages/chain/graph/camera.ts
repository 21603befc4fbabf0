/** What of a figure is in view. Places of the figure are in its own units; `left` and `top` are scrolled pixels. */
export interface Camera {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Room around the figure, in pixels. */
export const MARGIN = 12;
const SCALES = [0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2];
/** Below this boxes are drawn without words. */
export const WORDS_FROM = 0.6;
/** Below this they are drawn without marks too. */
export const MARKS_FROM = 0.45;

/** The next larger or smaller scale. */
export function nextScale(scale: number, step: 1 | -1): number {
  const found =
    step > 0 ? SCALES.find(each => each > scale + 1e-6) : SCALES.findLast(each => each < scale - 1e-6);
  return found ?? scale;
}

/** The scale at which a figure is whole in view; never larger than life. */
export function fitScale(figure: Size, view: Size): number {
  const across = (view.width - 2 * MARGIN) / Math.max(1, figure.width);
  const down = (view.height - 2 * MARGIN) / Math.max(1, figure.height);
  return Math.max(SCALES[0] ?? 0, Math.min(1, across, down));
}

/** The camera at another scale, with the same place of the figure under a point of the view. */
export function zoomed(
  camera: Camera,
  scale: number,
  at: { readonly x: number; readonly y: number },
): Camera {
  const along = (start: number, point: number) =>
    ((start + point - MARGIN) / camera.scale) * scale - point + MARGIN;
  return { scale, left: Math.max(0, along(camera.left, at.x)), top: Math.max(0, along(camera.top, at.y)) };
}

/** The camera moved as little as needed so that a box is in view, with some room around it. */
export function showing(camera: Camera, box: Box, view: Size): Camera {
  const room = 48;
  const along = (start: number, from: number, length: number, size: number) => {
    const low = from * camera.scale + MARGIN - room;
    const high = (from + length) * camera.scale + MARGIN + room;
    if (low < start) return Math.max(0, low);
    if (high > start + size) return Math.max(0, Math.min(low, high - size));
    return start;
  };
  return {
    scale: camera.scale,
    left: along(camera.left, box.x, box.width, view.width),
    top: along(camera.top, box.y, box.height, view.height),
  };
}

/** The part of the figure that is in view. */
export function partInView({ scale, left, top }: Camera, view: Size): Box {
  return {
    x: (left - MARGIN) / scale,
    y: (top - MARGIN) / scale,
    width: view.width / scale,
    height: view.height / scale,
  };
}

/** The size of what scrolls, in pixels. */
export function scrolledSize(figure: Size, scale: number): Size {
  return {
    width: Math.ceil(figure.width * scale + 2 * MARGIN),
    height: Math.ceil(figure.height * scale + 2 * MARGIN),
  };
}
