import type { FigureGeometry } from '../../../../main/contract/requests/index.ts';
import type { Box } from './camera.ts';

export type Lane = FigureGeometry['lanes'][number];

/** Room of a lane around its boxes, and the height of its head, in units of the figure. */
const AROUND = 11;
const HEAD = 28;

/** The place of a lane with the room around its boxes. */
export function laneBox({ x, y, width, height }: Lane): Box {
  return { x: x - AROUND, y, width: width + 2 * AROUND, height: height + AROUND };
}

/** The lane whose head is at a point of the figure. */
export function headAt(lanes: readonly Lane[], x: number, y: number): Lane | undefined {
  return lanes.find(lane => {
    const box = laneBox(lane);
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + HEAD;
  });
}
